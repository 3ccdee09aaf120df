"""Notices: that something needs somebody, never what it says."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.notifications.kinds import NoticeKind


class Notice(Base):
    """One line under the bell of one person. Goes 90 days after it was made."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person", "person_id", "created_at"),
        Index("ix_notice_thing", "thing_id"),
        Index(
            "ix_notice_unread",
            "person_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = coded(NoticeKind, "kind")
    thing_id: Mapped[uuid.UUID]
    alias: Mapped[str] = mapped_column(String(24), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]


class DemoMail(Base):
    """A mail as the demo sent it, for the mailbox page. The table stays empty outside the demo."""

    __tablename__ = "demo_mail"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    sent_at: Mapped[datetime] = mapped_column(index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    html: Mapped[str]

"""Notices: that something needs somebody, never what it says."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, coded, new_id, rows_with
from webapp.notifications.kinds import NOTICE_TRAITS, Attention, NoticeKind, Subject, quieter
from webapp.vocabulary.days import Weekday

FOR_DIGEST = rows_with(text("way = 'digest' AND read_at IS NULL AND told_at IS NULL"))


class Notice(Base):
    """One line under the bell of one person. Goes 90 days after it was made.

    `way` is how loudly it was told when it was made; `told_at` is when it went along in a weekly digest.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person", "person_id", "created_at"),
        Index("ix_notice_thing", "thing_id"),
        Index(
            "ix_notice_unread",
            "person_id",
            **rows_with(text("read_at IS NULL")),
        ),
        Index("ix_notice_digest", "person_id", **FOR_DIGEST),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = coded(NoticeKind, "kind")
    thing_id: Mapped[uuid.UUID]
    alias: Mapped[str] = mapped_column(String(24), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]
    way: Mapped[Attention] = coded(Attention, "way", default=Attention.AT_ONCE)
    told_at: Mapped[datetime | None]


USUAL_DAY = Weekday.MONDAY


class MailChoice(Base):
    """Which mail somebody wants: how loudly at most about each subject, and the day of the digest (None: no digest).
    Whoever has no row never chose, and has the usual. Goes with the account."""

    __tablename__ = "mail_choice"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    questions: Mapped[Attention] = coded(Attention, "questions", default=Attention.AT_ONCE)
    groups: Mapped[Attention] = coded(Attention, "groups", default=Attention.AT_ONCE)
    house: Mapped[Attention] = coded(Attention, "house", default=Attention.AT_ONCE)
    day: Mapped[Weekday | None] = coded(Weekday, "day", nullable=True)

    def most(self, subject: Subject) -> Attention:
        """How loudly at most this person hears of a subject."""
        found: Attention = getattr(self, subject.value)
        return found

    def way(self, kind: NoticeKind) -> Attention:
        """How this person hears of a kind of notice."""
        trait = NOTICE_TRAITS[kind]
        return quieter(trait.way, self.most(trait.subject))

    @property
    def gets_none(self) -> bool:
        """Nothing comes by mail at all."""
        ways = {self.most(subject) for subject in Subject}
        return Attention.AT_ONCE not in ways and (self.day is None or ways == {Attention.IN_BRUG})

    def keep(self, subject: Subject, most: Attention) -> None:
        """Hear of a subject no louder than this."""
        setattr(self, subject.value, most)


def usual(person_id: uuid.UUID) -> MailChoice:
    """What somebody hears who never chose."""
    ways = {subject.value: Attention.AT_ONCE for subject in Subject}
    return MailChoice(person_id=person_id, day=USUAL_DAY, **ways)


class DemoMail(Base):
    """A mail as the demo sent it, for the mailbox page. The table stays empty outside the demo."""

    __tablename__ = "demo_mail"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    sent_at: Mapped[datetime] = mapped_column(index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    html: Mapped[str]

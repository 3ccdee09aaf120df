"""A conversation of a group, what is said in it, who reacted, and up to where somebody has seen it."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.groups.models import WorkingGroup, confided
from webapp.talk.codes import Mark, Reaction

LONGEST_POST = 2000


class Thread(Base):
    """A conversation about one thing. Stays as long as its group, whoever leaves."""

    __tablename__ = "thread"
    __table_args__ = (Index("ix_thread_group", "group_id", "last_at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    title: Mapped[str] = confided("thread", "title", 120)
    begun_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_at: Mapped[datetime] = mapped_column(default=clock.now)

    group: Mapped[WorkingGroup] = relationship(viewonly=True)

    # who is its guest today, read by `queries.thread`; until then nobody
    guests: Sequence[Any] = ()
    guest_ids = frozenset[uuid.UUID]()


class ThreadPost(Base):
    """A few words in a conversation, or an answer to them. Whoever takes their words back leaves the place where they
    stood, empty; it stays as long as its conversation."""

    __tablename__ = "thread_post"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR words = ''", name="withdrawn_is_empty"),
        CheckConstraint("answers_id IS NULL OR answers_id <> id", name="answers_another"),
        Index("ix_thread_post_thread", "thread_id", "answers_id", "written_at", "id"),
        Index("ix_thread_post_last", "thread_id", "written_at"),
        Index("ix_thread_post_answers", "answers_id", "written_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    answers_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("thread_post.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = confided("thread_post", "words", LONGEST_POST, through="thread_id")
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    became: Mapped[Mark | None] = coded(Mark, "became")
    version: Mapped[int] = mapped_column()

    thread: Mapped[Thread] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def group(self) -> WorkingGroup:
        """The group that talks."""
        return self.thread.group

    @property
    def guest_ids(self) -> frozenset[uuid.UUID]:
        """The guests of its conversation."""
        return self.thread.guest_ids


class ThreadMention(Base):
    """Somebody is asked something directly. Goes with the post."""

    __tablename__ = "thread_mention"

    post_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread_post.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ThreadReaction(Base):
    """One tap of somebody under a post. Goes when they tap again, or with the post."""

    __tablename__ = "thread_reaction"

    post_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread_post.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[Reaction] = coded(Reaction, "kind", primary_key=True)


class ThreadSeen(Base):
    """Up to which moment somebody has seen a conversation. Goes with either of them."""

    __tablename__ = "thread_seen"

    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]

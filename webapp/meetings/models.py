"""A meeting, the topics on its agenda, who comes, what was written down, and what was decided."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, case
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.groups.models import ActionItem, WorkingGroup, confided
from webapp.meetings.codes import Coming, DecidedBy, LineKind, Told, Wish
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus


class Meeting(Base):
    """A time and a place at which a group comes together. Stays as long as the group.

    `pulse` grows with everything that somebody present would see change: the number that live pages compare. `told`
    is who heard of it; `sequence` counts what they heard, as calendars do; `tell_at` is when later changes are told,
    all in one mail. `code` is the end of the short link.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
        CheckConstraint("called_off_at IS NULL OR status = 'closed'", name="called_off_is_closed"),
        Index("ix_meeting_group", "group_id", "starts_at", "id"),
        Index("ix_meeting_starts_at", "starts_at", "status"),
        Index("ix_meeting_tell_at", "tell_at"),
        Index("uq_meeting_code", "code", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(160), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[MeetingStatus] = coded(MeetingStatus, "status", default=MeetingStatus.DRAFT)
    told: Mapped[Told] = coded(Told, "told", default=Told.NOBODY)
    sequence: Mapped[int] = mapped_column(default=0)
    tell_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]
    head_count: Mapped[int | None]
    summary: Mapped[str] = confided("meeting", "summary", 1500, default="")
    pulse: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    # its guests today, noted by `queries`; until then nobody
    guests: Sequence[Any] = ()
    guest_ids = frozenset[uuid.UUID]()

    @property
    def meeting(self) -> "Meeting":
        """The meeting that policy asks about: itself."""
        return self


def told_title() -> ColumnElement[str]:
    """The title of a meeting as pages outside its group tell it: of a group about integrity only that it meets."""
    return case((WorkingGroup.is_about_integrity, ""), else_=Meeting.title).label("title")


class Attendance(Base):
    """What somebody said to the invitation, and whether they were there. Goes with the meeting or the person."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index("uq_attendance_meeting_id_person_id", "meeting_id", "person_id", unique=True),
        Index("ix_attendance_person_id", "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    coming: Mapped[Coming | None] = coded(Coming, "coming", nullable=True)
    is_present: Mapped[bool] = mapped_column(default=False)


class Decision(Base):
    """What a group decided, or is about to. Stays as long as the group: who decides anew can read what held before."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("(status = 'proposed') = (decided_on IS NULL)", name="decided_has_day"),
        CheckConstraint("(status = 'replaced') = (replaced_by_id IS NOT NULL)", name="replaced_has_next"),
        Index("ix_decision_group", "group_id", "status", "decided_on", "id"),
        Index("ix_decision_in_force", "status", "decided_on", "id"),
        Index("ix_decision_review", "status", "review_on"),
        Index("ix_decision_replaced_by_id", "replaced_by_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    statement: Mapped[str] = confided("decision", "statement", 400)
    status: Mapped[DecisionStatus] = coded(DecisionStatus, "status", default=DecisionStatus.PROPOSED)
    way: Mapped[DecidedBy] = coded(DecidedBy, "way", default=DecidedBy.CONSENT)
    objections: Mapped[str] = confided("decision", "objections", 1000, default="")
    decided_on: Mapped[date | None]
    review_on: Mapped[date | None]
    replaced_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    guest_ids = frozenset[uuid.UUID]()  # a guest of one meeting talks along; deciding is for the members


class Topic(Base):
    """Something to talk about: in the inbox of a group (no meeting) or on an agenda. Stays as long as the group.

    `spent` is how many seconds it took before `begun_at`, the moment since when it is being talked about.
    `decision_id` is the decision whose time to look back has come; `came_from_id` the topic that it was copied from.
    """

    __tablename__ = "topic"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR (minutes > 0 AND minutes <= 480)", name="minutes_in_a_day"),
        Index("ix_topic_agenda", "meeting_id", "place", "id"),
        Index("ix_topic_inbox", "group_id", "status", "created_at", "id"),
        Index("uq_topic_decision_id_review_on", "decision_id", "review_on", unique=True),
        Index("ix_topic_brought_by_id", "brought_by_id"),
        Index("ix_topic_came_from_id", "came_from_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = confided("topic", "title", 160)
    wish: Mapped[Wish] = coded(Wish, "wish", default=Wish.TALK)
    minutes: Mapped[int | None]
    brought_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    status: Mapped[TopicStatus] = coded(TopicStatus, "status", default=TopicStatus.WAITING)
    begun_at: Mapped[datetime | None]
    spent: Mapped[int] = mapped_column(default=0)
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id", ondelete="SET NULL"))
    review_on: Mapped[date | None]
    came_from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)
    meeting: Mapped[Meeting | None] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def guest_ids(self) -> frozenset[uuid.UUID]:
        """The guests of its meeting."""
        return self.meeting.guest_ids if self.meeting else frozenset()


class MinuteLine(Base):
    """One line of the minutes under a topic: a note, or what a decision or action began as. `rev` grows with each
    change of its words. Goes with the topic."""

    __tablename__ = "minute_line"
    __table_args__ = (
        Index("ix_minute_line_topic", "topic_id", "created_at", "id"),
        Index("ix_minute_line_author_id", "author_id"),
        Index("ix_minute_line_decision_id", "decision_id"),
        Index("ix_minute_line_item_id", "item_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    topic_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    kind: Mapped[LineKind] = coded(LineKind, "kind", default=LineKind.NOTE)
    words: Mapped[str] = confided("minute_line", "words", 2000, through="topic_id", default="")
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("action_item.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    rev: Mapped[int] = mapped_column()

    topic: Mapped[Topic] = relationship(viewonly=True)
    decision: Mapped[Decision | None] = relationship(viewonly=True)
    item: Mapped[ActionItem | None] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": rev}

    @property
    def group(self) -> WorkingGroup:
        """The group whose minutes these are."""
        return self.topic.group

    @property
    def meeting(self) -> Meeting | None:
        """The meeting in which it was written."""
        return self.topic.meeting

    @property
    def guest_ids(self) -> frozenset[uuid.UUID]:
        """The guests of that meeting."""
        return self.topic.guest_ids


class Typing(Base):
    """What somebody is typing under a topic and did not put down yet, saved as they type. Goes when they put it down,
    and a day after."""

    __tablename__ = "typing"
    __table_args__ = (
        Index("uq_typing_topic_id_person_id", "topic_id", "person_id", unique=True),
        Index("ix_typing_person_id", "person_id"),
        Index("ix_typing_at", "at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    topic_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    words: Mapped[str] = confided("typing", "words", 2000, through="topic_id", default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

"""A date poll, the moments it proposes, who answered, and what they said of each moment."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.groups.models import WorkingGroup
from webapp.polls.codes import Says
from webapp.polls.lifecycle import PollStatus


class DatePoll(Base):
    """A group looks for a moment. Open through `closes_on`, which comes forward when somebody closes it or chooses.

    `pulse` grows with everything that a live page would show. Guests come by a link of which the token lies sealed,
    so that it can be shown again. Goes a year after its last day.
    """

    __tablename__ = "date_poll"
    __table_args__ = (
        CheckConstraint("(status = 'chosen') = (chosen_id IS NOT NULL)", name="chosen_has_moment"),
        CheckConstraint("minutes BETWEEN 15 AND 480", name="minutes_of_a_meeting"),
        Index("ix_date_poll_group", "group_id", "status", "closes_on", "id"),
        Index("ix_date_poll_closes_on", "closes_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(160), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    closes_on: Mapped[date]
    status: Mapped[PollStatus] = coded(PollStatus, "status", default=PollStatus.OPEN)
    chosen_id: Mapped[uuid.UUID | None]
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    nudged_at: Mapped[datetime | None]
    data_key: Mapped[str | None] = mapped_column(String(200))
    token_sealed: Mapped[str | None] = mapped_column(String(300))
    pulse: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        """Whether answers are welcome today."""
        return self.status is PollStatus.OPEN and clock.today() <= self.closes_on


class PollMoment(Base):
    """One moment that is proposed, as long as it was not withdrawn. Goes with its poll."""

    __tablename__ = "poll_moment"
    __table_args__ = (Index("ix_poll_moment_poll", "poll_id", "starts_at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    poll_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("date_poll.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class PollReply(Base):
    """Somebody who answered: a member, or a guest with only a name. The name of a guest goes 30 days after the last day
    of the poll; what they said stays as said by a guest, and goes with the poll."""

    __tablename__ = "poll_reply"
    __table_args__ = (
        CheckConstraint("person_id IS NULL OR guest_name = ''", name="member_or_guest"),
        Index("uq_poll_reply_poll_id_person_id", "poll_id", "person_id", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    poll_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("date_poll.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    guest_name: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class PollChoice(Base):
    """What somebody said of one moment. Goes with their reply."""

    __tablename__ = "poll_choice"

    reply_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("poll_reply.id", ondelete="CASCADE"), primary_key=True)
    moment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("poll_moment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    says: Mapped[Says] = coded(Says, "says")

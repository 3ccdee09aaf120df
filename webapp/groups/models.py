"""A working group, who sits in it, who asks to, and what it set itself to do."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column, relationship

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import Base, code_list, coded, new_id, rows_with
from webapp.core.sealing import mixed, sealable
from webapp.groups.codes import GroupRole, GuestOf, Visibility
from webapp.groups.lifecycle import ItemStatus, RequestStatus
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

IN_A_PLAN = rows_with(text("plan_id IS NOT NULL"))
DONE_IN_A_PLAN = rows_with(text("status = 'done' AND plan_id IS NOT NULL"))
INVITED_FOR = 14
"""For how many days an invitation can be answered after it was mailed."""


class WorkingGroup(Base):
    """People of several organisations who take something up together. Stays when its people leave.

    Two groups may have the same name: to refuse one would tell that a confidential one exists. A group about integrity
    is that of the integrity contact persons: it keeps no files, and minds what is typed. Whoever has a `data_key` has
    what is written in it sealed (`confided`); once there, the key stays.
    """

    __tablename__ = "working_group"
    __table_args__ = (Index("ix_working_group_list", "visibility", "name", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(240))
    rhythm: Mapped[str] = mapped_column(String(80), default="")
    icon: Mapped[str] = mapped_column(String(40), default="users")
    visibility: Mapped[Visibility] = coded(Visibility, "visibility", default=Visibility.OPEN)
    is_about_integrity: Mapped[bool] = mapped_column(default=False)
    data_key: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    # who sits in it today, read by `queries.group`; until then nobody
    members: Sequence[Any] = ()
    member_ids = frozenset[uuid.UUID]()
    leader_ids = frozenset[uuid.UUID]()
    guest_ids = frozenset[uuid.UUID]()  # guests are of one thing in it, never of the group

    @property
    def hearing_ids(self) -> frozenset[uuid.UUID]:
        """Who hears that something waits for the group: whoever leads it, else everybody."""
        return self.leader_ids or self.member_ids

    @property
    def group(self) -> "WorkingGroup":
        """The group that policy asks about: itself."""
        return self


def confided(table: str, column: str, length: int, *, through: str = "group_id", **more: Any) -> MappedColumn[Any]:
    """A column of texts that are sealed in the groups that have a data key."""
    return sealable(table, column, length, through=through, owner=WorkingGroup.__tablename__, **more)


def confided_here(column: Any) -> ColumnElement[str]:
    """Such a column in a union of several kinds of things, each beside the `id` of its row."""
    return mixed(column, WorkingGroup.__tablename__)


class Membership(Base):
    """Somebody who sits in a group, from a first day to a last: for an organisation, and then it counts while they hold
    a function there; or in their own name. Goes a year after its end."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name="ends_after_begin"),
        Index("ix_membership_group", "group_id", "person_id"),
        Index("ix_membership_person", "person_id", "group_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[GroupRole] = coded(GroupRole, "role", default=GroupRole.MEMBER)
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]

    group: Mapped[WorkingGroup] = relationship(viewonly=True)


class Guest(Base):
    """Somebody who takes part in one meeting or one thread of a group until a day, and sees nothing else there. They
    need no function anywhere. What it is a guest of is an id and a kind; goes a year after its end."""

    __tablename__ = "guest"
    __table_args__ = (
        CheckConstraint("ends_on >= begins_on", name="ends_after_begin"),
        Index("uq_guest_thing_id_person_id", "thing_id", "person_id", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    of: Mapped[GuestOf] = coded(GuestOf, "of")
    thing_id: Mapped[uuid.UUID]
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    begins_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)

    group: Mapped[WorkingGroup] = relationship(viewonly=True)
    person: Mapped[Person] = relationship(viewonly=True, foreign_keys=person_id)

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on < clock.today()

    @property
    def guest_ids(self) -> frozenset[uuid.UUID]:
        """Whom it makes a guest today."""
        return frozenset() if self.is_over else frozenset({self.person_id})


class GroupDoor(Base):
    """Where a link of a group leads: into the group, or to one thing as a guest until a day. Goes 90 days after it was
    made: by then its link is long over."""

    __tablename__ = "group_door"
    __table_args__ = (
        CheckConstraint("(of IS NULL) = (thing_id IS NULL)", name="thing_has_kind"),
        CheckConstraint("(of IS NULL) = (until IS NULL)", name="guest_has_last_day"),
        Index("ix_group_door_group", "group_id", "thing_id", "made_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    of: Mapped[GuestOf | None] = coded(GuestOf, "of", nullable=True)
    thing_id: Mapped[uuid.UUID | None]
    until: Mapped[date | None]
    made_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    group: Mapped[WorkingGroup] = relationship(viewonly=True)


class GroupInvitation(Base):
    """Somebody is invited by mail, at one address: to sit in a group, or to be a guest of one thing until its last day.
    The mail holds a link of its own; where somebody was chosen by name, the address is shown to nobody. Goes 30 days
    after the two weeks in which it can be answered."""

    __tablename__ = "group_invitation"
    __table_args__ = (
        CheckConstraint("(of IS NULL) = (thing_id IS NULL)", name="thing_has_kind"),
        CheckConstraint("of IS NULL OR ends_on IS NOT NULL", name="guest_has_last_day"),
        Index("ix_group_invitation_group", "group_id", "sent_at"),
        Index("ix_group_invitation_email", "email"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(80), default="")
    role: Mapped[GroupRole] = coded(GroupRole, "role", default=GroupRole.MEMBER)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    of: Mapped[GuestOf | None] = coded(GuestOf, "of", nullable=True)
    thing_id: Mapped[uuid.UUID | None]
    ends_on: Mapped[date | None]
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    sent_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    group: Mapped[WorkingGroup] = relationship(viewonly=True)
    invited_by: Mapped[Person | None] = relationship(viewonly=True)

    # who has this address, read by `invited.for_answer`; until then nobody
    holder_ids = frozenset[uuid.UUID]()

    @property
    def person_id(self) -> uuid.UUID | None:
        """Who was invited, when Brug knows them."""
        return next(iter(self.holder_ids), None)

    @property
    def until(self) -> datetime:
        """Until when it can be answered."""
        return self.sent_at + timedelta(days=INVITED_FOR)

    @property
    def waits(self) -> bool:
        """Neither answered nor taken back, and not too late for an answer."""
        answered = self.accepted_at or self.declined_at or self.withdrawn_at
        too_late = clock.now() >= self.until or (self.ends_on is not None and self.ends_on < clock.today())
        return not answered and not too_late


class JoinRequest(Base):
    """Somebody would like to join an open group. One for each; goes 90 days after it was answered."""

    __tablename__ = "join_request"
    __table_args__ = (Index("uq_join_request_group_id_person_id", "group_id", "person_id", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    status: Mapped[RequestStatus] = coded(RequestStatus, "status", default=RequestStatus.ASKED)
    words: Mapped[str] = mapped_column(String(200), default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)
    person: Mapped[Person] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class ActionItem(Base):
    """Something that a group set itself to do. It stands on an organisation, perhaps on a seat or on somebody there; on
    somebody who sits in the group in their own name; or on nobody yet. Whoever leaves leaves it behind. `meeting_id` is
    where it began, `carried` how many meetings it was taken along to since. Stays as long as the group.

    With a `plan_id` it stands in a plan of the network, which everybody there reads: then it also says on which side
    and by which strategy and B's it works, for which goal, from when, for whom it is enough and for whom not yet."""

    __tablename__ = "action_item"
    __table_args__ = (
        CheckConstraint("owner_function IS NULL OR owner_organisation_id IS NOT NULL", name="seat_has_organisation"),
        CheckConstraint("owner_function IS NULL OR owner_id IS NULL", name="seat_or_person"),
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done_has_moment"),
        Index("ix_action_item_group", "group_id", "status", "due_on", "id"),
        Index("ix_action_item_owner", "owner_id", "status", "due_on"),
        Index("ix_action_item_owner_organisation", "owner_organisation_id", "status"),
        Index("ix_action_item_meeting_id", "meeting_id"),
        Index("ix_action_item_plan", "plan_id", "status", "due_on", "id"),
        Index("ix_action_item_goal", "goal_id", "plan_id", "status", "starts_on", "due_on", "title", "id"),
        Index("ix_action_item_done", "plan_id", "done_at", **DONE_IN_A_PLAN),
        Index(
            "ix_action_item_doer", "plan_id", "strategy", "owner_organisation_id", "group_id", "status",
            **IN_A_PLAN,
        ),
        CheckConstraint("plan_id IS NULL OR (side IS NOT NULL AND strategy IS NOT NULL)", name="plan_has_side"),
        CheckConstraint("starts_on IS NULL OR due_on IS NULL OR due_on >= starts_on", name="due_after_start"),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"))
    title: Mapped[str] = confided("action_item", "title", 160, open_by="plan_id")
    status: Mapped[ItemStatus] = coded(ItemStatus, "status", default=ItemStatus.TO_START)
    owner_organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    owner_function: Mapped[FunctionKind | None] = coded(FunctionKind, "owner_function", nullable=True)
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"))
    carried: Mapped[int] = mapped_column(default=0, server_default="0")
    plan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plan.id", ondelete="SET NULL"))
    goal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("goal.id", ondelete="SET NULL"))
    side: Mapped[Side | None] = coded(Side, "side", nullable=True)
    strategy: Mapped[Strategy | None] = coded(Strategy, "strategy", nullable=True)
    bs: Mapped[tuple[B, ...]] = code_list(B)
    starts_on: Mapped[date | None]
    enough_for: Mapped[str] = mapped_column(String(160), default="")
    not_yet_for: Mapped[str] = mapped_column(String(160), default="")
    learned: Mapped[str] = mapped_column(String(240), default="")
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)
    owner: Mapped[Person | None] = relationship(viewonly=True)
    owner_organisation: Mapped[Organisation | None] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    # who holds its seat today, read by `items.item`; until then nobody
    holder_ids = frozenset[uuid.UUID]()

    @property
    def carrier_ids(self) -> frozenset[uuid.UUID]:
        """Who carries it today: its owner, or who holds its seat. When there is nobody, whoever sits here for its
        organisation, and at last whoever leads the group."""
        place = self.owner_organisation_id
        own = self.holder_ids or frozenset(one for one in (self.owner_id,) if one) & self.group.member_ids
        ours = frozenset(row.person_id for row in self.group.members if place and row.organisation_id == place)
        return own or ours or (self.group.leader_ids if place else frozenset())

    @property
    def seat_is_empty(self) -> bool:
        """Whether it stands on a seat that nobody holds today."""
        return self.owner_function is not None and not self.holder_ids


class ActionReminder(Base):
    """A day on which whoever carries an action is reminded of it. Goes as soon as they are, or as they acted."""

    __tablename__ = "action_reminder"
    __table_args__ = (Index("ix_action_reminder_on", "on"),)

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action_item.id", ondelete="CASCADE"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)


class ActionNote(Base):
    """What was said when an action moved. Goes with its action."""

    __tablename__ = "action_note"
    __table_args__ = (Index("ix_action_note_item", "item_id", "at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action_item.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    status: Mapped[ItemStatus] = coded(ItemStatus, "status")
    words: Mapped[str] = confided("action_note", "words", 280, through="item_id", default="")

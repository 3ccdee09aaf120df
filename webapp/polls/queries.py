"""Reading date polls: one with its group, what it proposes and who said what, and those that wait for somebody."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from webapp.accounts.models import Person
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers, moment_of, packed, unpacked
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.models import Membership, WorkingGroup
from webapp.policy.actor import Actor, Key
from webapp.polls import counting
from webapp.polls.codes import Says
from webapp.polls.counting import Tally
from webapp.polls.lifecycle import PollStatus
from webapp.polls.models import DatePoll, PollChoice, PollMoment, PollReply

PAGE_SIZE = 30
MOST_OPEN = 12
MOST_MOMENTS = 20
MOST_GUESTS = 60


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that was said in a poll."""

    moments: Sequence[AnyRow]
    replies: Sequence[AnyRow]
    said: dict[tuple[uuid.UUID, uuid.UUID], Says]
    tallies: list[Tally]
    best: list[Tally]

    def names(self, moment_id: uuid.UUID) -> dict[Says, list[str]]:
        """Who says what of one moment; a guest whose name is gone is not among them."""
        found: dict[Says, list[str]] = {says: [] for says in Says}
        for row in self.replies:
            says = self.said.get((row.id, moment_id))
            if says and row.name:
                found[says].append(row.name.split()[0])
        return found

    def own(self, reply_id: uuid.UUID | None) -> dict[uuid.UUID, Says]:
        """What one reply says, by moment."""
        return {moment: says for (reply, moment), says in self.said.items() if reply == reply_id}


def poll(poll_id: uuid.UUID) -> DatePoll | None:
    """One poll with its group and who sits there."""
    return groups.with_group(DatePoll, poll_id)


def board(one: DatePoll) -> Board:
    """What a poll proposes and what everybody said: three queries, however many people and moments."""
    values = {"poll": one.id}
    proposed = read(_moments(), values)
    choices = read(_choices(), values)
    counted_ = counting.tallies(proposed, choices)
    return Board(proposed, read(_replies(), values), counting.said_by(choices), counted_, counting.best(counted_))


_POLL = given("poll", DatePoll.id)


@prepared
def _moments() -> AnySelect:
    return (
        select(PollMoment.id, PollMoment.starts_at)
        .where(PollMoment.poll_id == _POLL, PollMoment.withdrawn_at.is_(None))
        .order_by(PollMoment.starts_at, PollMoment.id)
    )


@prepared
def _replies() -> AnySelect:
    return (
        select(PollReply.id, PollReply.person_id, func.coalesce(Person.name, PollReply.guest_name).label("name"))
        .outerjoin(Person, Person.id == PollReply.person_id)
        .where(PollReply.poll_id == _POLL)
        .order_by(PollReply.at, PollReply.id)
    )


@prepared
def _choices() -> AnySelect:
    return (
        select(PollChoice.reply_id, PollChoice.moment_id, PollChoice.says)
        .join(PollReply, PollReply.id == PollChoice.reply_id)
        .join(PollMoment, PollMoment.id == PollChoice.moment_id)
        .where(PollReply.poll_id == _POLL, PollMoment.withdrawn_at.is_(None))
    )


def moment(one: DatePoll, moment_id: uuid.UUID) -> PollMoment | None:
    """A moment that this poll proposes now."""
    found = db.session.get(PollMoment, moment_id)
    return found if found and found.poll_id == one.id and found.withdrawn_at is None else None


def moments(one: DatePoll) -> Sequence[AnyRow]:
    """The moments that a poll proposes now."""
    return read(_moments(), {"poll": one.id})


def reply_of(one: DatePoll, person_id: uuid.UUID | None) -> PollReply | None:
    """What a member answered."""
    mine = select(PollReply).where(PollReply.poll_id == one.id, PollReply.person_id == person_id)
    return db.session.scalar(mine)


def guest_reply(one: DatePoll, who: Actor) -> PollReply | None:
    """The answer of a guest: that to which their browser followed the link."""
    holder = who.holder_of(Key.POLL_REPLY, one.id)
    found = db.session.get(PollReply, holder) if holder else None
    return found if found and found.poll_id == one.id and found.person_id is None else None


def choices_of(reply: PollReply) -> Sequence[PollChoice]:
    """What one answer says of each moment."""
    return db.session.scalars(select(PollChoice).where(PollChoice.reply_id == reply.id)).all()


def guests_in(one: DatePoll) -> int:
    """How many guests answered."""
    found = select(func.count()).where(PollReply.poll_id == one.id, PollReply.person_id.is_(None))
    return db.session.scalar(found) or 0


def of_group(group: WorkingGroup, *, most: int = PAGE_SIZE) -> Sequence[AnyRow]:
    """The polls of a group: the open ones first, then the latest."""
    return read(_of_group(), {"group": group.id, "most": most})


@prepared
def _of_group() -> AnySelect:
    chosen = aliased(PollMoment)
    answered = select(func.count()).where(PollReply.poll_id == DatePoll.id).correlate(DatePoll).scalar_subquery()
    return (
        select(
            DatePoll.id, DatePoll.title, DatePoll.status, DatePoll.closes_on, answered.label("answered"),
            chosen.starts_at.label("chosen_at"),
        )
        .outerjoin(chosen, chosen.id == DatePoll.chosen_id)
        .where(DatePoll.group_id == given("group", DatePoll.group_id))
        .order_by(DatePoll.status != PollStatus.OPEN, DatePoll.closes_on.desc(), DatePoll.id)
        .limit(given("most", DatePoll.minutes))
    )  # fmt: skip


def _unsaid() -> ColumnElement[bool]:
    """Whether a poll has a moment of which somebody (`me`) said nothing yet."""
    silent = ~exists().where(
        PollChoice.moment_id == PollMoment.id,
        PollReply.id == PollChoice.reply_id,
        PollReply.person_id == given("me", Membership.person_id),
    )
    return exists().where(PollMoment.poll_id == DatePoll.id, PollMoment.withdrawn_at.is_(None), silent)


def _open_ids() -> AnySelect:
    """The open polls in groups of somebody (`me`). Begins at their places in groups: a few rows."""
    still_open = and_(DatePoll.status == PollStatus.OPEN, DatePoll.closes_on >= given("today", DatePoll.closes_on))
    mine = Membership.person_id == given("me", Membership.person_id)
    return (
        select(DatePoll.id)
        .join(Membership, Membership.group_id == DatePoll.group_id)
        .where(mine, groups.sits_now(), still_open)
    )


OPEN_POLLS = "polls-open"
UNSAID = "?"


def any_open(actor: Actor) -> Numbers:
    """The open polls of somebody, asked together with the numbers around a page: see `open_polls`."""
    return Numbers(_any_open(), groups.values(actor)) if actor.is_known else Numbers()


@cache
def _any_open() -> Columns:
    """The few rows, packed."""
    rows = (
        select(
            DatePoll.id, DatePoll.group_id, DatePoll.closes_on, DatePoll.made_at,
            case((_unsaid(), UNSAID), else_="").label("unsaid"), DatePoll.title, WorkingGroup.name,
        )
        .join(WorkingGroup, WorkingGroup.id == DatePoll.group_id)
        .where(DatePoll.id.in_(_open_ids()))
        .order_by(DatePoll.closes_on, DatePoll.id)
        .limit(MOST_OPEN)
    )  # fmt: skip
    return {OPEN_POLLS: packed(rows)}


class OpenPoll(NamedTuple):
    """An open poll in a group of somebody; it waits while they left a moment unanswered."""

    id: uuid.UUID
    group_id: uuid.UUID
    closes_on: date
    made_at: datetime
    waits: bool
    title: str
    group: str


def open_polls(found: str | None) -> list[OpenPoll]:
    """The open polls of somebody, the first to close on top, from what `any_open` found."""
    polls = [
        OpenPoll(
            uuid.UUID(row[0]),
            uuid.UUID(row[1]),
            date.fromisoformat(row[2]),
            moment_of(row[3]) or clock.now(),
            row[4] == UNSAID,
            *row[5:],
        )
        for row in unpacked(found)
    ]
    return sorted(polls, key=lambda one: (one.closes_on, one.id))

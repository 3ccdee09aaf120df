"""Saying when one can. Answers to one poll are written one after the other, so that two people never lose theirs."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import update

from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.polls import queries, sharing
from webapp.polls.codes import Says
from webapp.polls.lifecycle import PollStatus
from webapp.polls.models import DatePoll, PollChoice, PollReply

Sheet = Mapping[uuid.UUID, Says]


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer that stands: how much of it was about moments that were withdrawn meanwhile, and for a guest who
    answers for the first time the token of the link to their own answer."""

    lost: int
    token: str = ""


def answer(poll: DatePoll, sheet: Sheet, *, by: Actor) -> Saved:
    """A member says when they can; saying it again changes it."""
    require(by, Can.READ_POLL, poll)
    _begin(poll)
    row = queries.reply_of(poll, by.person_id)
    if row is None:
        row = PollReply(poll_id=poll.id, person_id=by.person_id)
        db.session.add(row)
    row.at = clock.now()
    db.session.flush()
    return Saved(_choose(poll, row, sheet))


def answer_as_guest(poll: DatePoll, name: str, sheet: Sheet, *, by: Actor) -> Saved:
    """A guest says when they can, under a name of their choosing. Whoever holds the link to an answer changes that
    one."""
    require(by, Can.ANSWER_POLL, poll)
    _begin(poll)
    row = queries.guest_reply(poll, by)
    is_new = row is None
    if row is None:
        if queries.guests_in(poll) >= queries.MOST_GUESTS:
            raise Invalid({"name": "many_guests"})
        row = PollReply(poll_id=poll.id)
        db.session.add(row)
    row.guest_name, row.at = name, clock.now()
    db.session.flush()
    lost = _choose(poll, row, sheet)
    return Saved(lost, sharing.own_link(poll, row.id) if is_new else "")


def _begin(poll: DatePoll) -> None:
    """Take one's turn: whoever answers the same poll at the same moment waits here. Raises Conflict when it closed."""
    open_now = (DatePoll.status == PollStatus.OPEN, DatePoll.closes_on >= clock.today())
    turn = update(DatePoll).where(DatePoll.id == poll.id, *open_now).values(pulse=DatePoll.pulse + 1)
    if db.session.scalars(turn.returning(DatePoll.id)).first() is None:
        raise Conflict


def _choose(poll: DatePoll, row: PollReply, sheet: Sheet) -> int:
    """Write down what was said of each moment that is still proposed; how many are not."""
    proposed = {one.id for one in queries.moments(poll)}
    known = {one.moment_id: one for one in queries.choices_of(row)}
    for moment_id in proposed & sheet.keys():
        if moment_id in known:
            known[moment_id].says = sheet[moment_id]
        else:
            db.session.add(PollChoice(reply_id=row.id, moment_id=moment_id, says=sheet[moment_id]))
    db.session.flush()
    return len(sheet.keys() - proposed)

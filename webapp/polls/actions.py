"""A date poll: beginning one, its moments, closing and opening it again, and choosing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.groups.models import WorkingGroup
from webapp.meetings import actions as meetings
from webapp.meetings.codes import Told
from webapp.meetings.queries import meeting as meeting_of
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require
from webapp.polls import queries, sharing
from webapp.polls.lifecycle import POLL, PollStatus
from webapp.polls.models import DatePoll, PollMoment

NUDGE_EVERY = timedelta(days=1)
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class About:
    """What a poll says besides its moments. `link` is for whoever joins from afar."""

    title: str
    minutes: int
    closes_on: date
    place: str = ""
    link: str = ""


def start(group: WorkingGroup, about: About, moments: Sequence[datetime], *, by: Actor) -> DatePoll:
    """Ask a group when it can; its members hear of it."""
    require(by, Can.TAKE_PART, group)
    _check_day(about.closes_on)
    row = DatePoll(group_id=group.id, made_by_id=by.person_id, made_at=clock.now())
    _set(row, about)
    db.session.add(row)
    db.session.flush()
    for moment in sorted(set(moments)):
        _propose(row, moment)
    if not moments:
        raise Invalid({"moments": "no_moment"})
    db.session.flush()
    history.record("poll", row.id, "start", by=by, after=row.status)
    notify(sorted(group.member_ids - {by.person_id}), NoticeKind.POLL_ASKED, row.id)
    return row


def edit(poll: DatePoll, about: About, *, by: Actor, version: int | None = None) -> None:
    """Say anew what it is about, and until when people may answer."""
    require(by, Can.LEAD_POLL, poll)
    _expect_not_chosen(poll)
    expect(poll, version)
    if about.closes_on != poll.closes_on:
        _check_day(about.closes_on)
    _set(poll, about)
    poll.pulse += 1
    db.session.flush()
    sharing.prolong(poll)
    history.record("poll", poll.id, "edit", by=by)


def add_moment(poll: DatePoll, moment: datetime, *, by: Actor) -> PollMoment:
    """Propose one more moment. Who answered already is asked about this one alone."""
    require(by, Can.LEAD_POLL, poll)
    _expect_not_chosen(poll)
    known = queries.moments(poll)
    if len(known) >= queries.MOST_MOMENTS:
        raise Invalid({"day": "many_moments"})
    if any(one.starts_at == moment for one in known):
        raise Invalid({"day": "moment_twice"})
    row = _propose(poll, moment)
    poll.pulse += 1
    db.session.flush()
    sharing.prolong(poll)
    history.record("poll", poll.id, "add_moment", by=by)
    return row


def withdraw(poll: DatePoll, moment: PollMoment, *, by: Actor) -> None:
    """This moment is no longer proposed; the last one stays."""
    require(by, Can.LEAD_POLL, poll)
    _expect_not_chosen(poll)
    if len(queries.moments(poll)) <= 1:
        raise Invalid({"moments": "last_moment"})
    moment.withdrawn_at = clock.now()
    poll.pulse += 1
    db.session.flush()
    history.record("poll", poll.id, "withdraw_moment", by=by)


def put_back(poll: DatePoll, moment_id: uuid.UUID, *, by: Actor) -> None:
    """Propose a withdrawn moment again, with what was said of it."""
    require(by, Can.LEAD_POLL, poll)
    _expect_not_chosen(poll)
    moment = db.session.get(PollMoment, moment_id)
    if moment is None or moment.poll_id != poll.id:
        raise Conflict()
    moment.withdrawn_at = None
    poll.pulse += 1
    db.session.flush()
    history.record("poll", poll.id, "put_back_moment", by=by)


def close(poll: DatePoll, *, by: Actor) -> None:
    """No more answers from now on."""
    require(by, Can.LEAD_POLL, poll)
    _move(poll, "close", by)
    poll.closes_on = min(poll.closes_on, clock.today())
    db.session.flush()


def reopen(poll: DatePoll, closes_on: date, *, by: Actor) -> None:
    """Let people answer until a later day."""
    require(by, Can.LEAD_POLL, poll)
    _check_day(closes_on)
    _move(poll, "reopen", by)
    poll.closes_on = closes_on
    db.session.flush()
    sharing.prolong(poll)


def nudge(poll: DatePoll, *, by: Actor) -> int:
    """Remind the members who have not answered, at most once a day; how many hear it."""
    require(by, Can.LEAD_POLL, poll)
    if not poll.is_open or not may_nudge(poll):
        raise Conflict()
    silent = unanswered(poll)
    poll.nudged_at = clock.now()
    db.session.flush()
    notify(sorted(silent - {by.person_id}), NoticeKind.POLL_NUDGED, poll.id)
    history.record("poll", poll.id, "nudge", by=by)
    return len(silent)


def may_nudge(poll: DatePoll) -> bool:
    """Whether the last reminder was long enough ago."""
    return poll.nudged_at is None or clock.now() - poll.nudged_at >= NUDGE_EVERY


def unanswered(poll: DatePoll) -> frozenset[uuid.UUID]:
    """The members who said nothing yet."""
    return poll.group.member_ids - {row.person_id for row in queries.board(poll).replies}


def choose(poll: DatePoll, moment: PollMoment, *, by: Actor) -> None:
    """This is the moment. It becomes a meeting of the group, and whoever leads the group invites everybody with it."""
    require(by, Can.LEAD_POLL, poll)
    if moment.starts_at <= clock.now():
        raise Invalid({"moments": "moment_passed"})
    _move(poll, "choose", by, chosen=moment.id)
    poll.closes_on = min(poll.closes_on, clock.today())
    ends_at = moment.starts_at + timedelta(minutes=poll.minutes)
    when = meetings.Moment(moment.starts_at, ends_at, poll.place, poll.link)
    row = meetings.plan(poll.group, when, by=by)
    poll.meeting_id = row.id
    db.session.flush()
    made = meeting_of(row.id)
    if made and can(by, Can.LEAD_GROUP, poll.group):
        meetings.announce(made, Told.MEMBERS, by=by)
    else:
        notify(sorted(poll.group.leader_ids - {by.person_id}), NoticeKind.POLL_CHOSEN, poll.id)


def _move(poll: DatePoll, step: str, by: Actor, *, chosen: uuid.UUID | None = None) -> None:
    if not POLL.allows(step, poll.status):
        raise Conflict()
    history.take_step("poll", poll, POLL, step, by=by)
    poll.chosen_id = chosen
    poll.pulse += 1


def _set(poll: DatePoll, about: About) -> None:
    poll.title, poll.minutes, poll.closes_on = about.title, about.minutes, about.closes_on
    poll.place, poll.link = about.place, about.link


def _propose(poll: DatePoll, starts_at: datetime) -> PollMoment:
    if starts_at <= clock.now():
        raise Invalid({"day": "moment_passed"})
    if starts_at > clock.now() + FARTHEST:
        raise Invalid({"day": "date_too_far"})
    row = PollMoment(poll_id=poll.id, starts_at=starts_at)
    db.session.add(row)
    return row


def _check_day(closes_on: date) -> None:
    if closes_on < clock.today():
        raise Invalid({"closes_on": "date_in_past"})
    if closes_on > clock.today() + FARTHEST:
        raise Invalid({"closes_on": "date_too_far"})


def _expect_not_chosen(poll: DatePoll) -> None:
    if poll.status is PollStatus.CHOSEN:
        raise Conflict()

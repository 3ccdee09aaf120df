"""What grows: outcomes that were seen, and moments at which somebody was listened to."""

from dataclasses import asdict, dataclass
from datetime import date

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.plans.codes import Growth, VoiceOf
from webapp.plans.models import Goal, Plan
from webapp.plans.story_models import Outcome, Voice
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


@dataclass(frozen=True, slots=True)
class Statement:
    """An outcome: who changed, what, why it matters, our part in it, how we know; how much of it is seen, in a word."""

    growth: Growth
    who: str
    what: str
    how_we_know: str
    seen_on: date
    why_it_matters: str = ""
    our_part: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and how somebody was listened to, what was heard, and what changed because of it."""

    of: VoiceOf
    heard_on: date
    how: str
    heard: str = ""
    changed: str = ""


def see(goal: Goal, said: Statement, *, by: Actor) -> Outcome:
    """Say what changed."""
    require(by, Can.STEER_PLAN, goal)
    _check_seen(said)
    row = Outcome(goal_id=goal.id, at=clock.now(), person_id=by.person_id, **asdict(said))
    db.session.add(row)
    db.session.flush()
    history.record("outcome", row.id, "add", by=by)
    return row


def see_anew(outcome: Outcome, said: Statement, *, by: Actor, version: int | None = None) -> None:
    """Say better what changed."""
    require(by, Can.STEER_PLAN, outcome)
    expect(outcome, version)
    _check_seen(said)
    for name, value in asdict(said).items():
        setattr(outcome, name, value)
    db.session.flush()
    history.record("outcome", outcome.id, "edit", by=by)


def _check_seen(said: Statement) -> None:
    if said.seen_on > clock.today():
        raise Invalid({"seen_on": "day_to_come"})


def unsee(outcome: Outcome, *, by: Actor) -> None:
    """Take away an outcome that is not right."""
    require(by, Can.STEER_PLAN, outcome)
    history.record("outcome", outcome.id, "remove", by=by)
    db.session.delete(outcome)
    db.session.flush()


def listen(plan: Plan, moment: Moment, *, by: Actor) -> Voice:
    """Write down that somebody was listened to."""
    require(by, Can.STEER_PLAN, plan)
    _check(moment)
    row = Voice(plan_id=plan.id, **asdict(moment))
    db.session.add(row)
    db.session.flush()
    history.record("voice", row.id, "add", by=by)
    return row


def listen_anew(voice: Voice, moment: Moment, *, by: Actor, version: int | None = None) -> None:
    """Say more of such a moment: often what changed because of it."""
    require(by, Can.STEER_PLAN, voice)
    expect(voice, version)
    _check(moment)
    for name, value in asdict(moment).items():
        setattr(voice, name, value)
    db.session.flush()
    history.record("voice", voice.id, "edit", by=by)


def _check(moment: Moment) -> None:
    if moment.heard_on > clock.today():
        raise Invalid({"heard_on": "day_to_come"})


def unhear(voice: Voice, *, by: Actor) -> None:
    """Take such a moment away."""
    require(by, Can.STEER_PLAN, voice)
    history.record("voice", voice.id, "remove", by=by)
    db.session.delete(voice)
    db.session.flush()

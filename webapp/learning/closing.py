"""What comes of a session: drafts of lessons for a second reader, and actions in a group or in a plan."""

import uuid
from dataclasses import dataclass

from webapp.core import history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.groups import carrying
from webapp.groups import queries as groups
from webapp.groups.models import ActionItem
from webapp.learning import actions
from webapp.learning.lifecycle import SessionStatus
from webapp.learning.models import Contribution, LearningSession, SessionAction
from webapp.lessons import actions as lessons
from webapp.lessons.actions import About, From, Words
from webapp.lessons.codes import Origin
from webapp.lessons.models import Lesson
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.plans import doing
from webapp.plans import queries as plans
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require
from webapp.vocabulary.strategies import Strategy


@dataclass(frozen=True, slots=True)
class Draft:
    """A lesson as it comes from a session: a title and the line that travels."""

    title: str
    line: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A lesson to write down, perhaps from something that was shared; `field` is where its title was typed."""

    words: Draft
    note_id: uuid.UUID | None = None
    field: str = "title"


@dataclass(frozen=True, slots=True)
class Do:
    """An action to give to a plan (then with a strategy) or to a group."""

    title: str
    place_id: uuid.UUID
    strategy: Strategy | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a session, as who closes it says."""

    result: str
    thanks: str = ""
    lessons: tuple[Kept, ...] = ()
    actions: tuple[Do, ...] = ()


OVER = (SessionStatus.RUNNING, SessionStatus.CLOSED)


def finish(session: LearningSession, came: Outcome, *, by: Actor, version: int | None = None) -> None:
    """Write down what came of a session and close it; or, once it is closed, say it anew and add to it."""
    require(by, Can.LEAD_SESSION, session)
    if session.status not in OVER:
        raise Conflict()
    expect(session, version)
    notes = [_candidate(session, one) for one in came.lessons]
    for one, note in zip(came.lessons, notes, strict=True):
        draft(session, one.words, by=by, note=note)
    for action in came.actions:
        _do(session, action, by)
    if session.status is SessionStatus.CLOSED:
        actions.say_result(session, came.result, came.thanks, by=by)
        return
    actions.close(session, came.result, came.thanks, by=by)
    tell(session, by=by)


def _candidate(session: LearningSession, kept: Kept) -> Contribution | None:
    """What a lesson comes from; refused when it was taken back, or when somebody made a lesson of it just before."""
    if kept.note_id is None:
        return None
    note = db.session.get(Contribution, kept.note_id)
    if note is None or note.session_id != session.id or not note.is_candidate or note.is_folded:
        raise Invalid({kept.field: "no_candidate"})
    return note


def _do(session: LearningSession, action: Do, by: Actor) -> None:
    if action.strategy is None:
        act_in_group(session, action.title, action.place_id, by=by)
    else:
        act_in_plan(session, action.title, action.place_id, action.strategy, by=by)


def draft(session: LearningSession, words: Draft, *, by: Actor, note: Contribution | None = None) -> Lesson:
    """Write a lesson down as a draft of the host; what it came from is no candidate any more. It stays within the
    circle until a second reader approves it."""
    require(by, Can.LEAD_SESSION, session)
    origin = From(Origin.SESSION, session.id, session.id)
    shared = note.words if note is not None and note.words != words.line else ""
    row = lessons.write(
        Words(title=words.title, line=words.line, situation=session.question, happened=shared),
        About(source=session.theme), session.organisation_id, by=by, came_from=origin,
    )  # fmt: skip
    if note is not None and note.session_id == session.id:
        note.is_candidate = False
        db.session.flush()
    return row


def act_in_group(session: LearningSession, title: str, group_id: uuid.UUID, *, by: Actor) -> ActionItem:
    """Give an action to a group in which one sits; it waits there for somebody."""
    require(by, Can.LEAD_SESSION, session)
    group = groups.group(group_id)
    if group is None or not can(by, Can.TAKE_PART, group):
        raise Invalid({"where": "no_such_place"})
    return _noted(session, carrying.add(group, carrying.Wanted(title), by=by), by)


def act_in_plan(
    session: LearningSession, title: str, plan_id: uuid.UUID, strategy: Strategy, *, by: Actor
) -> ActionItem:
    """Put an action in a plan; from somebody who does not carry that plan it begins as an idea."""
    require(by, Can.LEAD_SESSION, session)
    plan = plans.plan(plan_id)
    if plan is None or not can(by, Can.PROPOSE_ACTION, plan):
        raise Invalid({"where": "no_such_place"})
    return _noted(session, doing.add(plan, doing.Wanted(title, strategy), by=by), by)


def _noted(session: LearningSession, item: ActionItem, by: Actor) -> ActionItem:
    db.session.add(SessionAction(session_id=session.id, item_id=item.id))
    db.session.flush()
    history.record("session", session.id, "action", by=by)
    return item


def tell(session: LearningSession, *, by: Actor) -> None:
    """Tell everybody in the circle that there is a page with what came of it."""
    notify((session.circle_ids | session.leading_ids) - {by.person_id}, NoticeKind.SESSION_CLOSED, session.id)

"""The phases of a session: adding and changing them, leaving one out, their order, and which one it is now."""

from datetime import timedelta

from webapp.core import clock, order
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.learning import queries
from webapp.learning.actions import MOST_PHASES, PhaseWords, turn
from webapp.learning.lifecycle import OPEN_NOW
from webapp.learning.models import LearningSession, Phase
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


def add_phase(session: LearningSession, words: PhaseWords, *, by: Actor) -> Phase:
    """One more phase, as the last one."""
    _can_change(session, by)
    known = queries.phases(session)
    if len(known) >= MOST_PHASES:
        raise Invalid({"title": "many_phases"})
    row = Phase(session_id=session.id, position=len(known) + 1)
    _say(row, words)
    db.session.add(row)
    turn(session)
    return row


def edit_phase(phase: Phase, words: PhaseWords, *, by: Actor, version: int | None = None) -> None:
    """Say a phase anew. Phones that show it follow."""
    _can_change(phase.session, by)
    expect(phase, version)
    _say(phase, words)
    turn(phase.session)


def _say(row: Phase, words: PhaseWords) -> None:
    row.kind, row.title, row.prompt, row.minutes = words.kind, words.title, words.prompt, words.minutes


def skip(phase: Phase, *, is_skipped: bool, by: Actor) -> None:
    """Leave a phase out, or take it up after all. The one that goes on now cannot be left out."""
    _can_change(phase.session, by)
    if is_skipped and phase.session.phase_id == phase.id:
        raise Invalid({"phase": "goes_on_now"})
    phase.is_skipped = is_skipped
    turn(phase.session)


def shift(phase: Phase, by_places: int, *, by: Actor) -> None:
    """Move a phase up or down."""
    here = [one.id for one in queries.phases(phase.session)]
    arrange(phase.session, order.shifted(here, phase.id, by_places), by=by)


def arrange(session: LearningSession, wanted: order.Ids, *, by: Actor) -> None:
    """Put the phases in this order."""
    _can_change(session, by)
    rows = {one.id: one for one in queries.phases(session)}
    for position, phase_id in enumerate(order.arranged(list(rows), wanted), start=1):
        rows[phase_id].position = position
    turn(session)


def go_to(phase: Phase, *, by: Actor) -> None:
    """This is the phase now. The one before it is done; its minutes begin."""
    session = phase.session
    require(by, Can.LEAD_SESSION, session)
    if not session.is_running:
        raise Conflict()
    for one in queries.phases(session):
        if one.id == session.phase_id and one.id != phase.id:
            one.is_done = True
    phase.is_skipped = phase.is_done = False
    begin(session, phase)
    turn(session)


def begin(session: LearningSession, phase: Phase) -> None:
    """Let the minutes of a phase begin."""
    session.phase_id = phase.id
    session.phase_until = clock.now() + timedelta(minutes=phase.minutes) if phase.minutes else None


def _can_change(session: LearningSession, by: Actor) -> None:
    require(by, Can.LEAD_SESSION, session)
    if session.status not in OPEN_NOW:
        raise Conflict()

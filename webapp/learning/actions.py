"""A learning session: preparing it, changing it, who helps at the desk, calling it off and closing it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from webapp.core import clock, history, links
from webapp.core.db import db, given, write
from webapp.core.errors import Conflict, Invalid
from webapp.core.statements import Prepared
from webapp.core.versions import expect
from webapp.learning import queries
from webapp.learning.codes import Format, Lead, PhaseKind
from webapp.learning.lifecycle import OPEN_NOW, SESSION, SessionStatus
from webapp.learning.models import LearningSession, Phase, SessionAsk, SessionLead
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.retention import Keep, kept_for

FARTHEST = timedelta(days=730)
MOST_LEADS = 6
MOST_PHASES = 20


@dataclass(frozen=True, slots=True)
class About:
    """What a session is about, and when and where."""

    theme: str
    question: str
    organisation_id: uuid.UUID
    happens_at: datetime
    minutes: int = 90
    place: str = ""
    format: Format = Format.OPEN
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """What a phase says: a title, a question, and how long it takes if that matters."""

    kind: PhaseKind
    title: str
    prompt: str = ""
    minutes: int | None = None


def prepare(about: About, phases: Iterable[PhaseWords], *, by: Actor) -> LearningSession:
    """Prepare a session; whoever prepares it is its facilitator. The phases come in the words of whoever asks."""
    require(by, Can.PREPARE_SESSION)
    _check_moment(about)
    row = LearningSession(
        organisation_id=about.organisation_id, format=about.format, status=SESSION.start, is_named=about.is_named
    )
    _say(row, about)
    db.session.add(row)
    db.session.flush()
    if by.person_id:
        db.session.add(SessionLead(session_id=row.id, person_id=by.person_id, lead=Lead.FACILITATOR))
    for number, words in enumerate(phases, start=1):
        db.session.add(_phase(row, words, number))
    db.session.flush()
    history.record("session", row.id, "prepare", by=by, after=row.status)
    return row


def _say(row: LearningSession, about: About) -> None:
    row.organisation_id, row.theme, row.question = about.organisation_id, about.theme, about.question
    row.happens_at, row.minutes, row.place = about.happens_at, about.minutes, about.place


def _phase(session: LearningSession, words: PhaseWords, position: int) -> Phase:
    return Phase(
        session_id=session.id, position=position, kind=words.kind, title=words.title, prompt=words.prompt,
        minutes=words.minutes,
    )  # fmt: skip


def _check_moment(about: About) -> None:
    if about.happens_at > clock.now() + FARTHEST:
        raise Invalid({"day": "date_too_far"})
    if about.happens_at < clock.now() - FARTHEST:
        raise Invalid({"day": "date_too_long_ago"})


def edit(session: LearningSession, about: About, *, by: Actor, version: int | None = None) -> None:
    """Say anew what it is about. Named or anonymous can be chosen anew before the start alone, by whoever decides."""
    require(by, Can.LEAD_SESSION, session)
    expect(session, version)
    if session.status not in OPEN_NOW:
        raise Conflict()
    if about.is_named is not session.is_named:
        require(by, Can.STEER_SESSION, session)
        if session.status is not SessionStatus.PREPARED:
            raise Invalid({"named": "named_is_fixed"})
    if about.happens_at != session.happens_at:
        _check_moment(about)
    _say(session, about)
    session.is_named = about.is_named
    turn(session)
    history.record("session", session.id, "edit", by=by)


def call_off(session: LearningSession, *, by: Actor) -> None:
    """It does not go on."""
    require(by, Can.STEER_SESSION, session)
    move(session, "call_off", by)
    turn(session)


def close(session: LearningSession, result: str, thanks: str, *, by: Actor) -> None:
    """Nothing more is shared. What came of it is on the page that everybody who took part can still open."""
    require(by, Can.LEAD_SESSION, session)
    move(session, "close", by)
    session.closed_at = clock.now()
    _say_result(session, result, thanks)
    session.word_code = session.phase_until = None
    until = clock.now() + kept_for(Keep.PARTICIPANT)
    for purpose in (links.Purpose.SESSION, links.Purpose.PARTICIPANT):
        links.extend(purpose, session.id, until)
    turn(session)


def say_result(session: LearningSession, result: str, thanks: str, *, by: Actor) -> None:
    """Say anew what came of it."""
    require(by, Can.LEAD_SESSION, session)
    _say_result(session, result, thanks)
    turn(session)
    history.record("session", session.id, "say_result", by=by)


def _say_result(session: LearningSession, result: str, thanks: str) -> None:
    """Folded lines stay as they were decided about, with the thanks below them."""
    if not session.is_result_folded:
        session.result, session.thanks = result, thanks
    elif result or thanks:
        raise Invalid({"result" if result else "thanks": "lines_folded"})


def add_lead(session: LearningSession, person_id: uuid.UUID, *, by: Actor) -> None:
    """Let somebody help at the desk, or lead it when nobody does. Whom `handing` asks says yes first."""
    require(by, Can.STEER_SESSION, session)
    if session.status not in OPEN_NOW:
        raise Conflict()
    if person_id in session.leading_ids:
        raise Invalid({"person": "leads_already"})
    if len(session.leading_ids) >= MOST_LEADS:
        raise Invalid({"person": "many_leads"})
    set_lead(session, person_id, Lead.CO if session.facilitator_ids else Lead.FACILITATOR)
    history.record("session", session.id, "add_lead", by=by)
    queries.session(session.id)


def set_lead(session: LearningSession, person_id: uuid.UUID, lead: Lead) -> None:
    """Somebody leads it along from now on. There is one facilitator: whoever was it before helps at the desk."""
    if lead is Lead.FACILITATOR:
        before = update(SessionLead).where(SessionLead.session_id == session.id, SessionLead.lead == lead)
        db.session.execute(before.values(lead=Lead.CO))
    db.session.merge(SessionLead(session_id=session.id, person_id=person_id, lead=lead))
    db.session.flush()


def end_lead(session: LearningSession, person_id: uuid.UUID, *, by: Actor) -> None:
    """Somebody helps at the desk no longer. The facilitator stays."""
    require(by, Can.STEER_SESSION, session)
    row = db.session.get(SessionLead, (session.id, person_id))
    if row is None or row.lead is Lead.FACILITATOR:
        raise Conflict()
    db.session.delete(row)
    db.session.execute(delete(SessionAsk).where(SessionAsk.session_id == session.id, SessionAsk.person_id == person_id))
    db.session.flush()
    history.record("session", session.id, "end_lead", by=by)
    queries.session(session.id)


def move(session: LearningSession, step: str, by: Actor) -> None:
    """Take one step of the life of a session."""
    if not SESSION.allows(step, session.status):
        raise Conflict()
    history.take_step("session", session, SESSION, step, by=by)


def turn(session: LearningSession) -> None:
    """Something changed for everybody: what is asked now, or where the session stands. Phones compare the version."""
    pulse: Any = LearningSession.pulse + 1
    session.pulse = pulse
    db.session.flush()


def touch(session: LearningSession) -> int:
    """Something changed at the desk or on the wall. Two who do so at once do not get in each other's way: the number
    grows in the database, and the version of the session stays. Raises Conflict when it is not going on now."""
    db.session.flush()
    grown = write(_GROWS, {"session": session.id})
    if not grown:
        raise Conflict()
    return int(grown[0].pulse)


_GROWS = Prepared(
    lambda: (
        update(LearningSession)
        .where(
            LearningSession.id == given("session", LearningSession.id), LearningSession.status == SessionStatus.RUNNING
        )
        .values(pulse=LearningSession.pulse + 1)
        .returning(LearningSession.pulse)
    )
)

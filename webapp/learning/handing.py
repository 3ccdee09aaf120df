"""Asking somebody to lead a session along, or to take it over. Nothing changes before a yes, and a no is as good."""

import uuid

from sqlalchemy import delete

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.learning import actions, inviting, queries
from webapp.learning.actions import MOST_LEADS
from webapp.learning.codes import Lead
from webapp.learning.lifecycle import OPEN_NOW
from webapp.learning.models import LearningSession, SessionAsk
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


def ask(session: LearningSession, person_id: uuid.UUID, *, by: Actor) -> None:
    """Ask somebody of the network to help at the desk, or to lead it when nobody does. Nobody asks themselves."""
    _decides(session, by)
    if not inviting.takes_part(person_id):
        raise Invalid({"person": "nobody_here"})
    if person_id == by.person_id:
        actions.add_lead(session, person_id, by=by)
        return
    asked = {row.person_id for row in queries.asks(session)}
    if person_id in session.leading_ids | asked:
        raise Invalid({"person": "asked_already" if person_id in asked else "leads_already"})
    if len(session.leading_ids | asked) >= MOST_LEADS:
        raise Invalid({"person": "many_leads"})
    _ask(session, person_id, Lead.CO if session.facilitator_ids else Lead.FACILITATOR, by)


def hand_over(session: LearningSession, person_id: uuid.UUID, *, by: Actor) -> None:
    """Ask who helps at the desk to become the facilitator. Whom else it was asked needs not answer any more."""
    _decides(session, by)
    if person_id not in session.leading_ids - session.facilitator_ids:
        raise Conflict()
    db.session.execute(
        delete(SessionAsk).where(SessionAsk.session_id == session.id, SessionAsk.lead == Lead.FACILITATOR)
    )
    _ask(session, person_id, Lead.FACILITATOR, by)


def take_back(session: LearningSession, person_id: uuid.UUID, *, by: Actor) -> None:
    """They need not answer any more."""
    require(by, Can.STEER_SESSION, session)
    db.session.delete(_asked(session, person_id))
    db.session.flush()
    history.record("session", session.id, "take_back_ask", by=by)


def accept(session: LearningSession, *, by: Actor) -> None:
    """Yes. Whoever becomes the facilitator takes that over: whoever was it until now helps at the desk."""
    row = _answered(session, by)
    actions.set_lead(session, row.person_id, row.lead)
    history.record("session", session.id, "add_lead" if row.lead is Lead.CO else "take_over", by=by)
    _end(row)
    queries.session(session.id)


def decline(session: LearningSession, *, by: Actor) -> None:
    """No is fine: it stays as it was."""
    row = _answered(session, by)
    history.record("session", session.id, "decline_lead", by=by)
    _end(row)


def _decides(session: LearningSession, by: Actor) -> None:
    require(by, Can.STEER_SESSION, session)
    if session.status not in OPEN_NOW:
        raise Conflict()


def _ask(session: LearningSession, person_id: uuid.UUID, lead: Lead, by: Actor) -> None:
    row = SessionAsk(session_id=session.id, person_id=person_id, lead=lead, asked_by_id=by.person_id, at=clock.now())
    db.session.add(row)
    db.session.flush()
    history.record("session", session.id, "ask_lead", by=by)
    notify([person_id], NoticeKind.LEAD_ASKED, session.id)


def _asked(session: LearningSession, person_id: uuid.UUID | None) -> SessionAsk:
    row = db.session.get(SessionAsk, (session.id, person_id))
    if row is None:
        raise Conflict()
    return row


def _answered(session: LearningSession, by: Actor) -> SessionAsk:
    require(by, Can.ANSWER_LEAD, session)
    if session.status not in OPEN_NOW:
        raise Conflict()
    return _asked(session, by.person_id)


def _end(row: SessionAsk) -> None:
    db.session.delete(row)
    db.session.flush()
    if row.asked_by_id:
        notify([row.asked_by_id], NoticeKind.LEAD_ANSWERED, row.session_id)

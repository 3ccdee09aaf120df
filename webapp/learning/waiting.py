"""Reading which learning sessions somebody is asked to lead."""

import uuid
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import literal_column, select

from webapp.core import clock
from webapp.core.db import given
from webapp.core.numbers import Columns, Numbers, moment_of, packed, unpacked
from webapp.learning.codes import Lead
from webapp.learning.lifecycle import OPEN_NOW
from webapp.learning.models import LearningSession, SessionAsk
from webapp.policy.actor import Actor

ASKED = "sessions_asked_to_lead"
MOST_SHOWN = 4


class Asked(NamedTuple):
    """A session that somebody is asked to lead along or to take over, and since when."""

    at: datetime
    id: uuid.UUID
    theme: str
    lead: Lead


def numbers(actor: Actor) -> Numbers:
    """What this person is asked, to be read with `asked`."""
    return Numbers(_columns(), {"asked_to_lead": actor.person_id}) if actor.is_known else Numbers()


def asked(found: str | None) -> list[Asked]:
    """What `numbers` brought, the first that was asked first."""
    rows = unpacked(found)
    return sorted(
        Asked(moment_of(at) or clock.now(), uuid.UUID(key), theme, Lead(lead)) for at, key, theme, lead in rows
    )


@cache
def _columns() -> Columns:
    query = (
        select(SessionAsk.at, LearningSession.id, LearningSession.theme, SessionAsk.lead)
        .join(LearningSession, LearningSession.id == SessionAsk.session_id)
        .where(
            SessionAsk.person_id == given("asked_to_lead", SessionAsk.person_id), LearningSession.status.in_(OPEN_NOW)
        )
        .order_by(SessionAsk.at, SessionAsk.session_id)
    )
    return {ASKED: packed(query.limit(literal_column(str(MOST_SHOWN))))}

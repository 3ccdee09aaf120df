"""The learning sessions of the network: those that come or go on, and those that were."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.statements import prepared
from webapp.learning.lifecycle import SessionStatus
from webapp.learning.models import LearningSession

PAGE_SIZE = 30
MOST_COMING = 30
Key = tuple[datetime, uuid.UUID]


def coming() -> Sequence[AnyRow]:
    """Those that are prepared or go on now, the first one first."""
    return read(_coming(), {})


@prepared
def _coming() -> AnySelect:
    waiting = LearningSession.status.in_([SessionStatus.PREPARED, SessionStatus.RUNNING])
    return _rows().where(waiting).order_by(LearningSession.happens_at, LearningSession.id).limit(MOST_COMING)


def past(after: Key | None) -> Sequence[AnyRow]:
    """Up to one page of those that closed, and one more; the newest first."""
    if after is None:
        return read(_past(is_later=False), {})
    return read(_past(is_later=True), {"happens_at": after[0], "id": after[1]})


@prepared
def _past(*, is_later: bool) -> AnySelect:
    rows = _rows().where(LearningSession.status == SessionStatus.CLOSED)
    if is_later:
        key = tuple_(given("happens_at", LearningSession.happens_at), given("id", LearningSession.id))
        rows = rows.where(tuple_(LearningSession.happens_at, LearningSession.id) < key)
    return rows.order_by(LearningSession.happens_at.desc(), LearningSession.id.desc()).limit(PAGE_SIZE + 1)


def _rows() -> AnySelect:
    return select(
        LearningSession.id, LearningSession.theme, LearningSession.question, LearningSession.happens_at,
        LearningSession.place, LearningSession.status, Organisation.name.label("organisation"),
    ).join(Organisation, Organisation.id == LearningSession.organisation_id)  # fmt: skip


def hosts() -> Sequence[AnyRow]:
    """The organisations that can host a session."""
    return read(_hosts(), {})


@prepared
def _hosts() -> AnySelect:
    return select(Organisation.id, Organisation.name).order_by(func.lower(Organisation.name), Organisation.id)

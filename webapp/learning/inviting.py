"""Who is invited to a session: organisations, and working groups that are no secret. Guests come by the link."""

import uuid
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from webapp.accounts.models import Function, Organisation
from webapp.accounts.sessions import is_current
from webapp.core import clock, history
from webapp.core.db import AnyRow, db, given, read
from webapp.core.errors import Conflict, Invalid
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.learning import queries
from webapp.learning.actions import OPEN_NOW
from webapp.learning.models import LearningSession, SessionInvited
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import SPEAKING
from webapp.policy.rules import can, require

MOST_INVITED = 60


def invite_organisation(session: LearningSession, organisation_id: uuid.UUID, *, by: Actor) -> None:
    """Invite an organisation: whoever holds a function there is welcome, and who speaks for it is told."""
    _check(session, by)
    if db.session.get(Organisation, organisation_id) is None:
        raise Invalid({"who": "no_such_organisation"})
    _add(SessionInvited(session_id=session.id, organisation_id=organisation_id), session, by)
    _tell(session, _speaking(organisation_id), by)


def invite_group(session: LearningSession, group_id: uuid.UUID, *, by: Actor) -> None:
    """Invite a working group that is no secret, and tell who sits in it."""
    _check(session, by)
    group = groups.group(group_id)
    if group is None or group.visibility is Visibility.CONFIDENTIAL or not can(by, Can.SEE_GROUP, group):
        raise Invalid({"who": "no_such_group"})
    _add(SessionInvited(session_id=session.id, group_id=group.id), session, by)
    _tell(session, group.member_ids, by)


def withdraw(session: LearningSession, invited_id: uuid.UUID, *, by: Actor) -> None:
    """Take an invitation back. Whoever took part stays in the circle."""
    require(by, Can.LEAD_SESSION, session)
    row = db.session.get(SessionInvited, invited_id)
    if row is None or row.session_id != session.id:
        raise Conflict()
    db.session.delete(row)
    db.session.flush()
    history.record("session", session.id, "uninvite", by=by)
    queries.session(session.id)


def _check(session: LearningSession, by: Actor) -> None:
    require(by, Can.LEAD_SESSION, session)
    if session.status not in OPEN_NOW:
        raise Conflict()
    if len(invited(session)) >= MOST_INVITED:
        raise Invalid({"who": "many_invited"})


def _add(row: SessionInvited, session: LearningSession, by: Actor) -> None:
    known = {(one.organisation_id, one.group_id) for one in invited(session)}
    if (row.organisation_id, row.group_id) in known:
        raise Invalid({"who": "invited_already"})
    db.session.add(row)
    db.session.flush()
    history.record("session", session.id, "invite", by=by)
    queries.session(session.id)


def _tell(session: LearningSession, people: Iterable[uuid.UUID], by: Actor) -> None:
    """Nobody is invited to a moment that has passed, nor to what they lead themselves."""
    if session.happens_at > clock.now():
        notify(set(people) - session.leading_ids - {by.person_id}, NoticeKind.SESSION_INVITED, session.id)


def _speaking(organisation_id: uuid.UUID) -> set[uuid.UUID]:
    speaking = (Function.organisation_id == organisation_id, Function.kind.in_(SPEAKING), is_current(clock.today()))
    return set(db.session.scalars(select(Function.person_id).where(*speaking)))


def invited(session: LearningSession) -> Sequence[AnyRow]:
    """Who is invited, by name: organisations and groups."""
    return read(_invited(), {"session": session.id})


@cache
def _invited() -> Select[*tuple[Any, ...]]:
    return (
        select(
            SessionInvited.id,
            SessionInvited.organisation_id,
            SessionInvited.group_id,
            Organisation.name.label("organisation"),
            WorkingGroup.name.label("group"),
        )
        .outerjoin(Organisation, Organisation.id == SessionInvited.organisation_id)
        .outerjoin(WorkingGroup, WorkingGroup.id == SessionInvited.group_id)
        .where(SessionInvited.session_id == given("session", SessionInvited.session_id))
        .order_by(Organisation.name, WorkingGroup.name, SessionInvited.id)
    )

"""Who is invited to a session: organisations, and working groups that are no secret; and who could help at its desk.
Guests come by the link."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import func, or_, select

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock, history
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.errors import Conflict, Invalid
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.learning import queries
from webapp.learning.lifecycle import OPEN_NOW
from webapp.learning.models import LearningSession, Participant, SessionInvited
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import SPEAKING
from webapp.policy.rules import can, require

MOST_INVITED = 60
MOST_FOUND = 12
MOST_GROUPS = 100


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


def takes_part(person_id: uuid.UUID) -> bool:
    """Whether somebody has a function in the network today."""
    return bool(read(_helpers(), {"me": person_id, "today": clock.today()}))


def could_help(session: LearningSession, words: str) -> Sequence[AnyRow]:
    """Who in the network has a function today and a name or an organisation that begins with what was typed, and does
    not lead the session yet."""
    start = f"{words.lower()}%"
    rows = read(_could_help(), {"start": start, "inside": f"% {start}", "today": clock.today()})
    return [row for row in rows if row.person_id not in session.leading_ids]


def _people() -> AnySelect:
    """Who has a function today, each once."""
    return (
        select(Person.id.label("person_id"), Person.name, func.min(Organisation.name).label("organisation"))
        .join(Function, Function.person_id == Person.id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(Person.is_active, is_current(given("today", Function.begins_on)))
        .group_by(Person.id, Person.name)
        .order_by(Person.name, Person.id)
        .limit(MOST_FOUND)
    )


@prepared
def _helpers() -> AnySelect:
    return _people().where(Person.id == given("me", Person.id))


@prepared
def _could_help() -> AnySelect:
    start, inside = given("start", Person.name), given("inside", Person.name)
    columns = (func.lower(Person.name), func.lower(Organisation.name))
    return _people().where(or_(*(column.like(pattern) for column in columns for pattern in (start, inside))))


@prepared
def _groups() -> AnySelect:
    rows = select(WorkingGroup.id, WorkingGroup.name).where(
        WorkingGroup.visibility != Visibility.CONFIDENTIAL, ~WorkingGroup.is_about_integrity
    )
    return rows.order_by(WorkingGroup.name, WorkingGroup.id).limit(MOST_GROUPS)


def groups_to_invite() -> Sequence[AnyRow]:
    """The working groups that can be invited: those that are no secret."""
    return read(_groups(), {})


def inside(session: LearningSession) -> tuple[int, list[str]]:
    """How many take part, and the first names of those who gave one, by name: never in the order in which they came."""
    rows = list(db.session.scalars(select(Participant.name).where(Participant.session_id == session.id)))
    return len(rows), sorted((name for name in rows if name), key=str.casefold)


def invited(session: LearningSession) -> Sequence[AnyRow]:
    """Who is invited, by name: organisations and groups."""
    return read(_invited(), {"session": session.id})


@prepared
def _invited() -> AnySelect:
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

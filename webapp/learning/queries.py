"""Reading learning sessions: one with all that rights ask for."""

import uuid
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import func, select, union
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from webapp.accounts.models import Function, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.history import History
from webapp.core.statements import prepared
from webapp.groups.models import Membership
from webapp.learning.codes import Lead, Shown
from webapp.learning.models import (
    Cluster,
    Contribution,
    ContributionGiver,
    LearningSession,
    Participant,
    Phase,
    SessionAsk,
    SessionInvited,
    SessionLead,
    SessionPart,
)

Part = TypeVar("Part", bound=SessionPart)


def session(session_id: uuid.UUID) -> LearningSession | None:
    """One session, with who leads it and who is in its circle. Three queries, also for one that is not there."""
    found = db.session.get(LearningSession, session_id)
    leads = read(_leads(), {"session": session_id, "today": clock.today()})
    circle = read(_circle(), {"session": session_id, "today": clock.today()})
    if found is not None:
        found.leading_ids = frozenset(row.person_id for row in leads)
        found.facilitator_ids = frozenset(row.person_id for row in leads if row.lead == Lead.FACILITATOR)
        found.circle_ids = frozenset(row.person_id for row in circle)
    return found


def learning(learning_id: uuid.UUID) -> LearningSession | None:
    """The session of an address; `session_id` there is that of signing in."""
    return session(learning_id)


def learning_with_asks(learning_id: uuid.UUID) -> LearningSession | None:
    """The same, with who is asked to lead it."""
    found = session(learning_id)
    rows = _asked(learning_id)
    if found is not None:
        found.asked_ids = frozenset(row.person_id for row in rows)
    return found


def asks(one: LearningSession) -> Sequence[AnyRow]:
    """Who is asked to lead a session and did not answer yet, as what, and by whom."""
    return _asked(one.id)


def _asked(session_id: uuid.UUID) -> Sequence[AnyRow]:
    return read(_asks(), {"session": session_id})


@prepared
def _asks() -> AnySelect:
    asker = aliased(Person)
    return (
        select(SessionAsk.person_id, SessionAsk.lead, Person.name, asker.name.label("asked_by"))
        .join(Person, Person.id == SessionAsk.person_id)
        .outerjoin(asker, asker.id == SessionAsk.asked_by_id)
        .where(SessionAsk.session_id == given("session", SessionAsk.session_id), Person.is_active)
        .order_by(Person.name, Person.id)
    )


@prepared
def _leads() -> AnySelect:
    return (
        select(SessionLead.person_id, SessionLead.lead)
        .join(Person, Person.id == SessionLead.person_id)
        .where(SessionLead.session_id == given("session", SessionLead.session_id), Person.is_active)
    )


@prepared
def _circle() -> AnySelect:
    """Who holds a function at an organisation, or sits in a group, that was invited; and who took part."""
    here, today = given("session", SessionInvited.session_id), given("today", Membership.begins_on)
    seated = (
        select(Function.person_id)
        .join(SessionInvited, SessionInvited.organisation_id == Function.organisation_id)
        .where(SessionInvited.session_id == here, is_current(today))
    )
    sitting = (
        select(Membership.person_id)
        .join(SessionInvited, SessionInvited.group_id == Membership.group_id)
        .where(
            SessionInvited.session_id == here,
            Membership.begins_on <= today,
            Membership.ends_on.is_(None) | (Membership.ends_on >= today),
        )
    )
    took_part = select(Participant.person_id).where(Participant.session_id == here, Participant.person_id.is_not(None))
    found = union(seated, sitting, took_part).subquery()
    return select(found.c.person_id)


def _with_session(found: Part | None, part_id: uuid.UUID) -> Part | None:
    """A part of a session, that knows its session. As many queries for one that is not there."""
    one = session(found.session_id if found else part_id)
    if found is not None:
        set_committed_value(found, "session", one)
    return found


def contribution(contribution_id: uuid.UUID) -> Contribution | None:
    """One contribution, with its session. What was folded is nowhere."""
    found = also_folded(contribution_id)
    return found if found and not found.is_folded else None


def also_folded(contribution_id: uuid.UUID) -> Contribution | None:
    """One contribution, folded or not, with its session."""
    return _with_session(db.session.get(Contribution, contribution_id), contribution_id)


def giver_of(note: Contribution) -> uuid.UUID | None:
    """The account of whoever gave it, where a session with names kept one: for the rule that nobody decides about
    their own words, and never shown."""
    giver = select(Participant.person_id).join(ContributionGiver, ContributionGiver.participant_id == Participant.id)
    return db.session.scalar(giver.where(ContributionGiver.contribution_id == note.id))


def who_told(one: LearningSession) -> frozenset[uuid.UUID]:
    """Who wrote down what came of a session, the first time and anew: for the same rule."""
    steps = (History.thing_id == one.id, History.kind == "session", History.step.in_(("close", "say_result")))
    rows = db.session.scalars(select(History.actor_id).where(*steps))
    return frozenset(person_id for person_id in rows if person_id is not None)


def cluster(cluster_id: uuid.UUID) -> Cluster | None:
    """One cluster, with its session."""
    return _with_session(db.session.get(Cluster, cluster_id), cluster_id)


def phase(phase_id: uuid.UUID) -> Phase | None:
    """One phase, with its session."""
    return _with_session(db.session.get(Phase, phase_id), phase_id)


def phases(one: LearningSession) -> Sequence[Phase]:
    """The phases of a session, in order."""
    rows = select(Phase).where(Phase.session_id == one.id).order_by(Phase.position, Phase.id)
    return db.session.scalars(rows).all()


def clusters(one: LearningSession) -> Sequence[Cluster]:
    """The clusters of a session, in order."""
    rows = select(Cluster).where(Cluster.session_id == one.id).order_by(Cluster.position, Cluster.id)
    return db.session.scalars(rows).all()


def by_keys(one: LearningSession, hashes: Sequence[str]) -> Sequence[Contribution]:
    """What was shared in a session under these keys, the oldest first."""
    mine = select(Contribution).where(Contribution.key_hash.in_(hashes), Contribution.session_id == one.id)
    return db.session.scalars(mine.order_by(Contribution.number, Contribution.id)).all()


def versions(learning_id: uuid.UUID, hashes: Sequence[str]) -> Sequence[int]:
    """The version of a session, and of what was shared in it under these keys, the oldest first: in one query, as 200
    phones ask it every three seconds. Nothing when there is no such session."""
    mine = (Contribution.session_id == LearningSession.id) & Contribution.key_hash.in_(hashes)
    rows = (
        select(LearningSession.version, Contribution.version)
        .outerjoin(Contribution, mine)
        .where(LearningSession.id == learning_id)
        .order_by(Contribution.number, Contribution.id)
    )
    found = db.session.execute(rows).all()
    return [version for version, _own in found[:1]] + [own for _version, own in found if own is not None]


def notes_in(one: LearningSession) -> int:
    """How much was shared in a session."""
    return db.session.scalar(select(func.count()).where(Contribution.session_id == one.id)) or 0


def candidates_in(one: LearningSession) -> int:
    """How many contributions of a session may become a lesson."""
    chosen = (Contribution.session_id == one.id, Contribution.is_candidate, ~Contribution.is_folded)
    return db.session.scalar(select(func.count()).where(*chosen)) or 0


def candidates(one: LearningSession) -> Sequence[Contribution]:
    """What was shared and may become a lesson, the oldest first; never what is held back or folded."""
    chosen = (Contribution.session_id == one.id, Contribution.is_candidate, Contribution.shown == Shown.SHOWN)
    rows = select(Contribution).where(*chosen, ~Contribution.is_folded)
    return db.session.scalars(rows.order_by(Contribution.number, Contribution.id)).all()


def leads(one: LearningSession) -> Sequence[AnyRow]:
    """Who leads a session, by name; the facilitator first."""
    return read(_named_leads(), {"session": one.id})


@prepared
def _named_leads() -> AnySelect:
    return (
        select(SessionLead.person_id, SessionLead.lead, Person.name)
        .join(Person, Person.id == SessionLead.person_id)
        .where(SessionLead.session_id == given("session", SessionLead.session_id))
        .order_by(SessionLead.lead != Lead.FACILITATOR, Person.name, Person.id)
    )

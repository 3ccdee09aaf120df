"""What the desk of a session shows, what of it hangs on the wall, and the number that both ask for again and again."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from webapp.accounts.models import Person
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.statements import prepared
from webapp.learning import queries
from webapp.learning.codes import Lead, PhaseKind, Shown
from webapp.learning.models import (
    Cluster,
    Contribution,
    ContributionGiver,
    LearningSession,
    Participant,
    Phase,
    SessionLead,
)

MOST: dict[Shown, int] = {Shown.NEW: 40, Shown.SHOWN: 300, Shown.HELD: 40, Shown.MERGED: 300}
"""How many of each stand on the desk at once. The rest come when those before them are decided about."""


@dataclass(frozen=True)
class Desk:
    """A session as whoever leads it sees it: its phases, its clusters, and what was shared."""

    session: LearningSession
    phases: Sequence[Phase]
    clusters: Sequence[Cluster]
    notes: Sequence[AnyRow]
    people: AnyRow

    @property
    def pulse(self) -> int:
        """The number of the session when this was read."""
        return int(self.people.pulse)

    @cached_property
    def phase(self) -> Phase | None:
        """The phase that goes on now."""
        return next((one for one in self.phases if one.id == self.session.phase_id), None)

    def next(self, step: int = 1) -> Phase | None:
        """The phase that comes, or with -1 the one that was; those left out are passed by."""
        way = [one for one in self.phases if not one.is_skipped or one.id == self.session.phase_id]
        here = next((at for at, one in enumerate(way) if one.id == self.session.phase_id), -1)
        there = here + step
        return way[there] if 0 <= there < len(way) else None

    def standing(self, shown: Shown) -> list[AnyRow]:
        """What stands at one place, the oldest first."""
        return [row for row in self.notes if row.shown == shown]

    def count(self, shown: Shown) -> int:
        """How many there are of it, also those that do not fit on the desk."""
        return next((row.total for row in self.notes if row.shown == shown), 0)

    def merged(self, into_id: uuid.UUID) -> list[AnyRow]:
        """What says the same as a contribution."""
        return [row for row in self.notes if row.merged_into_id == into_id]

    @cached_property
    def candidates(self) -> list[AnyRow]:
        """What may become a lesson."""
        return [row for row in self.notes if row.is_candidate]

    @cached_property
    def wall(self) -> "Wall":
        """What hangs on the wall now."""
        return Wall(self.phase, self.clusters, self.standing(Shown.SHOWN))


@dataclass(frozen=True)
class Wall:
    """What hangs on the wall: while people share, what belongs to that question; afterwards everything."""

    phase: Phase | None
    all_clusters: Sequence[Cluster]
    shown: Sequence[AnyRow]

    most = 12  # so many columns fit on a large screen; the others are counted

    def _is_now(self, thing: Any) -> bool:
        if self.phase is None or self.phase.kind is not PhaseKind.ASK:
            return True
        return thing.phase_id in {None, self.phase.id}

    @cached_property
    def clusters(self) -> list[tuple[Cluster, list[AnyRow]]]:
        """The clusters, each with what is in it."""
        return [
            (one, [row for row in self.shown if row.cluster_id == one.id])
            for one in self.all_clusters
            if self._is_now(one)
        ]

    @cached_property
    def alone(self) -> list[AnyRow]:
        """What is in no cluster."""
        return [row for row in self.shown if row.cluster_id is None and self._is_now(row)]

    @cached_property
    def columns(self) -> list[tuple[str, list[AnyRow]]]:
        """What the room reads: each cluster by its title, and without one what is in none. What may become a lesson
        comes first, then the newest: what no longer fits on the wall is the oldest."""
        found = [(one.title, rows) for one, rows in self.clusters] + [("", self.alone)] * bool(self.alone)
        return [(title, sorted(rows, key=lambda row: (not row.is_candidate, -row.number))) for title, rows in found]

    @cached_property
    def earlier(self) -> list[AnyRow]:
        """What was shown with another question, and hangs there again when that is taken up."""
        inside = {row.id for _one, rows in self.clusters for row in rows} | {row.id for row in self.alone}
        return [row for row in self.shown if row.id not in inside]


def desk(session: LearningSession) -> Desk:
    """Everything on the desk of a session. Four queries; the number comes first, so that nothing new is missed."""
    return _read(session, list(Shown))


def on_wall(session: LearningSession) -> Desk:
    """The same for the wall: what waits or is held back is not even read."""
    return _read(session, [Shown.SHOWN])


def _read(session: LearningSession, places: list[Shown]) -> Desk:
    people = read(_people(), {"session": session.id})[0]
    return Desk(session, queries.phases(session), queries.clusters(session), _notes_of(session, places), people)


def _notes_of(session: LearningSession, places: Iterable[Shown]) -> list[AnyRow]:
    rows = read(_notes(), {"session": session.id, "places": list(places)})
    return [row for row in rows if row.place <= MOST[Shown(row.shown)]]


@prepared
def _notes() -> AnySelect:
    """What was shared, each with its place among those that stand where it stands. Folded words are left out."""
    where = Contribution.shown
    ordered = (
        select(
            Contribution.id, Contribution.number, Contribution.kind, Contribution.words, Contribution.other_words,
            Contribution.shown, Contribution.phase_id, Contribution.cluster_id, Contribution.merged_into_id,
            Contribution.is_candidate, Contribution.is_from_paper, Contribution.version,
            Contribution.key_hash.is_not(None).label("has_giver"),
            func.coalesce(Participant.name, "").label("name"),
            func.coalesce(ContributionGiver.shows_name, False).label("shows_name"),
            func.row_number().over(partition_by=where, order_by=(Contribution.number, Contribution.id)).label("place"),
            func.count().over(partition_by=where).label("total"),
        )
        .outerjoin(ContributionGiver, ContributionGiver.contribution_id == Contribution.id)
        .outerjoin(Participant, Participant.id == ContributionGiver.participant_id)
        .where(
            Contribution.session_id == given("session", Contribution.session_id),
            Contribution.shown.in_(given("places", Contribution.shown, many=True)),
            Contribution.is_folded.is_(False),
        )
        .subquery()
    )  # fmt: skip
    furthest = max(MOST.values())
    return select(ordered).where(ordered.c.place <= furthest).order_by(ordered.c.number, ordered.c.id)


@prepared
def _people() -> AnySelect:
    """The number of a session, how many take part, how many of them shared something, and how much was folded."""
    here = given("session", LearningSession.id)
    inside = select(func.count()).where(Participant.session_id == here)
    folded = select(func.count()).where(Contribution.session_id == here, Contribution.is_folded.is_(True))
    return select(
        LearningSession.pulse,
        inside.scalar_subquery().label("inside"),
        inside.where(Participant.has_shared.is_(True)).scalar_subquery().label("shared"),
        folded.scalar_subquery().label("folded"),
    ).where(LearningSession.id == here)


@dataclass(frozen=True, slots=True)
class Beat:
    """A session as far as a live page asks about it: the number, and whether one person leads it. Policy finds on it
    what it finds on a session."""

    pulse: int
    leading_ids: frozenset[uuid.UUID]
    facilitator_ids: frozenset[uuid.UUID]

    @property
    def session(self) -> "Beat":
        """The session that policy asks about."""
        return self


def beat(learning_id: uuid.UUID) -> Beat | None:
    """What the desk and the wall ask every three seconds. One query."""
    rows = read(_beat(), {"session": learning_id})
    if not rows:
        return None
    leads = frozenset(row.person_id for row in rows if row.person_id)
    facilitates = frozenset(row.person_id for row in rows if row.lead == Lead.FACILITATOR)
    return Beat(rows[0].pulse, leads, facilitates)


@prepared
def _beat() -> AnySelect:
    leads = (
        select(SessionLead.session_id, SessionLead.person_id, SessionLead.lead)
        .join(Person, Person.id == SessionLead.person_id)
        .where(Person.is_active)
        .subquery()
    )
    return (
        select(LearningSession.pulse, leads.c.person_id, leads.c.lead)
        .outerjoin(leads, leads.c.session_id == LearningSession.id)
        .where(LearningSession.id == given("session", LearningSession.id))
    )

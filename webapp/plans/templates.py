"""What a plan can start from: an objective of the town, another plan, or a barrier that somebody named."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from webapp.core.db import AnyRow, AnySelect, read
from webapp.core.statements import prepared
from webapp.plans.models import Barrier, Plan
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.objectives import Objective
from webapp.vocabulary.words import _l

MOST = 100


class Pattern(NamedTuple):
    """What is suggested for an objective: for whom, which distances, and a sign of change with how it is noticed."""

    for_whom: str
    distances: tuple[Distance, ...]
    title: str
    sign: str


D = Distance
PATTERNS: dict[Objective, Pattern] = {
    Objective.INDIVIDUAL_GUIDANCE: Pattern(
        _l("Young people who know nobody at an association yet"), (D.KNOWS_NOBODY, D.UNKNOWN),
        _l("Somebody walks along the first time"),
        _l("Young people who were brought come back on their own, and know a name there."),
    ),
    Objective.STRENGTHENING: Pattern(
        _l("Young people whose head is full of other things"), (D.OTHER_WORRIES, D.NO_HABIT_AT_HOME),
        _l("Young people find a place of their own first, and grow from there"),
        _l("They propose something themselves, and bring a friend."),
    ),
    Objective.SPECIFIC_OFFER: Pattern(
        _l("Young people for whom nothing that suits them exists yet"), (D.NO_OFFER, D.HARD_CUSTOMS),
        _l("There is an offer that they helped to make"),
        _l("They say that it is theirs, and some look further from there."),
    ),
    Objective.SUPPORT_ASSOCIATIONS: Pattern(
        _l("Crews that want to but have their hands full"), (D.LIMITED_CAPACITY, D.NEW_CREW),
        _l("A crew feels sure enough to welcome somebody new"),
        _l("They tell others how they did it, and the next crew goes on with it."),
    ),
    Objective.INFORMING: Pattern(
        _l("Families who don't know what there is"), (D.UNKNOWN, D.NO_HABIT_AT_HOME),
        _l("Families hear of it from somebody they trust"),
        _l("Parents come to ask something, and know what they ask for."),
    ),
    Objective.SOLIDARITY_FUND: Pattern(
        _l("Families who find it hard to pay"), (D.HARD_TO_PAY,),
        _l("Nobody stays away because of money, and nobody has to ask for it aloud"),
        _l("Associations point to the fund themselves, before anybody asks."),
    ),
    Objective.PARTNERSHIPS: Pattern(
        _l("Associations that know few partners"), (D.SMALL_NETWORK, D.SUPPORT_FAR_AWAY),
        _l("Associations and youth work find each other without us"),
        _l("They call each other, also when nothing is wrong."),
    ),
}  # fmt: skip


def plans() -> Sequence[AnyRow]:
    """The plans to start from, the newest first."""
    return read(_plans(), {})


@prepared
def _plans() -> AnySelect:
    return select(Plan.id, Plan.title).order_by(Plan.created_at.desc(), Plan.id).limit(MOST)


def barriers() -> Sequence[AnyRow]:
    """The barriers of all plans to start from, the newest first."""
    return read(_barriers(), {})


@prepared
def _barriers() -> AnySelect:
    query = select(Barrier.id, Barrier.words, Plan.title.label("plan")).join(Plan, Plan.id == Barrier.plan_id)
    return query.order_by(Barrier.added_at.desc(), Barrier.id).limit(MOST)

"""The six strategies, in order from the young people's bank to the associations' bank."""

import enum
from typing import NamedTuple

from webapp.vocabulary.sides import Side
from webapp.vocabulary.words import _l


class Strategy(enum.StrEnum):
    """One way to shorten a distance. The order is that of the arches of the bridge."""

    OUTREACH = "outreach"
    GUIDANCE = "guidance"
    TRUSTED_PLACE = "trusted_place"
    SUPPORT = "support"
    COOPERATION = "cooperation"
    POLICY = "policy"


class StrategyTraits(NamedTuple):
    """How a strategy reads, on which side it stands, its number from 1 to 6, and what those who know it call it."""

    label: str
    meaning: str
    side: Side
    number: int
    term: str


STRATEGY_TRAITS: dict[Strategy, StrategyTraits] = {
    Strategy.OUTREACH: StrategyTraits(
        _l("On the street and the squares"),
        _l("Meet young people where they are, and start from what they like."),
        Side.DEMAND,
        1,
        _l("Outreach"),
    ),
    Strategy.GUIDANCE: StrategyTraits(
        _l("One to one, on the way"),
        _l("Learn the wishes of one young person, show what exists, and walk along the first steps."),
        Side.DEMAND,
        2,
        _l("Individual guidance"),
    ),
    Strategy.TRUSTED_PLACE: StrategyTraits(
        _l("From a trusted place"),
        _l("Grow strong in a place that is already trusted, and build the bridge from there."),
        Side.DEMAND,
        3,
        _l("Low-threshold place"),
    ),
    Strategy.SUPPORT: StrategyTraits(
        _l("Make an association stronger"),
        _l("Help one or more associations to become easier to join."),
        Side.SUPPLY,
        4,
        _l("Support of associations"),
    ),
    Strategy.COOPERATION: StrategyTraits(
        _l("A network together"),
        _l("Work together for a long time, so that knowledge and young people find their way."),
        Side.SUPPLY,
        5,
        _l("Cooperation"),
    ),
    Strategy.POLICY: StrategyTraits(
        _l("Agreements and policy"),
        _l("Take away the largest barriers for everybody, with those it is about."),
        Side.SUPPLY,
        6,
        _l("Structural"),
    ),
}

STRATEGY_LABELS: dict[Strategy, str] = {code: traits.label for code, traits in STRATEGY_TRAITS.items()}

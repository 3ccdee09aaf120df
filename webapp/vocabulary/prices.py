"""What something may cost, and how somebody can get there."""

import enum
from typing import NamedTuple

from webapp.vocabulary.words import _l


class PricePer(enum.StrEnum):
    """For what the full price is paid."""

    FREE = "free"
    TIME = "time"
    MONTH = "month"
    YEAR = "year"


PRICE_PER_LABELS: dict[PricePer, str] = {
    PricePer.FREE: _l("free"),
    PricePer.TIME: _l("per visit"),
    PricePer.MONTH: _l("per month"),
    PricePer.YEAR: _l("per year"),
}


class PriceCeiling(enum.StrEnum):
    """The most that a young person wants to pay."""

    FREE = "free"
    LITTLE = "little"
    SOME = "some"
    MORE = "more"
    ANY = "any"


class CeilingTraits(NamedTuple):
    """How a ceiling reads, and the most it allows in cents; None is no limit."""

    label: str
    per_time: int | None
    per_month: int | None
    per_year: int | None


CEILING_TRAITS: dict[PriceCeiling, CeilingTraits] = {
    PriceCeiling.FREE: CeilingTraits(_l("free"), 0, 0, 0),
    PriceCeiling.LITTLE: CeilingTraits(_l("up to € 2 per visit or € 25 per year"), 200, 400, 2500),
    PriceCeiling.SOME: CeilingTraits(_l("up to € 5 per visit or € 60 per year"), 500, 1000, 6000),
    PriceCeiling.MORE: CeilingTraits(_l("up to € 10 per visit or € 150 per year"), 1000, 2000, 15000),
    PriceCeiling.ANY: CeilingTraits(_l("the price is no obstacle"), None, None, None),
}

CEILING_LABELS: dict[PriceCeiling, str] = {code: traits.label for code, traits in CEILING_TRAITS.items()}


def is_within(ceiling: PriceCeiling, cents: int, per: PricePer) -> bool:
    """Whether a full price stays at or under the ceiling."""
    if per is PricePer.FREE or cents == 0:
        return True
    traits = CEILING_TRAITS[ceiling]
    limit = {PricePer.TIME: traits.per_time, PricePer.MONTH: traits.per_month, PricePer.YEAR: traits.per_year}[per]
    return limit is None or cents <= limit


TIMES_A_YEAR = {PricePer.FREE: 0, PricePer.TIME: 40, PricePer.MONTH: 10, PricePer.YEAR: 1}


def yearly(cents: int, per: PricePer) -> int:
    """About what a price comes to in a year of joining, so that prices can be compared."""
    return cents * TIMES_A_YEAR[per]


class Travel(enum.StrEnum):
    """A way in which somebody can get somewhere."""

    WALK = "walk"
    BIKE = "bike"
    BUS = "bus"
    LIFT = "lift"
    CAR = "car"


class TravelTraits(NamedTuple):
    """How a way of travelling reads, and its icon."""

    label: str
    icon: str


TRAVEL_TRAITS: dict[Travel, TravelTraits] = {
    Travel.WALK: TravelTraits(_l("on foot"), "footprints"),
    Travel.BIKE: TravelTraits(_l("by bike"), "bike"),
    Travel.BUS: TravelTraits(_l("by bus"), "bus"),
    Travel.LIFT: TravelTraits(_l("with a lift"), "handshake"),
    Travel.CAR: TravelTraits(_l("by car"), "route"),
}

TRAVEL_LABELS: dict[Travel, str] = {code: traits.label for code, traits in TRAVEL_TRAITS.items()}
TRAVEL_ICONS: dict[Travel, str] = {code: traits.icon for code, traits in TRAVEL_TRAITS.items()}

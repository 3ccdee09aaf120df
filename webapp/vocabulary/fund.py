"""What the solidarity fund can carry, and the three prices that people choose from themselves."""

import enum
from typing import NamedTuple

from webapp.vocabulary.words import _l


class SupportFor(enum.StrEnum):
    """What support is asked for."""

    FEE = "fee"
    CAMP = "camp"
    CLOTHES = "clothes"
    GEAR = "gear"
    OUTING = "outing"
    TRAVEL = "travel"
    RIDE = "ride"


class SupportTraits(NamedTuple):
    """How it reads, its icon, and whether it takes money: a lift takes somebody who drives."""

    label: str
    icon: str
    takes_money: bool = True


SUPPORT_FOR_TRAITS: dict[SupportFor, SupportTraits] = {
    SupportFor.FEE: SupportTraits(_l("the fee for a year or a season"), "ticket"),
    SupportFor.CAMP: SupportTraits(_l("a camp or a weekend"), "tent"),
    SupportFor.CLOTHES: SupportTraits(_l("clothes or a uniform"), "shirt"),
    SupportFor.GEAR: SupportTraits(_l("gear or an instrument"), "backpack"),
    SupportFor.OUTING: SupportTraits(_l("an outing"), "sun"),
    SupportFor.TRAVEL: SupportTraits(_l("the bus, or a bike"), "bus"),
    SupportFor.RIDE: SupportTraits(_l("a lift"), "handshake", takes_money=False),
}
SUPPORT_FOR_LABELS: dict[SupportFor, str] = {code: traits.label for code, traits in SUPPORT_FOR_TRAITS.items()}


class PriceChoice(enum.StrEnum):
    """Which of three prices somebody chose to pay. Nobody asks why."""

    LOWEST = "lowest"
    MIDDLE = "middle"
    FULL = "full"


PRICE_CHOICE_LABELS: dict[PriceChoice, str] = {
    PriceChoice.LOWEST: _l("the lowest price"),
    PriceChoice.MIDDLE: _l("the price in between"),
    PriceChoice.FULL: _l("the full price, later or in parts"),
}

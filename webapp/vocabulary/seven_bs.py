"""The seven B's: the ways in which an offer can be near or far. All seven count, none weighs more."""

import enum
from typing import NamedTuple

from webapp.vocabulary.words import _l


class B(enum.StrEnum):
    """One kind of distance."""

    REACH = "reach"
    AVAILABILITY = "availability"
    AFFORDABILITY = "affordability"
    AWARENESS = "awareness"
    TRUST = "trust"
    CLARITY = "clarity"
    FIT = "fit"


class BTraits(NamedTuple):
    """How a B is shown: the adjective, the question it asks, and an icon."""

    label: str
    question: str
    icon: str


B_TRAITS: dict[B, BTraits] = {
    B.REACH: BTraits(_l("reachable"), _l("Can you get there, and home again, at that hour?"), "map-pin"),
    B.AVAILABILITY: BTraits(_l("available"), _l("Is there room, without a long wait or much paperwork?"), "calendar"),
    B.AFFORDABILITY: BTraits(_l("affordable"), _l("Can you pay for it, also the extras, without worry?"), "euro"),
    B.AWARENESS: BTraits(_l("known"), _l("Do you know that it exists, and what happens there?"), "megaphone"),
    B.TRUST: BTraits(_l("trustworthy"), _l("Do you dare to go, and will somebody look out for you?"), "handshake"),
    B.CLARITY: BTraits(_l("understandable"), _l("Is it clear if this is for you, and what to do?"), "message-circle"),
    B.FIT: BTraits(_l("usable"), _l("Does it suit you, with your habits and your pace?"), "puzzle"),
}

B_LABELS: dict[B, str] = {b: traits.label for b, traits in B_TRAITS.items()}
B_ICONS: dict[B, str] = {b: traits.icon for b, traits in B_TRAITS.items()}

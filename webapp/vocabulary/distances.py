"""What can make an offer feel far away, on either side, and the B's that it touches.

Distance is a set of factors. It is never a label on a person or a group.
"""

import enum
from typing import NamedTuple

from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.words import _l


class Distance(enum.StrEnum):
    """One factor that creates distance."""

    USED_TO_THE_STREET = "used_to_the_street"
    LITTLE_TRUST_IN_GOVERNMENT = "little_trust_in_government"
    NO_HABIT_AT_HOME = "no_habit_at_home"
    OTHER_WORRIES = "other_worries"
    KNOWS_NOBODY = "knows_nobody"
    NO_BOND = "no_bond"
    HARD_CUSTOMS = "hard_customs"
    HARD_TO_REACH = "hard_to_reach"
    NO_OFFER = "no_offer"
    HARD_TO_PAY = "hard_to_pay"
    UNKNOWN = "unknown"

    CLOSED_GROUP = "closed_group"
    LIMITED_CAPACITY = "limited_capacity"
    NO_ROOM = "no_room"
    SUPPORT_FAR_AWAY = "support_far_away"
    SMALL_NETWORK = "small_network"
    CUSTOMS_AS_IDENTITY = "customs_as_identity"
    NEW_CREW = "new_crew"


class DistanceTraits(NamedTuple):
    """How a factor reads, on which side it arises, and the B's it touches."""

    label: str
    side: Side
    bs: tuple[B, ...]


_D, _S = Side.DEMAND, Side.SUPPLY

DISTANCE_TRAITS: dict[Distance, DistanceTraits] = {
    Distance.USED_TO_THE_STREET: DistanceTraits(_l("Used to free time on the street and the squares"), _D, (B.FIT,)),
    Distance.LITTLE_TRUST_IN_GOVERNMENT: DistanceTraits(
        _l("Little trust in government and organisations"), _D, (B.TRUST,)
    ),
    Distance.NO_HABIT_AT_HOME: DistanceTraits(_l("A club or association is new at home"), _D, (B.CLARITY,)),
    Distance.OTHER_WORRIES: DistanceTraits(_l("The head is full of other things"), _D, (B.AVAILABILITY,)),
    Distance.KNOWS_NOBODY: DistanceTraits(_l("Knows nobody there"), _D, (B.TRUST,)),
    Distance.NO_BOND: DistanceTraits(_l("No bond with the crew yet"), _D, (B.TRUST,)),
    Distance.HARD_CUSTOMS: DistanceTraits(_l("Customs that are hard to join"), _D, (B.FIT,)),
    Distance.HARD_TO_REACH: DistanceTraits(_l("Hard to get to"), _D, (B.REACH,)),
    Distance.NO_OFFER: DistanceTraits(_l("What they wish for doesn't exist yet"), _D, (B.AVAILABILITY,)),
    Distance.HARD_TO_PAY: DistanceTraits(_l("Hard to pay"), _D, (B.AFFORDABILITY,)),
    Distance.UNKNOWN: DistanceTraits(_l("Does not know that it exists"), _D, (B.AWARENESS,)),
    Distance.CLOSED_GROUP: DistanceTraits(_l("The group is hard to get into"), _S, (B.TRUST, B.FIT)),
    Distance.LIMITED_CAPACITY: DistanceTraits(_l("The crew has its hands full"), _S, (B.AVAILABILITY,)),
    Distance.NO_ROOM: DistanceTraits(_l("No room, or a waiting list"), _S, (B.AVAILABILITY,)),
    Distance.SUPPORT_FAR_AWAY: DistanceTraits(_l("Support for the crew is far away"), _S, (B.AVAILABILITY, B.FIT)),
    Distance.SMALL_NETWORK: DistanceTraits(_l("The association knows few partners"), _S, (B.AWARENESS, B.TRUST)),
    Distance.CUSTOMS_AS_IDENTITY: DistanceTraits(_l("Customs that feel like who we are"), _S, (B.FIT,)),
    Distance.NEW_CREW: DistanceTraits(_l("A new crew every few years"), _S, (B.TRUST, B.CLARITY)),
}

DISTANCE_LABELS: dict[Distance, str] = {code: traits.label for code, traits in DISTANCE_TRAITS.items()}

"""Things that stand in an order of their own, which somebody changes: one at a time, or all at once."""

import uuid
from collections.abc import Sequence

Ids = Sequence[uuid.UUID]


def shifted(here: Ids, one: uuid.UUID, places: int) -> list[uuid.UUID]:
    """The same with one of them up (-1) or down (1). Beyond the ends it stays where it is."""
    order = list(here)
    place = order.index(one)
    order.insert(max(place + places, 0), order.pop(place))
    return order


def arranged(here: Ids, wanted: Ids) -> list[uuid.UUID]:
    """The same in the order that is wanted. Whatever is not named, such as one that somebody added meanwhile, comes
    after."""
    named = [one for one in dict.fromkeys(wanted) if one in here]
    return [*named, *(one for one in here if one not in named)]

"""What matching weighs of an offer, as numbers that a database can compare: codes as bits, prices by the year.

Kept in a narrow row beside the offer and derived whenever it changes, so that a wish meets thousands of offers in one
statement. The place of a code in its enum is the number of its bit: a new code comes last, or a migration derives all
rows anew.
"""

import enum
from collections.abc import Iterable
from typing import Any

from webapp.directory.facets import can_arrange, is_full, makes_smaller
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday, parts_of
from webapp.vocabulary.offers import CustomStance, CustomTopic, LittleDutch, Room
from webapp.vocabulary.prices import PriceCeiling, is_within, yearly

_DAYS, _PARTS = tuple(Weekday), tuple(PartOfDay)
ALWAYS = 1 << len(_DAYS) * (1 + len(_PARTS))
"""The bit of an offer that suits whatever the week: by agreement, or in the school holidays."""


def place(code: enum.StrEnum) -> int:
    """The number of the bit of a code."""
    return tuple(type(code)).index(code)


def mask(codes: Iterable[enum.StrEnum]) -> int:
    """The bits of some codes of one enum."""
    return sum(1 << place(code) for code in set(codes))


def _moment(day: Weekday, part: PartOfDay | None = None) -> int:
    """The bit of a day, or of a part of it."""
    first = place(day)
    return 1 << (first if part is None else len(_DAYS) + first * len(_PARTS) + place(part))


def moments_asked(days: Iterable[Weekday], parts: Iterable[PartOfDay]) -> int:
    """The moments of which one has to suit; 0 when the wish leaves the whole week free."""
    days, parts = frozenset(days), frozenset(parts)
    if not days and not parts:
        return 0
    asked = {_moment(day, part) for day in days or _DAYS for part in parts or (None,)}
    return sum(asked) | ALWAYS


def _moments_of(slots: Iterable[Any]) -> int:
    """The days, and the parts of each day, on which an offer is there."""
    slots = tuple(slots)
    found = 0 if slots and not any(slot.holidays_only for slot in slots) else ALWAYS
    for slot in slots:
        found |= _moment(slot.weekday)
        for part in parts_of(slot.weekday, slot.starts, slot.ends):
            found |= _moment(slot.weekday, part)
    return found


def _prices_of(offer: Any) -> int:
    """The ceilings under which an offer stays; all of them where a lower price is possible without questions."""
    return mask(
        one for one in PriceCeiling if offer.has_social_tariff or is_within(one, offer.price_cents, offer.price_per)
    )


def measures_of(offer: Any) -> dict[str, Any]:
    """The measures of an offer, by the names of their columns."""
    arranged = can_arrange(offer)
    fixed = (CustomTopic(one["topic"]) for one in offer.customs if one["stance"] == CustomStance.FIXED)
    return {
        "age_min": offer.age_min,
        "age_max": offer.age_max,
        "moments": _moments_of(offer.slots),
        "prices": _prices_of(offer),
        "places": offer.free_places if offer.room is Room.PLACES else None,
        "is_full": is_full(offer),
        "needs_car": not offer.reachable_without_car,
        "has_way": offer.reachable_without_car or Arrangement.SHARED_RIDE in arranged,
        "area": offer.area,
        "interests": mask(offer.interests),
        "arranged": mask(arranged),
        "smaller": mask(makes_smaller(offer)),
        "fixed_customs": mask(fixed),
        "has_alcohol": not offer.is_alcohol_free,
        "needs_dutch": offer.little_dutch is LittleDutch.NO,
        "yearly_cents": yearly(offer.price_cents, offer.price_per),
        "confirmed_at": offer.confirmed_at,
        "name": offer.name,
    }

"""What matching reads: the wish of a young person, and the facts of an offer. No database, no words."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from webapp.directory.facets import SMALL_GROUP, can_arrange, is_full, makes_smaller
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday, parts_of
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import CustomStance, CustomTopic, LittleDutch, Mood, PricePer, Room, SignUp
from webapp.vocabulary.prices import PriceCeiling, Travel, is_within
from webapp.vocabulary.seven_bs import B

OWN_POWER = frozenset({Travel.WALK, Travel.BIKE, Travel.BUS})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a young person, or a few friends, asks for. Empty means: no limit from this side.

    `month` (1 to 12) is that in which the question goes out; it only tells which crews are resting.
    """

    age_band: AgeBand | None = None
    group_size: int = 1
    interests: tuple[Interest, ...] = ()
    days: tuple[Weekday, ...] = ()
    parts_of_day: tuple[PartOfDay, ...] = ()
    price_ceiling: PriceCeiling | None = None
    area: str = ""
    travel: tuple[Travel, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    distances: tuple[B, ...] = ()
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment in the week. It runs past midnight when it ends at or before it starts."""

    weekday: Weekday
    starts: time
    ends: time
    holidays_only: bool = False


@dataclass(frozen=True, slots=True)
class Custom:
    """Something the group is used to, and how firmly it holds on to it."""

    topic: CustomTopic
    stance: CustomStance


@dataclass(frozen=True)
class OfferFacts:
    """An offer as matching sees it. The languages of the team are left out on purpose."""

    id: uuid.UUID
    name: str
    organisation_id: uuid.UUID
    organisation: str
    age_min: int
    age_max: int
    confirmed_at: datetime
    slots: tuple[Slot, ...] = ()
    quiet_months: tuple[int, ...] = ()
    pauses_until: date | None = None
    price_cents: int = 0
    price_per: PricePer = PricePer.FREE
    has_social_tariff: bool = False
    has_instalments: bool = False
    has_loan_gear: bool = False
    trial_visits: int = 0
    sign_up: SignUp = SignUp.TALK
    area: str = ""
    reachable_without_car: bool = True
    mood: Mood = Mood.MIXED
    group_size: int | None = None
    little_dutch: LittleDutch = LittleDutch.SOME
    is_alcohol_free: bool = True
    interests: tuple[Interest, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    customs: tuple[Custom, ...] = ()
    room: Room = Room.OPEN
    free_places: int | None = None
    waiting: int = 0

    @property
    def has_waiting_list(self) -> bool:
        """Whether somebody new has to wait."""
        return is_full(self)

    @property
    def is_small(self) -> bool:
        """Whether the group is small enough to know everybody soon."""
        return self.group_size is not None and self.group_size <= SMALL_GROUP

    @cached_property
    def offered(self) -> frozenset[Arrangement]:
        """Everything that can be arranged here."""
        return can_arrange(self)

    @cached_property
    def smaller(self) -> frozenset[B]:
        """The distances that are smaller here, whoever asks."""
        return makes_smaller(self)


def suiting_slots(wish: Wish, slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The moments on a day and in a part of the day that the wish leaves free; holiday moments always suit."""
    return tuple(
        slot
        for slot in slots
        if slot.holidays_only
        or (
            (not wish.days or slot.weekday in wish.days)
            and (
                not wish.parts_of_day
                or not parts_of(slot.weekday, slot.starts, slot.ends).isdisjoint(wish.parts_of_day)
            )
        )
    )


def is_affordable(wish: Wish, offer: OfferFacts) -> bool:
    """Whether the full price stays under the ceiling of the wish."""
    return wish.price_ceiling is None or is_within(wish.price_ceiling, offer.price_cents, offer.price_per)


def can_get_there(wish: Wish, offer: OfferFacts) -> bool:
    """Whether one of the ways of travelling of the wish, or a shared ride, brings them there."""
    if offer.reachable_without_car or not wish.travel or set(wish.travel) - OWN_POWER:
        return True
    return Arrangement.SHARED_RIDE in offer.offered


def has_room_for_all(wish: Wish, offer: OfferFacts) -> bool:
    """Friends go together or not at all. Whoever comes alone, or has to wait anyway, is not refused for room."""
    if offer.room is not Room.PLACES or offer.free_places is None or wish.group_size == 1:
        return True
    return offer.free_places == 0 or offer.free_places >= wish.group_size

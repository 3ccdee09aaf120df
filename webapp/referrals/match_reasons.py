"""Why an offer fits a wish and what to watch, as codes with parameters. `match_words` turns them into sentences."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from webapp.referrals.match_facts import (
    OfferFacts,
    Slot,
    Wish,
    is_affordable,
    suiting_slots,
)
from webapp.vocabulary.ages import covers_all
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import CustomStance, CustomTopic, LittleDutch, Room
from webapp.vocabulary.prices import Travel
from webapp.vocabulary.seven_bs import B

FEW_PLACES = 3
MOST_MOMENTS = 2


class Why(enum.StrEnum):
    """What a reason says."""

    SLOT = "slot"
    TIMES_BY_AGREEMENT = "times_by_agreement"
    INTERESTS = "interests"
    FREE = "free"
    PRICE = "price"
    LOWER_PRICE_POSSIBLE = "lower_price_possible"
    TRIALS_FIRST = "trials_first"
    SAME_AREA = "same_area"
    WITHOUT_CAR = "without_car"
    SMALL_GROUP = "small_group"
    ARRANGED = "arranged"
    MAKES_SMALLER = "makes_smaller"

    SOMETHING_ELSE = "something_else"
    AGES = "ages"
    OTHER_MOMENT = "other_moment"
    HOLIDAYS_ONLY = "holidays_only"
    RESTING = "resting"
    PAUSES = "pauses"
    WAITING_LIST = "waiting_list"
    FULL = "full"
    PLACES_LEFT = "places_left"
    TOO_FEW_PLACES = "too_few_places"
    ABOVE_CEILING = "above_ceiling"
    CAR_NEEDED = "car_needed"
    OTHER_AREA = "other_area"
    UNIFORM = "uniform"
    UNIFORM_SECOND_HAND = "uniform_second_hand"
    CUSTOM_FIXED = "custom_fixed"
    ALCOHOL = "alcohol"
    GOOD_DUTCH = "good_dutch"
    NOT_ARRANGED = "not_arranged"


class Support(enum.IntEnum):
    """How much a point of attention asks of the network."""

    NONE = 0
    ARRANGE = 1
    WALK_ALONG = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """A code, its parameters, and the support it takes."""

    why: Why
    params: tuple[tuple[str, Any], ...] = ()
    support: Support = Support.NONE


@dataclass(frozen=True, slots=True)
class Answers:
    """What an offer has of what the wish asks: the only things that count for its place in the list."""

    interests: tuple[Interest, ...]
    arranged: tuple[Arrangement, ...]
    smaller: tuple[B, ...]

    @property
    def points(self) -> int:
        """One for each: a barrier answered weighs as much as an interest."""
        return len(self.interests) + len(self.arranged) + len(self.smaller)


def answers(wish: Wish, offer: OfferFacts) -> Answers:
    """Which interests the offer shares, and which barriers it answers."""
    return Answers(
        tuple(interest for interest in dict.fromkeys(wish.interests) if interest in offer.interests),
        tuple(needed for needed in dict.fromkeys(wish.arrangements) if needed in offer.offered),
        tuple(b for b in dict.fromkeys(wish.distances) if makes_smaller(b, wish, offer)),
    )


def makes_smaller(b: B, wish: Wish, offer: OfferFacts) -> bool:
    """Whether something about the offer makes one distance smaller; being near makes reach smaller as well."""
    return b in offer.smaller or (b is B.REACH and bool(wish.area) and wish.area == offer.area)


def fits(wish: Wish, offer: OfferFacts, found: Answers) -> tuple[Reason, ...]:
    """Why it fits, the most practical first."""
    return tuple(_fits(wish, offer, found))


def watch(wish: Wish, offer: OfferFacts) -> tuple[Reason, ...]:
    """What to watch, each point with the support that it takes."""
    return (
        *_something_else(wish, offer),
        *_ages_and_season(wish, offer),
        *_room(wish, offer),
        *_price(wish, offer),
        *_way(wish, offer),
        *_customs(wish, offer),
        *_not_arranged(wish, offer),
    )


def _reason(why: Why, support: Support = Support.NONE, **params: Any) -> Reason:
    return Reason(why, tuple(params.items()), support)


def _fits(wish: Wish, offer: OfferFacts, found: Answers) -> Iterator[Reason]:
    yield from _moments(tuple(slot for slot in suiting_slots(wish, offer.slots) if not slot.holidays_only))
    if not offer.slots:
        yield _reason(Why.TIMES_BY_AGREEMENT)
    if found.interests:
        yield _reason(Why.INTERESTS, interests=found.interests)
    if offer.price_cents == 0:
        yield _reason(Why.FREE)
    elif is_affordable(wish, offer):
        yield _reason(Why.PRICE, cents=offer.price_cents, per=offer.price_per)
    if offer.price_cents and offer.has_social_tariff:
        yield _reason(Why.LOWER_PRICE_POSSIBLE)
    if offer.trial_visits:
        yield _reason(Why.TRIALS_FIRST, count=offer.trial_visits)
    if wish.area and offer.area == wish.area:
        yield _reason(Why.SAME_AREA, area=offer.area)
    elif B.REACH in wish.distances and offer.reachable_without_car:
        yield _reason(Why.WITHOUT_CAR)
    if offer.is_small:
        yield _reason(Why.SMALL_GROUP, count=offer.group_size)
    for needed in found.arranged:
        if needed not in _SAID_ALREADY:
            yield _reason(Why.ARRANGED, arrangement=needed)
    if found.smaller:
        yield _reason(Why.MAKES_SMALLER, bs=found.smaller)


# the sentences about price, trials and group size say these
_SAID_ALREADY = frozenset({Arrangement.TRIAL_TIMES, Arrangement.SMALL_GROUP, Arrangement.LOWER_PRICE})


def _moments(slots: tuple[Slot, ...], why: Why = Why.SLOT) -> list[Reason]:
    """Days with the same hours go into one reason."""
    hours: dict[tuple[Any, Any], list[Any]] = {}
    for slot in slots:
        hours.setdefault((slot.starts, slot.ends), []).append(slot.weekday)
    return [
        _reason(why, weekdays=tuple(dict.fromkeys(weekdays)), starts=starts, ends=ends)
        for (starts, ends), weekdays in list(hours.items())[:MOST_MOMENTS]
    ]


def _something_else(wish: Wish, offer: OfferFacts) -> Iterator[Reason]:
    """Room on the right day at the right price is not yet what somebody likes to do."""
    if wish.interests and not set(wish.interests) & set(offer.interests):
        yield _reason(Why.SOMETHING_ELSE)


def _ages_and_season(wish: Wish, offer: OfferFacts) -> Iterator[Reason]:
    if wish.age_band and not covers_all(offer.age_min, offer.age_max, wish.age_band):
        yield _reason(Why.AGES, first=offer.age_min, last=offer.age_max)
    if offer.slots and not suiting_slots(wish, offer.slots):
        yield from _moments(offer.slots, Why.OTHER_MOMENT)
    if offer.slots and all(slot.holidays_only for slot in offer.slots):
        yield _reason(Why.HOLIDAYS_ONLY)
    if offer.pauses_until:
        yield _reason(Why.PAUSES, until=offer.pauses_until)
    elif wish.month in offer.quiet_months:
        yield _reason(Why.RESTING)


def _room(wish: Wish, offer: OfferFacts) -> Iterator[Reason]:
    if offer.has_waiting_list:
        yield _reason(Why.WAITING_LIST, count=offer.waiting) if offer.waiting else _reason(Why.FULL)
    elif offer.room is Room.PLACES and offer.free_places is not None:
        if offer.free_places < wish.group_size:
            yield _reason(Why.TOO_FEW_PLACES, Support.ARRANGE, count=offer.free_places)
        elif offer.free_places <= FEW_PLACES:
            yield _reason(Why.PLACES_LEFT, count=offer.free_places)


def _price(wish: Wish, offer: OfferFacts) -> Iterator[Reason]:
    if not is_affordable(wish, offer):
        support = Support.NONE if offer.has_social_tariff else Support.ARRANGE
        yield _reason(Why.ABOVE_CEILING, support, cents=offer.price_cents, per=offer.price_per)


def _way(wish: Wish, offer: OfferFacts) -> Iterator[Reason]:
    if not offer.reachable_without_car and Travel.CAR not in wish.travel:
        yield _reason(Why.CAR_NEEDED, Support.ARRANGE)
    elif wish.area and offer.area and offer.area != wish.area:
        on_foot_only = bool(wish.travel) and not set(wish.travel) - {Travel.WALK}
        yield _reason(Why.OTHER_AREA, Support.ARRANGE if on_foot_only else Support.NONE, area=offer.area)


def _customs(wish: Wish, offer: OfferFacts) -> Iterator[Reason]:
    """A uniform and alcohol are always said; another fixed custom only where the wish asks for something missing."""
    missing = set(wish.arrangements) - offer.offered
    if not offer.is_alcohol_free:
        asked = Arrangement.PLACE_WITHOUT_ALCOHOL in wish.arrangements
        yield _reason(Why.ALCOHOL, Support.ARRANGE if asked else Support.NONE)
    for custom in offer.customs:
        if custom.topic is CustomTopic.UNIFORM:
            has_help = Arrangement.SECOND_HAND_UNIFORM in offer.offered
            yield _reason(Why.UNIFORM_SECOND_HAND if has_help else Why.UNIFORM)
        elif custom.stance is CustomStance.FIXED and TOUCHES.get(custom.topic) in missing:
            yield _reason(Why.CUSTOM_FIXED, Support.WALK_ALONG, topic=custom.topic)


TOUCHES = {
    CustomTopic.ALCOHOL: Arrangement.PLACE_WITHOUT_ALCOHOL,
    CustomTopic.FOOD: Arrangement.TALK_ABOUT_FOOD,
}


def _not_arranged(wish: Wish, offer: OfferFacts) -> Iterator[Reason]:
    if offer.little_dutch is LittleDutch.NO and B.CLARITY in wish.distances:
        yield _reason(Why.GOOD_DUTCH, Support.WALK_ALONG)
    for needed in dict.fromkeys(wish.arrangements):
        if needed not in offer.offered:
            support = Support.WALK_ALONG if needed in NEEDS_COMPANY else Support.ARRANGE
            yield _reason(Why.NOT_ARRANGED, support, arrangement=needed)


# where these are missing, only company from somebody familiar makes up for it
NEEDS_COMPANY = frozenset(
    {Arrangement.STEP_FREE, Arrangement.PLACE_WITHOUT_ALCOHOL, Arrangement.WORKS_WITHOUT_MUCH_DUTCH}
)

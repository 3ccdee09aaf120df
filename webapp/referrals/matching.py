"""What fits a wish: a pure function from what a young person asks to offers in order, with reasons in words.

1. **Hard limits** filter: age, a moment in the week, the price, a way to get there, a group of friends that is
   larger than the places left. An offer with a lower price without questions stays in whatever its full price.
   Full offers stay in as well: a waiting list is an answer. What happens only in school holidays fits every week.
2. **Points** order what is left: one for each shared interest, one for each barrier that the offer answers, and
   nothing else. A barrier is a B that should become smaller, or something asked to be arranged; it weighs as
   much as an interest. Points are never shown.
3. With equal points, in this order: fewer things that need support, room now, nearer to home, a lower price, more
   recently confirmed; then the name and the id, so that the same wish always gives the same list.
4. When fewer than two offers pass, the nearest misses follow, each saying what would have to give way, as long as
   there are offers at all. A draft with nothing filled in fits everything.

No sentence is made here: a `Reason` is a code with parameters, and `match_words` says it.
"""

import enum
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from webapp.vocabulary.ages import AgeBand, covers_all, covers_some
from webapp.vocabulary.arrangements import ARRANGEMENT_TRAITS, Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday, parts_of
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import (
    Benefit,
    CustomStance,
    CustomTopic,
    LittleDutch,
    Mood,
    PricePer,
    Room,
    SignUp,
)
from webapp.vocabulary.prices import PriceCeiling, Travel, is_within
from webapp.vocabulary.seven_bs import B

ENOUGH_TO_CHOOSE = 2
SMALL_GROUP = 12
MOST_ARRANGEABLE = 2
FAR_TIMES_A_YEAR = 40
MONTHS_A_YEAR = 10
OWN_POWER = frozenset({Travel.WALK, Travel.BIKE, Travel.BUS})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a young person, or a few friends, asks for. Empty means: no limit from this side."""

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


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What matching reads of an offer. Languages of the team are left out on purpose."""

    id: uuid.UUID
    name: str
    organisation_id: uuid.UUID
    organisation: str
    age_min: int
    age_max: int
    confirmed_at: datetime
    slots: tuple[Slot, ...] = ()
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
    benefits: tuple[Benefit, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    customs: tuple[Custom, ...] = ()
    room: Room = Room.OPEN
    free_places: int | None = None
    waiting: int = 0


class Miss(enum.StrEnum):
    """A hard limit that an offer does not keep; it would have to give way. The nearest comes first."""

    TRAVEL = "travel"
    TIME = "time"
    PRICE = "price"
    GROUP = "group"
    AGE = "age"


class Why(enum.StrEnum):
    """What a reason says."""

    AGE_PARTLY = "age_partly"
    SLOT = "slot"
    HOLIDAYS_ONLY = "holidays_only"
    TIMES_BY_AGREEMENT = "times_by_agreement"
    INTERESTS = "interests"
    FREE = "free"
    PRICE = "price"
    LOWER_PRICE_POSSIBLE = "lower_price_possible"
    ABOVE_CEILING = "above_ceiling"
    TRIALS_FIRST = "trials_first"
    SAME_AREA = "same_area"
    OTHER_AREA = "other_area"
    WITHOUT_CAR = "without_car"
    CAR_NEEDED = "car_needed"
    ARRANGED = "arranged"
    NOT_ARRANGED = "not_arranged"
    MAKES_SMALLER = "makes_smaller"
    PLACES_LEFT = "places_left"
    TOO_FEW_PLACES = "too_few_places"
    WAITING_LIST = "waiting_list"
    FULL = "full"
    SMALL_GROUP = "small_group"
    UNIFORM = "uniform"
    UNIFORM_SECOND_HAND = "uniform_second_hand"
    CUSTOM_FIXED = "custom_fixed"
    GOOD_DUTCH = "good_dutch"


class Support(enum.IntEnum):
    """How much a point of attention asks of the network."""

    NONE = 0
    ARRANGE = 1
    WALK_ALONG = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer fits, or what to watch: a code, its parameters, and the support it takes."""

    why: Why
    params: tuple[tuple[str, Any], ...] = ()
    support: Support = Support.NONE

    def __getitem__(self, name: str) -> Any:
        """One parameter by its name; raises KeyError when the reason does not have it."""
        return dict(self.params)[name]


@dataclass(frozen=True, slots=True)
class Match:
    """One offer with its explanation. `relaxed` says which limits would have to give way; empty for a real fit."""

    offer: OfferFacts
    fits: tuple[Reason, ...]
    watch: tuple[Reason, ...]
    relaxed: tuple[Miss, ...] = ()
    points: int = field(default=0, compare=False)

    @property
    def bridge_length(self) -> int:
        """1 short: nothing needs support; 2: one or two things to arrange; 3: somebody walks along."""
        support = [reason.support for reason in self.watch]
        if Support.WALK_ALONG in support or support.count(Support.ARRANGE) > MOST_ARRANGEABLE:
            return 3
        return 2 if Support.ARRANGE in support else 1


def rank(wish: Wish, offers: Sequence[OfferFacts]) -> list[Match]:
    """The offers that fit, best first; with the nearest misses behind them when fewer than two fit.

    The order of `offers` makes no difference. Each offer is looked at once; sorting takes O(n log n).
    """
    judged = [(misses(wish, offer), offer) for offer in offers]
    fitting = sorted((_explain(wish, offer) for missed, offer in judged if not missed), key=_order(wish))
    short = ENOUGH_TO_CHOOSE - len(fitting)
    if short <= 0:
        return fitting
    near = sorted(
        (_explain(wish, offer, missed) for missed, offer in judged if missed),
        key=lambda match: (len(match.relaxed), max(map(_distance, match.relaxed)), _order(wish)(match)),
    )
    return fitting + near[:short]


def misses(wish: Wish, offer: OfferFacts) -> tuple[Miss, ...]:
    """The hard limits of the wish that the offer does not keep; empty when it may be shown."""
    checks = {
        Miss.TRAVEL: _can_get_there(wish, offer),
        Miss.TIME: not offer.slots or any(_slot_fits(wish, slot) for slot in offer.slots),
        Miss.PRICE: _affordable(wish, offer) or offer.has_social_tariff,
        Miss.GROUP: _room_for_all(wish, offer),
        Miss.AGE: wish.age_band is None or covers_some(offer.age_min, offer.age_max, wish.age_band),
    }
    return tuple(miss for miss, kept in checks.items() if not kept)


def arrangements_of(offer: OfferFacts) -> frozenset[Arrangement]:
    """Everything the offer can arrange: what its people ticked, and what its other fields already say."""
    A = Arrangement
    implied = {
        A.LOWER_PRICE: offer.has_social_tariff or offer.price_cents == 0,
        A.PAY_IN_PARTS: offer.has_instalments or offer.price_per is PricePer.TIME or offer.price_cents == 0,
        A.LOAN_GEAR: offer.has_loan_gear,
        A.TRIAL_TIMES: offer.trial_visits > 1 or offer.sign_up is SignUp.NONE,
        A.SIGN_UP_BY_PHONE: offer.sign_up is SignUp.NONE,
        A.START_MID_YEAR: offer.sign_up is SignUp.NONE,
        A.JOIN_NOW_AND_THEN: offer.sign_up is SignUp.NONE,
        A.SMALL_GROUP: offer.group_size is not None and offer.group_size <= SMALL_GROUP,
        A.PLACE_WITHOUT_ALCOHOL: offer.is_alcohol_free,
        A.WORKS_WITHOUT_MUCH_DUTCH: offer.little_dutch is LittleDutch.YES,
    }
    return frozenset(offer.arrangements) | {code for code, is_so in implied.items() if is_so}


def _can_get_there(wish: Wish, offer: OfferFacts) -> bool:
    if offer.reachable_without_car or not wish.travel or set(wish.travel) - OWN_POWER:
        return True
    return Arrangement.SHARED_RIDE in arrangements_of(offer)


def _slot_fits(wish: Wish, slot: Slot) -> bool:
    if slot.holidays_only:
        return True
    if wish.days and slot.weekday not in wish.days:
        return False
    return not wish.parts_of_day or bool(parts_of(slot.weekday, slot.starts, slot.ends) & set(wish.parts_of_day))


def _affordable(wish: Wish, offer: OfferFacts) -> bool:
    return wish.price_ceiling is None or is_within(wish.price_ceiling, offer.price_cents, offer.price_per)


def _room_for_all(wish: Wish, offer: OfferFacts) -> bool:
    """Friends go together or not at all; alone, or on a waiting list, nobody is refused for room."""
    if offer.room is not Room.PLACES or offer.free_places is None or wish.group_size == 1:
        return True
    return offer.free_places >= wish.group_size or offer.free_places == 0


def _distance(miss: Miss) -> int:
    return list(Miss).index(miss)


def _order(wish: Wish) -> Any:
    def key(match: Match) -> tuple[Any, ...]:
        offer = match.offer
        return (
            -match.points,
            match.bridge_length,
            sum(reason.support for reason in match.watch),
            _waits(offer),
            bool(wish.area and offer.area and offer.area != wish.area),
            _yearly_cents(offer),
            -offer.confirmed_at.timestamp(),
            offer.name,
            offer.id.hex,
        )

    return key


def _waits(offer: OfferFacts) -> bool:
    return offer.room is Room.FULL or (offer.room is Room.PLACES and offer.free_places == 0)


def _yearly_cents(offer: OfferFacts) -> int:
    times = {PricePer.FREE: 0, PricePer.TIME: FAR_TIMES_A_YEAR, PricePer.MONTH: MONTHS_A_YEAR, PricePer.YEAR: 1}
    return offer.price_cents * times[offer.price_per]


def _explain(wish: Wish, offer: OfferFacts, missed: tuple[Miss, ...] = ()) -> Match:
    shared = tuple(interest for interest in offer.interests if interest in set(wish.interests))
    offered = arrangements_of(offer)
    arranged = tuple(needed for needed in dict.fromkeys(wish.arrangements) if needed in offered)
    smaller = tuple(b for b in dict.fromkeys(wish.distances) if _answers(b, wish, offer, offered))
    fits = [
        *_moments(wish, offer),
        *([_reason(Why.INTERESTS, interests=shared)] if shared else []),
        *_money(wish, offer),
        *_nearness(wish, offer),
        *(_reason(Why.ARRANGED, arrangement=needed) for needed in arranged if needed not in _SAID_BY_OTHERS),
        *(_reason(Why.MAKES_SMALLER, b=b) for b in smaller),
        *([_reason(Why.SMALL_GROUP, count=offer.group_size)] if (offer.group_size or 99) <= SMALL_GROUP else []),
    ]
    watch = [
        *_age_and_season(wish, offer),
        *_room(wish, offer),
        *_price_to_watch(wish, offer),
        *_way_to_watch(wish, offer),
        *_customs(wish, offer, offered),
        *_not_arranged(wish, offer, offered),
    ]
    points = len(set(shared)) + len(arranged) + len(smaller)
    return Match(offer, tuple(fits), tuple(watch), missed, points)


def _reason(why: Why, support: Support = Support.NONE, **params: Any) -> Reason:
    return Reason(why, tuple(params.items()), support)


# what the sentences about price, trials or group size already say, is not said twice
_SAID_BY_OTHERS = frozenset({Arrangement.TRIAL_TIMES, Arrangement.SMALL_GROUP, Arrangement.LOWER_PRICE})


def _moments(wish: Wish, offer: OfferFacts) -> list[Reason]:
    """The moments that suit; for a near miss, the first moment there is. Holidays are said under what to watch."""
    if not offer.slots:
        return [_reason(Why.TIMES_BY_AGREEMENT)]
    in_school_weeks = [slot for slot in offer.slots if not slot.holidays_only]
    suiting = [slot for slot in in_school_weeks if _slot_fits(wish, slot)] or in_school_weeks[:1]
    return [_reason(Why.SLOT, weekday=slot.weekday, starts=slot.starts, ends=slot.ends) for slot in suiting[:2]]


def _money(wish: Wish, offer: OfferFacts) -> list[Reason]:
    reasons = []
    if offer.price_cents == 0:
        reasons.append(_reason(Why.FREE))
    elif _affordable(wish, offer):
        reasons.append(_reason(Why.PRICE, cents=offer.price_cents, per=offer.price_per))
    if offer.price_cents and offer.has_social_tariff:
        reasons.append(_reason(Why.LOWER_PRICE_POSSIBLE))
    if offer.trial_visits:
        reasons.append(_reason(Why.TRIALS_FIRST, count=offer.trial_visits))
    return reasons


def _nearness(wish: Wish, offer: OfferFacts) -> list[Reason]:
    if wish.area and offer.area == wish.area:
        return [_reason(Why.SAME_AREA, area=offer.area)]
    if B.REACH in wish.distances and offer.reachable_without_car:
        return [_reason(Why.WITHOUT_CAR)]
    return []


def _age_and_season(wish: Wish, offer: OfferFacts) -> list[Reason]:
    reasons = []
    if wish.age_band and not covers_all(offer.age_min, offer.age_max, wish.age_band):
        reasons.append(_reason(Why.AGE_PARTLY, first=offer.age_min, last=offer.age_max))
    if offer.slots and all(slot.holidays_only for slot in offer.slots):
        reasons.append(_reason(Why.HOLIDAYS_ONLY))
    return reasons


def _room(wish: Wish, offer: OfferFacts) -> list[Reason]:
    if _waits(offer):
        return [_reason(Why.WAITING_LIST, count=offer.waiting) if offer.waiting else _reason(Why.FULL)]
    if offer.room is Room.PLACES and offer.free_places is not None:
        if offer.free_places < wish.group_size:
            return [_reason(Why.TOO_FEW_PLACES, Support.ARRANGE, count=offer.free_places)]
        if offer.free_places <= max(3, wish.group_size):
            return [_reason(Why.PLACES_LEFT, count=offer.free_places)]
    return []


def _price_to_watch(wish: Wish, offer: OfferFacts) -> list[Reason]:
    if _affordable(wish, offer):
        return []
    support = Support.NONE if offer.has_social_tariff else Support.ARRANGE
    return [_reason(Why.ABOVE_CEILING, support, cents=offer.price_cents, per=offer.price_per)]


def _way_to_watch(wish: Wish, offer: OfferFacts) -> list[Reason]:
    if not offer.reachable_without_car and Travel.CAR not in wish.travel:
        return [_reason(Why.CAR_NEEDED, Support.ARRANGE)]
    if wish.area and offer.area and offer.area != wish.area:
        hard = B.REACH in wish.distances and not (set(wish.travel) - {Travel.WALK})
        return [_reason(Why.OTHER_AREA, Support.ARRANGE if hard else Support.NONE, area=offer.area)]
    return []


def _customs(wish: Wish, offer: OfferFacts, offered: frozenset[Arrangement]) -> list[Reason]:
    """A uniform is always said. Another fixed custom only where the wish asks for something else."""
    reasons = []
    for custom in offer.customs:
        if custom.topic is CustomTopic.UNIFORM:
            helps = offered & {Arrangement.SECOND_HAND_UNIFORM, Arrangement.LOAN_GEAR}
            reasons.append(_reason(Why.UNIFORM_SECOND_HAND if helps else Why.UNIFORM))
        elif custom.stance is CustomStance.FIXED and _TOUCHED_BY.get(custom.topic) in wish.arrangements:
            reasons.append(_reason(Why.CUSTOM_FIXED, Support.WALK_ALONG, topic=custom.topic))
    return reasons


_TOUCHED_BY = {
    CustomTopic.ALCOHOL: Arrangement.PLACE_WITHOUT_ALCOHOL,
    CustomTopic.FOOD: Arrangement.TALK_ABOUT_FOOD,
}


def _not_arranged(wish: Wish, offer: OfferFacts, offered: frozenset[Arrangement]) -> list[Reason]:
    reasons = []
    if offer.little_dutch is LittleDutch.NO and B.CLARITY in wish.distances:
        reasons.append(_reason(Why.GOOD_DUTCH, Support.WALK_ALONG))
    for needed in dict.fromkeys(wish.arrangements):
        if needed not in offered:
            support = Support.WALK_ALONG if needed in _NEEDS_COMPANY else Support.ARRANGE
            reasons.append(_reason(Why.NOT_ARRANGED, support, arrangement=needed))
    return reasons


# when an association does not have these, only company from somebody familiar makes up for it
_NEEDS_COMPANY = frozenset(
    {Arrangement.STEP_FREE, Arrangement.PLACE_WITHOUT_ALCOHOL, Arrangement.WORKS_WITHOUT_MUCH_DUTCH}
)


def _answers(b: B, wish: Wish, offer: OfferFacts, offered: frozenset[Arrangement]) -> bool:
    """Whether something about the offer makes this distance smaller."""
    facts = {
        B.REACH: bool(wish.area and wish.area == offer.area) or offer.reachable_without_car,
        B.AVAILABILITY: not _waits(offer),
        B.AFFORDABILITY: offer.price_cents == 0,
        B.AWARENESS: bool(offer.trial_visits) or offer.sign_up is SignUp.NONE,
        B.TRUST: False,
        B.CLARITY: offer.little_dutch is LittleDutch.YES,
        B.FIT: offer.mood is Mood.CALM or offer.sign_up is SignUp.NONE,
    }
    return facts[b] or any(ARRANGEMENT_TRAITS[code].b is b for code in offered if code not in _TOO_COMMON)


# most offers have these, so alone they do not make an offer stand out as suitable
_TOO_COMMON = frozenset({Arrangement.PLACE_WITHOUT_ALCOHOL})

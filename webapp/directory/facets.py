"""By what an offer can be found: the facets of the filters, and the words of the search.

Everything here is derived from an offer and its organisation, and kept as plain rows of facet and code. So a
filter is a lookup in one index, a number beside a filter is a count of such rows, and both databases agree.
"""

import enum
import re
from typing import Any

from webapp.core.fulltext import fold
from webapp.vocabulary.ages import AgeBand, covers_some
from webapp.vocabulary.arrangements import ARRANGEMENT_TRAITS, Arrangement
from webapp.vocabulary.offers import LittleDutch, Mood, Room, SignUp
from webapp.vocabulary.prices import PriceCeiling, PricePer, is_within
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.words import _l


class Facet(enum.StrEnum):
    """One way to find an offer; its codes are those of the enum with the same name, an area, or a folded word."""

    AGE = "age"
    DAY = "day"
    PRICE = "price"
    AREA = "area"
    INTEREST = "interest"
    MOOD = "mood"
    MUST = "must"
    KIND = "kind"
    WORD = "word"


class Must(enum.StrEnum):
    """Something that has to be so, or the offer is no use today."""

    ROOM = "room"
    TRIAL = "trial"
    DROP_IN = "drop_in"
    NO_CAR = "no_car"
    ALCOHOL_FREE = "alcohol_free"
    LITTLE_DUTCH = "little_dutch"
    STEP_FREE = "step_free"


MUST_LABELS: dict[Must, str] = {
    Must.ROOM: _l("Room right now"),
    Must.TRIAL: _l("You can come and try"),
    Must.DROP_IN: _l("Just come, no sign-up"),
    Must.NO_CAR: _l("Reachable without a car"),
    Must.ALCOHOL_FREE: _l("Without alcohol"),
    Must.LITTLE_DUTCH: _l("Works without much Dutch"),
    Must.STEP_FREE: _l("A wheelchair can get in"),
}

EVERYWHERE = "*"
"""The code of an offer that is at home in every area."""

LONGEST_WORD = 60
SMALL_GROUP = 12
_WORD = re.compile(r"[a-z0-9]+")


def words(*texts: str) -> frozenset[str]:
    """The folded words in a few texts."""
    return frozenset(word[:LONGEST_WORD] for text in texts for word in _WORD.findall(fold(text)))


def can_arrange(offer: Any) -> frozenset[Arrangement]:
    """What can be arranged here: what the association ticked, and what follows from its other answers."""
    drop_in, free = offer.sign_up is SignUp.NONE, offer.price_cents == 0
    small = offer.group_size is not None and offer.group_size <= SMALL_GROUP
    follows = {
        Arrangement.LOWER_PRICE: free or offer.has_social_tariff,
        Arrangement.PAY_IN_PARTS: free or offer.has_instalments or offer.price_per is PricePer.TIME,
        Arrangement.LOAN_GEAR: offer.has_loan_gear,
        Arrangement.TRIAL_TIMES: drop_in or offer.trial_visits > 1,
        Arrangement.SIGN_UP_BY_PHONE: drop_in,
        Arrangement.START_MID_YEAR: drop_in,
        Arrangement.JOIN_NOW_AND_THEN: drop_in,
        Arrangement.SMALL_GROUP: small,
        Arrangement.PLACE_WITHOUT_ALCOHOL: offer.is_alcohol_free,
        Arrangement.WORKS_WITHOUT_MUCH_DUTCH: offer.little_dutch is LittleDutch.YES,
    }
    return frozenset(offer.arrangements) | {code for code, is_so in follows.items() if is_so}


def is_full(offer: Any) -> bool:
    """Whether nobody new can come right now."""
    return offer.room is Room.FULL or (offer.room is Room.PLACES and offer.free_places == 0)


def makes_smaller(offer: Any) -> frozenset[B]:
    """The distances that something about an offer makes smaller, whoever asks."""
    drop_in = offer.sign_up is SignUp.NONE
    facts = {
        B.REACH: offer.reachable_without_car,
        B.AFFORDABILITY: offer.price_cents == 0,
        B.AWARENESS: offer.trial_visits > 0 or drop_in,
        B.TRUST: offer.group_size is not None and offer.group_size <= SMALL_GROUP,
        B.CLARITY: offer.little_dutch is LittleDutch.YES,
        B.FIT: offer.mood is Mood.CALM or drop_in,
    }
    telling = can_arrange(offer) - {Arrangement.PLACE_WITHOUT_ALCOHOL}  # too common to stand for "suits you"
    found = {b for b, is_so in facts.items() if is_so} | {ARRANGEMENT_TRAITS[code].b for code in telling}
    return frozenset(found - {B.AVAILABILITY} if is_full(offer) else found | {B.AVAILABILITY})


def musts(offer: Any) -> frozenset[Must]:
    """Everything that is so at this offer."""
    arranged = can_arrange(offer)
    answers = {
        Must.ROOM: not is_full(offer),
        Must.TRIAL: offer.trial_visits > 0 or Arrangement.TRIAL_TIMES in arranged,
        Must.DROP_IN: offer.sign_up is SignUp.NONE,
        Must.NO_CAR: offer.reachable_without_car,
        Must.ALCOHOL_FREE: offer.is_alcohol_free,
        Must.LITTLE_DUTCH: Arrangement.WORKS_WITHOUT_MUCH_DUTCH in arranged,
        Must.STEP_FREE: Arrangement.STEP_FREE in arranged,
    }
    return frozenset(must for must, is_so in answers.items() if is_so)


def tags_of(offer: Any, organisation: Any) -> set[tuple[Facet, str]]:
    """Every facet and code by which an offer of an organisation can be found."""
    codes: dict[Facet, Any] = {
        Facet.AGE: {band for band in AgeBand if covers_some(offer.age_min, offer.age_max, band)},
        Facet.DAY: {slot.weekday for slot in offer.slots},
        Facet.PRICE: {one for one in PriceCeiling if is_within(one, offer.price_cents, offer.price_per)},
        Facet.AREA: {offer.area or EVERYWHERE},
        Facet.INTEREST: set(offer.interests),
        Facet.MOOD: {offer.mood},
        Facet.MUST: musts(offer),
        Facet.KIND: {organisation.kind},
        Facet.WORD: words(organisation.name, offer.name, offer.summary, offer.area, offer.place),
    }
    return {(facet, str(code)) for facet, found in codes.items() for code in found}


def words_of(organisation: Any) -> frozenset[str]:
    """The words by which an organisation can be found: its name, where it is, what it does and can help with."""
    texts = (organisation.name, organisation.area, organisation.helps_with, organisation.about)
    return words(*(text or "" for text in texts))


def order_key(offer: Any, organisation: Any) -> str:
    """Where an offer stands in an alphabetical list."""
    return f"{fold(organisation.name)} {fold(offer.name)}"[:250]

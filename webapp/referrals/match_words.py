"""Turns the reasons of a match into sentences in the reader's language."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext, ngettext

from webapp.referrals.matching import Miss, Reason, Why
from webapp.vocabulary.arrangements import ARRANGEMENT_LABELS
from webapp.vocabulary.days import WEEKDAY_LABELS
from webapp.vocabulary.interests import INTEREST_LABELS
from webapp.vocabulary.offers import CUSTOM_TOPIC_LABELS, PRICE_PER_LABELS
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.vocabulary.words import _l
from webapp.web.dates import euros, long_day, time_range
from webapp.web.i18n import capital, together, word

BRIDGE_LENGTH_LABELS: dict[int, str] = {1: _l("Short bridge"), 2: _l("Middle bridge"), 3: _l("Long bridge")}

MISS_LABELS: dict[Miss, str] = {
    Miss.TRAVEL: _l("the way there"),
    Miss.TIME: _l("the day or the hour"),
    Miss.PRICE: _l("the price"),
    Miss.GROUP: _l("the number of friends"),
    Miss.AGE: _l("the age"),
}

WHY_SENTENCES: dict[Why, str] = {
    Why.SLOT: _l("%(weekdays)s from %(hours)s"),
    Why.TIMES_BY_AGREEMENT: _l("The hours are agreed together"),
    Why.INTERESTS: _l("Here you can enjoy %(interests)s"),
    Why.FREE: _l("Free"),
    Why.PRICE: _l("%(price)s %(per)s"),
    Why.LOWER_PRICE_POSSIBLE: _l("A lower price is possible, nobody asks why"),
    Why.SAME_AREA: _l("In the same neighbourhood: %(area)s"),
    Why.WITHOUT_CAR: _l("Easy to reach without a car"),
    Why.ARRANGED: _l("%(arrangement)s"),
    Why.MAKES_SMALLER: _l("Makes the distance smaller: %(bs)s"),
    Why.SOMETHING_ELSE: _l("Something else than you looked for. Fun all the same?"),
    Why.AGES: _l("For %(first)s to %(last)s years"),
    Why.OTHER_MOMENT: _l("Another moment: %(weekdays)s from %(hours)s"),
    Why.HOLIDAYS_ONLY: _l("Only in the school holidays"),
    Why.RESTING: _l("The crew rests this month, so an answer may take longer"),
    Why.PAUSES: _l("Rest until %(day)s, so an answer may take longer"),
    Why.FULL: _l("Full for now, but there is a waiting list"),
    Why.ABOVE_CEILING: _l("The full price is higher: %(price)s %(per)s"),
    Why.CAR_NEEDED: _l("Hard to reach without a car"),
    Why.OTHER_AREA: _l("In another neighbourhood: %(area)s"),
    Why.UNIFORM: _l("There is a uniform."),
    Why.UNIFORM_SECOND_HAND: _l("There is a uniform. Second-hand is possible."),
    Why.CUSTOM_FIXED: _l("A custom that stays: %(topic)s"),
    Why.ALCOHOL: _l("At some moments there is alcohol"),
    Why.GOOD_DUTCH: _l("Much happens in Dutch here"),
    Why.NOT_ARRANGED: _l("Not settled yet: %(arrangement)s"),
}

WHY_COUNTS: dict[Why, Callable[[int], str]] = {
    Why.TRIALS_FIRST: lambda n: ngettext("Try once first", "Try %(num)s times first", n),
    Why.SMALL_GROUP: lambda n: ngettext("Small group of %(num)s", "Small group of %(num)s", n),
    Why.WAITING_LIST: lambda n: ngettext("There is a waiting list of %(num)s", "There is a waiting list of %(num)s", n),
    Why.PLACES_LEFT: lambda n: ngettext("%(num)s place left", "%(num)s places left", n),
    Why.TOO_FEW_PLACES: lambda n: ngettext("Only %(num)s place left", "Only %(num)s places left", n),
}


def say(reason: Reason) -> str:
    """The reason as one sentence in the language of this page."""
    params = dict(reason.params)
    if reason.why in WHY_COUNTS:
        return WHY_COUNTS[reason.why](params["count"])
    words = {name: part for key, value in params.items() for name, part in _PARTS[key](value, params).items()}
    if reason.why is Why.NOT_ARRANGED:
        words["arrangement"] = _in_sentence(words["arrangement"])
    return capital(gettext(WHY_SENTENCES[reason.why], **words))


def say_relaxed(missed: Iterable[Miss]) -> str:
    """Which limits would have to give way for a near miss, as one sentence; '' for a real fit."""
    names = [word(MISS_LABELS[miss]) for miss in missed]
    return gettext("Not everything fits yet: %(limits)s", limits=together(names)) if names else ""


def _in_sentence(text: str) -> str:
    return text[:1].lower() + text[1:]


_PARTS: dict[str, Callable[[Any, dict[str, Any]], dict[str, str]]] = {
    "weekdays": lambda days, _: {"weekdays": together(word(WEEKDAY_LABELS[day]) for day in days)},
    "starts": lambda starts, params: {"hours": time_range(starts, params["ends"])},
    "ends": lambda _ends, _: {},
    "interests": lambda codes, _: {"interests": together(word(INTEREST_LABELS[code]) for code in codes)},
    "cents": lambda cents, _: {"price": euros(cents)},
    "per": lambda per, _: {"per": word(PRICE_PER_LABELS[per])},
    "until": lambda day, _: {"day": long_day(day)},
    "area": lambda area, _: {"area": area},
    "arrangement": lambda code, _: {"arrangement": word(ARRANGEMENT_LABELS[code])},
    "bs": lambda bs, _: {"bs": together(word(B_LABELS[b]) for b in bs)},
    "first": lambda years, _: {"first": str(years)},
    "last": lambda years, _: {"last": str(years)},
    "topic": lambda topic, _: {"topic": word(CUSTOM_TOPIC_LABELS[topic])},
}

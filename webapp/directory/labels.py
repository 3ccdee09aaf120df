"""How offers and organisations read: one line for when, what it costs, how much room there is, and how fresh it is."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from flask_babel import format_date, gettext, ngettext

from webapp.core import clock
from webapp.core.fulltext import fold
from webapp.directory.asked import MOST_WORDS, Word
from webapp.directory.facets import LONGEST_WORD, is_full, words
from webapp.directory.models import Sharing
from webapp.vocabulary.days import WEEKDAY_LABELS, WEEKDAY_SHORT_LABELS, Weekday
from webapp.vocabulary.interests import INTEREST_LABELS
from webapp.vocabulary.offers import BENEFIT_LABELS, MOOD_LABELS, SIGN_UP_LABELS, LittleDutch, Room
from webapp.vocabulary.organisation_kinds import ORGANISATION_KIND_ICONS, ORGANISATION_KIND_LABELS, SecrecyRegime
from webapp.vocabulary.prices import PricePer
from webapp.vocabulary.words import _l
from webapp.web.dates import day_count, days_ago, euros, time_range
from webapp.web.i18n import LANGUAGES, capital, in_language, language_now, sentences, together, word

STALE_DAYS = 90
OLD_DAYS = 365
OLDEST = 99

SHARING_LABELS = {
    Sharing.DRAFT: _l("Draft: only we see it"),
    Sharing.NETWORK: _l("The network sees it"),
    Sharing.PUBLIC: _l("Everybody sees it, also without account"),
}
SHARING_HINTS = {
    Sharing.DRAFT: _l("Good for working on it quietly."),
    Sharing.NETWORK: _l("Guides can put questions to this offer."),
    Sharing.PUBLIC: _l("The same page can be shared with families. Search engines are asked to stay away."),
}
SECRECY_LINES = {
    SecrecyRegime.PROFESSIONAL: _l("Works under professional secrecy"),
    SecrecyRegime.OFFICIAL: _l("Works under official secrecy"),
    SecrecyRegime.DISCRETION: _l("Works with a duty of discretion"),
    SecrecyRegime.NONE: _l("No set duty of confidentiality"),
}

PRICES = {
    PricePer.TIME: _l("%(price)s per visit"),
    PricePer.MONTH: _l("%(price)s per month"),
    PricePer.YEAR: _l("%(price)s per year"),
}
FAULTS = {
    "ages_turned": _l("The highest age is below the lowest. Swap them."),
    "price_missing": _l("Write what it costs, such as 4 or 4,50. If it costs nothing, choose “free”."),
    "always_quiet": _l("Leave at least one month in which we may ask you something."),
    "more_free_than_room": _l("There are more free places than members that fit. Change one of the two."),
    "summary_missing": _l("Say in one or two sentences what you do. Then others can read it."),
    "interests_missing": _l("Choose at least one thing that young people do here. Then they find you."),
    "slots_missing": _l("Add a day and hours, or say in words when it is."),
    "place_missing": _l("Write where people should go. Then they find the door."),
    "ends_before_it_begins": _l("The last day comes before the first. Swap them."),
    "rest_is_over": _l("This day is behind us. Choose a last day from today on."),
    "rest_too_long": _l("A break lasts four months at most. For longer, choose quiet months with your offer."),
    "name_taken": _l("There is an organisation with this name already. Choose another, or look it up first."),
}
in_words = sentences(FAULTS)


def offer_icon(offer: Any) -> str:
    """The picture of an offer: its own, or that of its kind of organisation."""
    kind = offer.organisation_kind if hasattr(offer, "organisation_kind") else offer.organisation.kind
    return offer.icon or ORGANISATION_KIND_ICONS[kind]


def age_line(offer: Any) -> str:
    """Reads as "12 tot 14 jaar", "vanaf 12 jaar", "alle leeftijden"."""
    if offer.age_max >= OLDEST:
        return gettext("from %(age)s years", age=offer.age_min) if offer.age_min else gettext("all ages")
    if offer.age_min == offer.age_max:
        return gettext("%(age)s years", age=offer.age_min)
    return gettext("%(first)s to %(last)s years", first=offer.age_min, last=offer.age_max)


def when_line(offer: Any, *, long: bool = False) -> str:
    """Reads as "za 14 tot 17 uur"; with `long` "Zaterdag 14 tot 17 uur". Days with the same hours are said together."""
    together: dict[tuple[Any, Any, bool], list[Weekday]] = {}
    for slot in offer.slots:
        together.setdefault((slot.starts, slot.ends, slot.holidays_only), []).append(slot.weekday)
    parts = [_moments(days, *hours, long=long) for hours, days in together.items()]
    line = ", ".join(parts) or offer.when_note or gettext("ask when")
    return capital(line) if long else line


def _moments(days: Sequence[Weekday], starts: Any, ends: Any, holidays_only: bool, *, long: bool) -> str:
    line = f"{_days(tuple(days), language_now(), long=long)} {time_range(starts, ends)}"
    return gettext("%(when)s in the holidays", when=line) if holidays_only else line


@cache
def _days(days: tuple[Weekday, ...], language: str, *, long: bool) -> str:
    labels = WEEKDAY_LABELS if long else WEEKDAY_SHORT_LABELS
    week = list(Weekday)
    places = sorted({week.index(day) for day in days})
    names = [_in_sentence(word(labels[week[place]]), language) for place in places]
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return gettext("%(first)s to %(last)s", first=names[0], last=names[-1])
    return together(names)


def _in_sentence(day: str, language: str) -> str:
    return day.lower() if language == "nl" else day


def price_line(offer: Any) -> str:
    """Reads as "gratis", "€ 4 per keer", "€ 45 per jaar"."""
    if offer.price_per is PricePer.FREE or not offer.price_cents:
        return gettext("free")
    return word(PRICES[offer.price_per]) % {"price": euros(offer.price_cents)}


def price_note(offer: Any) -> str:
    """What else there is to say about money: the rest of the full price, and what makes it lighter."""
    lighter = [
        (offer.has_social_tariff, gettext("lower price possible")),
        (offer.has_instalments, gettext("paying in parts is fine")),
    ]
    ends = r"[,;:.]\s*" if offer.price_per is PricePer.FREE else r"[ ,;:.]+"  # "free inside" says another thing
    full = re.sub(rf"^{re.escape(price_line(offer))}(?:$|{ends})", "", offer.price_line, flags=re.IGNORECASE)
    return " · ".join(([full] if full else []) + [text for is_so, text in lighter if is_so])


class RoomTag(NamedTuple):
    """How much room there is: the kind of tag, its icon and words, and one line more."""

    kind: str
    icon: str
    text: str
    line: str = ""


def room_tag(offer: Any) -> RoomTag:
    """Room, how many places, or how long the waiting list is. A full group is no failure: never red."""
    capacity = getattr(offer, "capacity", None)
    if is_full(offer):
        if offer.waiting:
            waiting = ngettext("Waiting list of %(num)d", "Waiting list of %(num)d", offer.waiting)
            return RoomTag("wacht", "hourglass", waiting)
        return RoomTag("rust", "circle-pause", gettext("Full for now"))
    if offer.room is Room.PLACES and offer.free_places:
        line = ngettext("in a group of %(num)d", "in a group of %(num)d", capacity) if capacity else ""
        return RoomTag("ja", "check", ngettext("%(num)d place left", "%(num)d places left", offer.free_places), line)
    return RoomTag("ja", "check", gettext("Room right now"))


class Freshness(NamedTuple):
    """How long ago somebody looked at the offer. Said in words when stale, and as a warning only after a year."""

    text: str
    is_stale: bool
    is_old: bool


def freshness(offer: Any, by: str = "") -> Freshness:
    """How sure we are that this is still right; `by` is the first name of whoever looked."""
    days = day_count(offer.confirmed_at)
    stale, old = days > STALE_DAYS, days > OLD_DAYS
    ago = days_ago(offer.confirmed_at)
    if old:
        text = gettext("not checked for more than a year")
    elif stale:
        text = ngettext("not checked for %(num)d month", "not checked for %(num)d months", days // 30)
    elif by:
        text = gettext("checked %(ago)s by %(name)s", ago=ago, name=by)
    else:
        text = gettext("checked %(ago)s", ago=ago)
    return Freshness(text, stale, old)


class Know(NamedTuple):
    """One thing that newcomers want to know: an icon, the answer, and a little more."""

    icon: str
    bold: str
    text: str = ""


def good_to_know(offer: Any) -> list[Know]:
    """What somebody new wants to know before the first time, from the fields of the offer."""
    lines = [_trial(offer), _little_dutch(offer), _alcohol(offer), _sign_up(offer)]
    if offer.has_loan_gear:
        lines.append(Know("backpack", gettext("You can borrow gear."), gettext("You don't have to buy anything.")))
    lines.append(_mood(offer))
    if offer.benefits:
        gains = together(word(BENEFIT_LABELS[one]) for one in offer.benefits)
        lines.append(Know("sparkles", gettext("What you get out of it:"), f"{gains}."))
    if offer.especially_welcome:
        lines.append(Know("door-open", gettext("Especially welcome:"), offer.especially_welcome))
    return [line for line in lines if line]


def _trial(offer: Any) -> Know | None:
    if not offer.trial_visits:
        return None
    bold = ngettext("You may come and try once.", "You may come and try %(num)d times.", offer.trial_visits)
    return Know("ticket", bold, gettext("Only then do you decide."))


def _little_dutch(offer: Any) -> Know:
    bold = {
        LittleDutch.YES: gettext("Little Dutch is no problem."),
        LittleDutch.SOME: gettext("A little Dutch is enough."),
        LittleDutch.NO: gettext("You need good Dutch here."),
    }[offer.little_dutch]
    spoken = offer.team_languages
    return Know("languages", bold, gettext("The crew speaks %(languages)s.", languages=spoken) if spoken else "")


def _alcohol(offer: Any) -> Know:
    if offer.is_alcohol_free:
        return Know("cup-soda", gettext("No alcohol"), gettext("during the activities."))
    return Know("cup-soda", gettext("There may be alcohol."), gettext("Not drinking is fine."))


def _sign_up(offer: Any) -> Know:
    return Know("pencil", f"{capital(word(SIGN_UP_LABELS[offer.sign_up]))}.")


def _mood(offer: Any) -> Know:
    mood = gettext("The mood is %(mood)s.", mood=word(MOOD_LABELS[offer.mood]))
    if not offer.group_size:
        return Know("smile", mood)
    return Know("users", mood, ngettext("About %(num)d in the group.", "About %(num)d in the group.", offer.group_size))


def since(day: date) -> str:
    """Reads as "sinds september", with the year when it is another."""
    pattern = "LLLL" if day.year == clock.today().year else "LLLL y"
    return gettext("since %(month)s", month=format_date(day, pattern))


def search_words(text: str) -> tuple[Word, ...]:
    """The words of a search, with the interests and kinds of organisation that they mean in any of our languages."""
    typed = sorted(words(text[: LONGEST_WORD * MOST_WORDS]), key=fold(text).find)[:MOST_WORDS]
    return tuple(
        Word(one, frozenset(_meant(one, _interest_words())), frozenset(_meant(one, _kind_words()))) for one in typed
    )


def _meant(text: str, known: dict[str, frozenset[Any]]) -> set[Any]:
    return {code for name, codes in known.items() if name.startswith(text) for code in codes}


def _dictionary(labels: dict[Any, str]) -> dict[str, frozenset[Any]]:
    found: dict[str, set[Any]] = {}
    for language in LANGUAGES:
        with in_language(language):
            for code, label in labels.items():
                for name in words(word(label)):
                    found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _interest_words() -> dict[str, frozenset[Any]]:
    return _dictionary(INTEREST_LABELS)


@cache
def _kind_words() -> dict[str, frozenset[Any]]:
    return _dictionary(ORGANISATION_KIND_LABELS)


def tel(number: str) -> str:
    """A phone number as a link dials it."""
    return "".join(letter for letter in number if letter.isdigit() or letter == "+")


def file_name() -> str:
    """What a saved list is called, without spaces."""
    return gettext("offers").replace(" ", "-")

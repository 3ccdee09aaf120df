"""Every code of this area in words: places on the bridge, answers, and what is still missing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from webapp.referrals.lifecycle import BRIDGE, AskStatus, ReferralStatus
from webapp.referrals.lists import Turn
from webapp.referrals.models import Referral
from webapp.vocabulary.ages import AGE_LABELS
from webapp.vocabulary.aliases import ALIAS_LABELS
from webapp.vocabulary.days import PART_OF_DAY_LABELS, WEEKDAY_LABELS, PartOfDay, Weekday
from webapp.vocabulary.prices import CEILING_LABELS, TRAVEL_LABELS
from webapp.vocabulary.words import _l
from webapp.web.dates import day_count, short_day, short_time
from webapp.web.i18n import capital, sentences, together, word

STATUS_LABELS: dict[ReferralStatus, str] = {
    ReferralStatus.DRAFT: _l("Draft"),
    ReferralStatus.SEEKING: _l("Seeking"),
    ReferralStatus.CHOOSING: _l("Choosing"),
    ReferralStatus.WELCOMING: _l("Welcoming"),
    ReferralStatus.TRYING: _l("Trying"),
    ReferralStatus.SETTLED: _l("Settled"),
    ReferralStatus.PAUSED: _l("Paused"),
    ReferralStatus.STOPPED: _l("Stopped"),
}

ASK_STATUS_LABELS: dict[AskStatus, str] = {
    AskStatus.SENT: _l("No answer yet"),
    AskStatus.ACCEPTED: _l("Yes, come and try"),
    AskStatus.WAITING: _l("On the waiting list"),
    AskStatus.DECLINED: _l("Not now"),
    AskStatus.IDEA: _l("Another idea"),
    AskStatus.CHOSEN: _l("Chosen"),
    AskStatus.THANKED: _l("Thanked, another place was chosen"),
    AskStatus.EXPIRED: _l("Closed quietly"),
    AskStatus.RECALLED: _l("No longer needed"),
}

ASK_TAGS: dict[AskStatus, str] = {
    AskStatus.SENT: "open",
    AskStatus.ACCEPTED: "ja",
    AskStatus.WAITING: "wacht",
    AskStatus.DECLINED: "rust",
    AskStatus.IDEA: "idee",
    AskStatus.CHOSEN: "ja",
    AskStatus.THANKED: "stil",
    AskStatus.EXPIRED: "stil",
    AskStatus.RECALLED: "stil",
}
"""The look of a tag for each answer."""

TURN_LABELS: dict[Turn, str] = {
    Turn.OURS: _l("Waiting for you"),
    Turn.THEIRS: _l("Answered"),
    Turn.DONE: _l("Past"),
}

FAULTS: dict[str, str] = {
    "age_missing": _l("Choose an age first."),
    "interests_missing": _l("Choose at least one thing to do."),
    "distances_missing": _l("Choose at least one distance to make smaller."),
    "one_to_five": _l("Ask one to five offers at the same time."),
    "welcomer_missing": _l("Fill in who waits at the door."),
    "moment_missing": _l("Fill in which moment suits."),
    "moment_in_past": _l("This moment has passed. Choose a later one."),
    "day_missing": _l("Fill in a day."),
    "hour_missing": _l("Fill in an hour."),
    "date_in_past": _l("This day has passed. Choose a later one."),
    "date_too_far": _l("Choose a day within a year."),
    "date_in_future": _l("This day is still to come. Choose today or an earlier day."),
    "idea_missing": _l("Say your idea in a few words."),
    "not_understood": _l("Tick this only when it was told and understood. Without it, no card opens."),
    "friends_not_agreed": _l("Ask each friend too, or a parent. Whoever rather waits, does not come along yet."),
    "until_too_far": _l("Choose a day between today and half a year from now."),
    "name_missing": _l("Fill in a first name, or the alias."),
    "contact_missing": _l("Fill in a phone number or an e-mail address, or choose to go through the guide."),
    "starts_at_missing": _l("Fill in a day and an hour."),
    "place_missing": _l("Fill in where somebody waits."),
    "words_missing": _l("Write a few words first."),
    "colleague_unknown": _l("This colleague can't take over any more. Choose another."),
    "builder_unknown": _l("This bridge builder isn't there any more. Choose another."),
    "until_too_long": _l("Choose a day between today and three months from now."),
    "phone_missing": _l("Fill in a number that somebody answers."),
}
"""The codes of refusals, as sentences that say how to mend it."""


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def place_on_bridge(status: ReferralStatus) -> int:
    """The arch at which a status stands, 1 to 6; 0 for paused and stopped."""
    return BRIDGE.index(status) + 1 if status in BRIDGE else 0


def alias_words(alias: str) -> str:
    """The word of an alias in the language of this page."""
    return word(ALIAS_LABELS[alias])


def company(friends: int) -> str:
    """Whether somebody comes alone or with friends."""
    if not friends:
        return gettext("Alone")
    return ngettext("With %(num)s friend", "With %(num)s friends", friends)


def when_words(days: Sequence[Weekday], parts: Sequence[PartOfDay]) -> str:
    """The days and parts of the day that suit, as one phrase."""
    if not days and not parts:
        return gettext("Any moment")
    named = together((word(WEEKDAY_LABELS[day]) for day in sorted(days, key=list(Weekday).index)), "or")
    return " ".join(part for part in (named, together((word(PART_OF_DAY_LABELS[one]) for one in parts), "or")) if part)


def limit_words(referral: Referral) -> list[str]:
    """The practical limits, a sentence each: age and company, and those that only help to search."""
    age = [word(AGE_LABELS[referral.age_band])] if referral.age_band else []
    return [capital(limit) for limit in (*age, company(referral.friends))] + search_words(referral)


def search_words(referral: Referral) -> list[str]:
    """What an association never reads, a sentence each: price, way to get there, neighbourhood."""
    limits = []
    if referral.price_ceiling:
        limits.append(word(CEILING_LABELS[referral.price_ceiling]))
    if referral.travel:
        limits.append(together((word(TRAVEL_LABELS[way]) for way in referral.travel), "or"))
    if referral.area:
        limits.append(gettext("near %(area)s", area=referral.area))
    return [capital(limit) for limit in limits]


def since_words(row: Any) -> str:
    """What a question waits for, or how long already: the day of the first time, the next look back, or days."""
    days = day_count(row.moved_at)
    if row.status is ReferralStatus.WELCOMING:
        return short_moment_ahead(row.starts_at) if row.starts_at else gettext("No first time planned yet")
    if row.status is ReferralStatus.TRYING and row.look_back_on:
        return gettext("Look back %(day)s", day=short_day(row.look_back_on))
    if row.status is ReferralStatus.PAUSED:
        return gettext("Ask again %(day)s", day=short_day(row.ask_again_on))
    return ngettext("%(num)s day", "%(num)s days", days) if days else gettext("Since today")


def short_moment_ahead(moment: datetime) -> str:
    """ "za 21 nov, 14 u."."""
    return f"{short_day(moment)}, {short_time(moment)}"

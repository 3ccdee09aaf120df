"""The tables of words that the pages of this area read."""

from collections.abc import Sequence
from typing import Any

from webapp.referrals import labels, lists, match_words
from webapp.referrals.match_reasons import Reason, Why
from webapp.referrals.proposals import Proposal
from webapp.referrals.routes.blueprint import bp
from webapp.vocabulary.ages import AGE_LABELS
from webapp.vocabulary.aliases import ALIAS_ICONS
from webapp.vocabulary.arrangements import ARRANGEMENT_TRAITS
from webapp.vocabulary.days import WEEKDAY_LABELS
from webapp.vocabulary.interests import INTEREST_GROUP_LABELS, INTEREST_TRAITS, Interest
from webapp.vocabulary.prices import TRAVEL_ICONS
from webapp.vocabulary.seven_bs import B_TRAITS
from webapp.vocabulary.support import SUPPORT_TRAITS
from webapp.web.dates import day_count
from webapp.web.i18n import capital, word

MOST_LINES = 4
MOST_INTERESTS = 2

DOOR_ICONS: dict[Why, str] = {
    Why.INTERESTS: "sparkles",
    Why.SLOT: "calendar",
    Why.OTHER_MOMENT: "calendar",
    Why.HOLIDAYS_ONLY: "calendar",
    Why.TIMES_BY_AGREEMENT: "calendar",
    Why.FREE: "euro",
    Why.PRICE: "euro",
    Why.ABOVE_CEILING: "euro",
    Why.WAITING_LIST: "hourglass",
    Why.FULL: "hourglass",
    Why.TRIALS_FIRST: "ticket",
}
"""The reasons that matter on the big screen, each with its picture."""


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels, icons and sentences, by the names that templates use."""
    return {
        "STATUS_LABELS": labels.STATUS_LABELS,
        "ASK_STATUS_LABELS": labels.ASK_STATUS_LABELS,
        "ASK_TAGS": labels.ASK_TAGS,
        "TURN_LABELS": labels.TURN_LABELS,
        "AGE_LABELS": AGE_LABELS,
        "ALIAS_ICONS": ALIAS_ICONS,
        "ARRANGEMENT_TRAITS": ARRANGEMENT_TRAITS,
        "B_TRAITS": B_TRAITS,
        "BRIDGE_LENGTH_LABELS": match_words.BRIDGE_LENGTH_LABELS,
        "DOOR_ICONS": DOOR_ICONS,
        "INTEREST_GROUP_LABELS": INTEREST_GROUP_LABELS,
        "INTEREST_TRAITS": INTEREST_TRAITS,
        "SUPPORT_TRAITS": SUPPORT_TRAITS,
        "TRAVEL_ICONS": TRAVEL_ICONS,
        "WEEKDAY_LABELS": WEEKDAY_LABELS,
        "alias_words": labels.alias_words,
        "company": labels.company,
        "limit_words": labels.limit_words,
        "search_words": labels.search_words,
        "place_on_bridge": labels.place_on_bridge,
        "say": match_words.say,
        "say_relaxed": match_words.say_relaxed,
        "when_words": labels.when_words,
    }


@bp.app_template_filter("said")
def said(reason: Reason) -> str:
    """A reason of a match as a sentence."""
    return match_words.say(reason)


@bp.app_template_filter("door_facts")
def door_facts(one: Proposal) -> list[tuple[str, str]]:
    """An offer in a few lines with a picture each, for the big screen."""
    reasons = [*one.match.fits, *one.match.watch]
    lines = [(DOOR_ICONS[reason.why], said(reason)) for reason in reasons if reason.why in DOOR_ICONS]
    lines.sort(key=lambda line: list(DOOR_ICONS.values()).index(line[0]))
    if one.candidate.summary and not any(reason.why is Why.INTERESTS for reason in reasons):
        lines.insert(0, ("sparkles", one.candidate.summary))
    return lines[:MOST_LINES]


@bp.app_template_filter("interest_words")
def interest_words(interests: Sequence[Interest]) -> str:
    """What somebody likes, for a row of a list: the first few."""
    text = ", ".join(word(INTEREST_TRAITS[one].label) for one in interests[:MOST_INTERESTS])
    return capital(text)


@bp.app_template_filter("since")
def since(row: Any) -> str:
    """How long a question waits, or what it waits for."""
    return labels.since_words(row)


@bp.app_template_filter("waits_long")
def waits_long(row: Any) -> bool:
    """Whether the network has let a question wait for ten days or more."""
    return row.status in lists.WAITING and day_count(row.moved_at) >= lists.LONG.days

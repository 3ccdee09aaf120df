"""The blueprint of the log, and how its pages name things."""

from typing import Any, NamedTuple

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l

from webapp.lessons import house_words, labels, tag_words, waiting
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.vocabulary.seven_bs import B_ICONS, B_LABELS
from webapp.vocabulary.sides import SIDE_LABELS
from webapp.vocabulary.strategies import STRATEGY_LABELS, STRATEGY_TRAITS
from webapp.web import numbers
from webapp.web.guard import allows
from webapp.web.who import actor

bp = Blueprint("lessons", __name__)


class Tab(NamedTuple):
    """A page of the learning network; with a sentence what it is when it stands behind "More"."""

    key: str
    label: Any
    endpoint: str
    icon: str = ""
    line: Any = ""


TABS: tuple[Tab, ...] = (
    Tab("log", _l("Log"), "lessons.index"),
    Tab("mine", _l("My lessons"), "lessons.mine"),
    Tab("reading", _l("Read along"), "lessons.reading"),
    Tab("sessions", _l("Sessions"), "learning.index"),
    Tab("more", _l("More"), "lessons.more"),
)
"""The pages of the learning network, those of sessions too: an address of another area is no import. Whoever may not
open one does not see it."""

BEHIND_MORE: tuple[Tab, ...] = (
    Tab("booklets", _l("Booklets"), "lessons.own_booklets", "book-open", _l("Lessons that you chose, to take along.")),
    Tab("followed", _l("What you follow"), "lessons.followed", "bell", _l("Searches of which you hear what is new.")),
    Tab("tags", _l("Tags"), "lessons.tags", "bookmark", _l("The words by which lessons are found.")),
    Tab(
        "rules",
        _l("House rules"),
        "lessons.house_rules",
        "handshake",
        _l("What we agreed about what others read."),
    ),
    Tab("outside", _l("For everybody"), "lessons.openness", "globe", _l("What people outside the network read along.")),
    Tab(
        "towns",
        _l("Other towns"),
        "lessons.other_towns",
        "building-2",
        _l("Lessons of elsewhere, marked as theirs."),
    ),
)
"""What one needs now and then. Four tabs fit on a phone."""


def learning_tabs(here: str) -> list[tuple[str, str, bool, int | None]]:
    """The tabs of the learning network, for the page `here`; for whoever reads along with how many lessons wait."""
    counts: dict[str, int | None] = {"reading": numbers.around().get(waiting.TO_READ) or None}
    known = here if here in {tab.key for tab in TABS} else "more"
    return [
        (str(tab.label), url_for(tab.endpoint), tab.key == known, counts.get(tab.key))
        for tab in TABS
        if allows(tab.endpoint)
    ]


@bp.app_context_processor
def shared_words() -> dict[str, Any]:
    """What pages of learning sessions use too."""
    return {"learning_tabs": learning_tabs}


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "B_LABELS": B_LABELS,
        "B_ICONS": B_ICONS,
        "SIDE_LABELS": SIDE_LABELS,
        "ORGANISATION_TRAITS": ORGANISATION_TRAITS,
        "STRATEGY_LABELS": STRATEGY_LABELS,
        "STRATEGY_TRAITS": STRATEGY_TRAITS,
        "KIND_LABELS": labels.KIND_LABELS,
        "SURENESS_LABELS": labels.SURENESS_LABELS,
        "SURENESS_ICONS": labels.SURENESS_ICONS,
        "LESSON_STATUS_LABELS": labels.STATUS_LABELS,
        "VERDICT_LABELS": labels.VERDICT_LABELS,
        "VERDICT_TAGS": labels.VERDICT_TAGS,
        "TAG_LABELS": labels.TAG_LABELS,
        "TAG_KINDS": labels.TAG_KINDS,
        "tag_called": tag_words.called,
        "tag_beneath": tag_words.beneath,
        "my_id": actor().person_id,
        "FLAGGED_LABELS": labels.FLAGGED_LABELS,
        "OUTCOME_LABELS": labels.OUTCOME_LABELS,
        "OUTCOME_TAGS": house_words.OUTCOME_TAGS,
        "FLAG_TITLES": house_words.FLAG_TITLES,
        "DECISION_HINTS": house_words.DECISION_HINTS,
        "rules_in_tongue": house_words.in_tongue,
        "HELPED_LABELS": labels.HELPED_LABELS,
        "HELPED_ICONS": labels.HELPED_ICONS,
        "without_line": labels.without_line,
    }

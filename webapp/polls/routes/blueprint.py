"""The blueprint of date polls, and how their pages name things."""

from typing import Any

from flask import Blueprint

from webapp.groups import home
from webapp.polls import labels
from webapp.polls.codes import Says
from webapp.web.i18n import word

bp = Blueprint("polls", __name__)
bp.context_processor(home.words)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "SAYS_LABELS": labels.SAYS_LABELS,
        "SAID_LABELS": labels.SAID_LABELS,
        "SAYS_OPTIONS": [(one.value, word(labels.SAYS_LABELS[one]), labels.SAYS_ICONS[one]) for one in Says],
        "SIGNS": labels.SIGNS,
        "POLL_STATUS_LABELS": labels.STATUS_LABELS,
        "duration_words": labels.duration_words,
        "busy_words": labels.busy_words,
        "tally_words": labels.tally_words,
        "best_words": labels.best_words,
        "silent_words": labels.silent_words,
        "until_words": labels.until_words,
        "name_words": labels.name_words,
        "date_of": labels.tile,
    }

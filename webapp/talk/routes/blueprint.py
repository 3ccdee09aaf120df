"""The blueprint of conversations, and how their pages name things."""

from typing import Any

from flask import Blueprint

from webapp.groups import home
from webapp.talk import labels

bp = Blueprint("talk", __name__)
bp.context_processor(home.words)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "MARK_LABELS": labels.MARK_LABELS,
        "MARK_ICONS": labels.MARK_ICONS,
        "last_words": labels.last_words,
        "new_words": labels.new_words,
        "posts_words": labels.posts_words,
    }

"""The blueprint of the shelf, and how its pages name things."""

from typing import Any

from flask import Blueprint

from webapp.groups import home
from webapp.shelf import labels
from webapp.vocabulary.seven_bs import B_ICONS

bp = Blueprint("shelf", __name__)
bp.context_processor(home.words)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "B_ICONS": B_ICONS,
        "KIND_ICONS": labels.KIND_ICONS,
        "KIND_LABELS": labels.KIND_LABELS,
        "icon_of": labels.icon_of,
        "line_words": labels.line_words,
        "used_words": labels.used_words,
        "kind_words": labels.kind_words,
        "b_tags": labels.b_tags,
        "strategy_tags": labels.strategy_tags,
        "size_words": labels.size_words,
    }

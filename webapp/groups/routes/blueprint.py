"""The blueprint of working groups, and how their pages name things."""

from typing import Any

from flask import Blueprint

from webapp.groups import home, labels
from webapp.web.who import actor

bp = Blueprint("groups", __name__)
bp.context_processor(home.words)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "VISIBILITY_HINTS": labels.VISIBILITY_HINTS,
        "ROLE_LABELS": labels.ROLE_LABELS,
        "ITEM_LABELS": labels.ITEM_LABELS,
        "ITEM_TAGS": labels.ITEM_TAGS,
        "ITEM_ICONS": labels.ITEM_ICONS,
        "seated_words": labels.seated_words,
        "seat_words": labels.seat_words,
        "owner_of": labels.owner_of,
        "due_words": labels.due_words,
        "item_words": labels.item_words,
        "carried_words": labels.carried_words,
        "invited_name": labels.invited_name,
        "invited_words": labels.invited_words,
        "waiting_words": labels.waiting_words,
        "me_id": actor().person_id,
    }

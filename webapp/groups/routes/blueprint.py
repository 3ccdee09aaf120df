"""The blueprint of working groups, and how their pages name things."""

from typing import Any

from flask import Blueprint

from webapp.groups import labels
from webapp.groups.models import WorkingGroup
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web.context import initials
from webapp.web.who import actor

MOST_FACES = 5

bp = Blueprint("groups", __name__)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "VISIBILITY_LABELS": labels.VISIBILITY_LABELS,
        "VISIBILITY_HINTS": labels.VISIBILITY_HINTS,
        "VISIBILITY_ICONS": labels.VISIBILITY_ICONS,
        "ROLE_LABELS": labels.ROLE_LABELS,
        "ITEM_LABELS": labels.ITEM_LABELS,
        "ITEM_TAGS": labels.ITEM_TAGS,
        "ITEM_ICONS": labels.ITEM_ICONS,
        "seated_words": labels.seated_words,
        "seat_words": labels.seat_words,
        "owner_words": labels.owner_words,
        "due_words": labels.due_words,
        "item_words": labels.item_words,
        "side_of": side_of,
        "faces": faces,
        "me_id": actor().person_id,
    }


def side_of(row: Any) -> str:
    """The side of the organisation for which somebody sits here."""
    return ORGANISATION_TRAITS[row.organisation_kind].side


def faces(group: WorkingGroup) -> list[tuple[str, str]]:
    """The first few who sit in a group, as letters and a side."""
    return [(initials(row.name), side_of(row)) for row in group.members[:MOST_FACES]]

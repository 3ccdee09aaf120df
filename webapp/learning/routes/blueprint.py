"""The blueprint of learning sessions, and how their pages name things."""

from typing import Any

from flask import Blueprint, url_for

from webapp.groups.labels import ITEM_ICONS, ITEM_LABELS, ITEM_TAGS
from webapp.learning import labels
from webapp.learning.models import LearningSession
from webapp.lessons.labels import STATUS_LABELS as LESSON_LABELS

bp = Blueprint("learning", __name__)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "SESSION_STATUS_LABELS": labels.STATUS_LABELS,
        "CONTRIBUTION_LABELS": labels.CONTRIBUTION_LABELS,
        "CONTRIBUTION_ICONS": labels.CONTRIBUTION_ICONS,
        "SHOWN_LABELS": labels.SHOWN_LABELS,
        "PHASE_LABELS": labels.PHASE_LABELS,
        "FORMAT_LABELS": labels.FORMAT_LABELS,
        "LEAD_LABELS": labels.LEAD_LABELS,
        "ASKED_LABELS": labels.ASKED_LABELS,
        "LESSON_STATUS_LABELS": LESSON_LABELS,
        "ITEM_LABELS": ITEM_LABELS,
        "ITEM_TAGS": ITEM_TAGS,
        "ITEM_ICONS": ITEM_ICONS,
    }


def to_desk(session: LearningSession, anchor: str | None = None) -> str:
    """Where one who leads a session goes on: the desk while it goes on, else its page."""
    if session.is_running:
        return url_for("learning.at_desk", learning_id=session.id, _anchor=anchor)
    return to(session)


def to(session: LearningSession) -> str:
    """The page of a session."""
    return url_for("learning.show", learning_id=session.id)


def to_result(session: LearningSession) -> str:
    """The page with what came of a session."""
    return url_for("learning.result", learning_id=session.id)

"""The blueprint of meetings, and how their pages name things."""

from typing import Any

from flask import Blueprint, url_for

from webapp.core import clock
from webapp.groups import home
from webapp.groups.labels import due_words, item_words
from webapp.meetings import labels
from webapp.meetings.models import Meeting
from webapp.web.dates import day_tile
from webapp.web.who import actor

bp = Blueprint("meetings", __name__)
bp.context_processor(home.words)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "MEETING_LABELS": labels.MEETING_LABELS,
        "COMING_LABELS": labels.COMING_LABELS,
        "SAID_LABELS": labels.SAID_LABELS,
        "COMING_ICONS": labels.COMING_ICONS,
        "WISH_ICONS": labels.WISH_ICONS,
        "LINE_LABELS": labels.LINE_LABELS,
        "LINE_ICONS": labels.LINE_ICONS,
        "WAY_LABELS": labels.WAY_LABELS,
        "TOPIC_LABELS": labels.TOPIC_LABELS,
        "DECISION_LABELS": labels.DECISION_LABELS,
        "DECISION_TAGS": labels.DECISION_TAGS,
        "title_of": labels.title_of,
        "hours": labels.hours,
        "when_where": labels.when_where,
        "minutes_words": labels.minutes_words,
        "spent_words": labels.spent_words,
        "brought_words": labels.brought_words,
        "decided_words": labels.decided_words,
        "line_word": labels.line_word,
        "line_under": labels.line_under,
        "there_words": labels.there_words,
        "head_words": labels.head_words,
        "running_words": labels.running_words,
        "is_near": labels.is_near,
        "coming_words": labels.coming_words,
        "seconds_left": labels.seconds_left,
        "due_words": due_words,
        "item_words": item_words,
        "writing_words": labels.writing_words,
        "day_tile": day_tile,
        "now": clock.now,
        "me_id": actor().person_id,
    }


def to(meeting: Meeting) -> str:
    """The page of a meeting."""
    return url_for("meetings.show", meeting_id=meeting.id)

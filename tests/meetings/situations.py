"""Meetings and what is in them, as the matrix needs them."""

import uuid
from collections.abc import Callable

from tests.meetings import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.groups.codes import Visibility

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def meeting(visibility: str) -> Make:
    """A meeting that was announced, of a group that is read by these."""

    def make(cast: Cast) -> Parts:
        parts = {"meeting_id": makers.announced(cast, Visibility(visibility)).id}
        db.session.commit()
        return parts

    return make


def draft(cast: Cast) -> Parts:
    """A meeting of an open group, of which nobody heard yet."""
    parts = {"meeting_id": makers.draft(cast).id}
    db.session.commit()
    return parts


def topic(visibility: str) -> Make:
    """A topic on the agenda of such a meeting."""

    def make(cast: Cast) -> Parts:
        made = makers.announced(cast, Visibility(visibility))
        parts = {"topic_id": makers.topic(cast, made).id}
        db.session.commit()
        return parts

    return make


def draft_topic(cast: Cast) -> Parts:
    """A topic of a meeting of which nobody heard yet."""
    parts = {"topic_id": makers.topic(cast, makers.draft(cast)).id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "meeting_id": {
        **{f"{one}_meeting": (f"{one}_meeting", meeting(one)) for one in ("open", "members", "confidential")},
        "open_draft": ("open_draft", draft),
    },
    "topic_id": {
        **{f"{one}_topic": (f"{one}_topic", topic(one)) for one in ("open", "confidential")},
        "draft_topic": ("draft_topic", draft_topic),
    },
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""

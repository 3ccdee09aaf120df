"""Meetings and what is in them, as the matrix needs them."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.meetings import makers
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import hosting
from webapp.groups.codes import GuestOf, Visibility
from webapp.meetings.codes import LineKind

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


def with_guest(cast: Cast) -> Parts:
    """A meeting of a confidential group, to which jef is invited as a guest."""
    made = makers.announced(cast, Visibility.CONFIDENTIAL)
    ends_on = clock.today() + timedelta(days=30)
    hosting.begin(made.group.id, cast.jef, GuestOf.MEETING, made.id, ends_on, by=cast.actor("noor"))
    parts = {"meeting_id": made.id}
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


def line(visibility: str) -> Make:
    """A line in the minutes of a meeting that goes on."""

    def make(cast: Cast) -> Parts:
        parts = {"line_id": makers.line(cast, makers.running(cast, Visibility(visibility))).id}
        db.session.commit()
        return parts

    return make


def decision(visibility: str) -> Make:
    """A proposal of such a group."""

    def make(cast: Cast) -> Parts:
        made = makers.line(cast, makers.running(cast, Visibility(visibility)), LineKind.DECISION)
        if made.decision_id is None:
            raise LookupError("a decision has an id")
        parts = {"decision_id": made.decision_id}
        db.session.commit()
        return parts

    return make


def short_link(visibility: str) -> Make:
    """The end of the short link of such a meeting."""

    def make(cast: Cast) -> Parts:
        parts: Any = {"code": makers.announced(cast, Visibility(visibility)).code}
        db.session.commit()
        return parts  # type: ignore[no-any-return]

    return make


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "meeting_id": {
        **{f"{one}_meeting": (f"{one}_meeting", meeting(one)) for one in ("open", "members", "confidential")},
        "open_draft": ("open_draft", draft),
        "meeting_with_guest": ("meeting_with_guest", with_guest),
    },
    "topic_id": {
        **{f"{one}_topic": (f"{one}_topic", topic(one)) for one in ("open", "confidential")},
        "draft_topic": ("draft_topic", draft_topic),
    },
    "code": {f"{one}_code": (f"{one}_meeting", short_link(one)) for one in ("open", "confidential")},
    "line_id": {f"{one}_line": (f"{one}_topic", line(one)) for one in ("open", "confidential")},
    "decision_id": {f"{one}_decision": (f"{one}_group", decision(one)) for one in ("open", "members", "confidential")},
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""

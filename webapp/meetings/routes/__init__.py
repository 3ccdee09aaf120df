"""Meetings: the list, one meeting before, during and after it, and what was decided."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from webapp.core import clock
from webapp.groups import home
from webapp.groups.codes import GuestOf
from webapp.groups.home import Block, Tab
from webapp.groups.models import WorkingGroup
from webapp.meetings import (
    decisions,
    letters,  # noqa: F401 - registers what mails say
    needs,
    queries,
    waiting,
)
from webapp.meetings.labels import title_of
from webapp.meetings.lifecycle import DecisionStatus
from webapp.meetings.routes import calendar, closing, decided, live, planning, showing, topics
from webapp.meetings.routes.blueprint import bp, words
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import ANSWERING, GUIDING
from webapp.policy.rules import can
from webapp.vocabulary.functions import FunctionKind
from webapp.web import menu
from webapp.web import needs as today

MODULES = (planning, showing, topics, live, closing, decided, calendar)

CALENDAR = menu.Entry(
    _l("My calendar"),
    _l("Calendar"),
    "meetings.mine",
    "calendar-days",
    order=45,
    phone=3,
    wide=False,
    shown=lambda who: who.holds(*ANSWERING, FunctionKind.CREW) and not who.holds(*GUIDING),
)
"""Volunteers look for when, on their way; others find their calendar under More."""

for kind in (NoticeKind.MEETING_ANNOUNCED, NoticeKind.MEETING_CHANGED, NoticeKind.MINUTES_READY):
    registry.leads_to(kind, "meetings.show", "meeting_id")
registry.leads_to(NoticeKind.MEETING_CALLED_OFF, "meetings.show", "meeting_id")


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "meetings", "groups")
    menu.add(app, CALENDAR)
    home.add_tab(app, Tab("meetings", _l("Meetings"), "meetings.index", 10))
    home.add_tab(app, Tab("decided", _l("Decisions"), "meetings.decided", 50))
    home.add_block(app, Block("meetings/_home_next.html", _next, -10))
    home.add_block(app, Block("meetings/_home_decided.html", _latest, 10, aside=True))
    home.has_guests(app, GuestOf.MEETING, _as_thing)
    today.add(app, needs.all_needs, waiting.any_waiting)


def _as_thing(meeting_id: uuid.UUID) -> home.Thing | None:
    """A meeting as something that can have guests, until its day has passed."""
    found = queries.meeting(meeting_id)
    url = url_for("meetings.show", meeting_id=meeting_id)
    return home.Thing(found.group_id, title_of(found), url, clock.local(found.ends_at).date()) if found else None


def _next(group: WorkingGroup, actor: Actor) -> Mapping[str, Any]:
    """The meeting that comes next with the first of its agenda, and what one said to it."""
    rows = queries.next_of(group, actor.person_id, drafts=can(actor, Can.TAKE_PART, group))
    return words() | {"meeting": next(iter(rows), None), "agenda": [row for row in rows if row.topic is not None]}


def _latest(group: WorkingGroup, _actor: Actor) -> Mapping[str, Any] | None:
    """The decisions that were taken last."""
    rows = decisions.of_group(group, DecisionStatus.IN_FORCE, most=decisions.MOST_LATEST)
    return words() | {"rows": rows} if rows else None

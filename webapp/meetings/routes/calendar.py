"""My calendar: what comes up, and the links by which one's own calendar follows it."""

import uuid
from typing import Any

from flask import Response, abort, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.meetings import calendars, feeding, handouts
from webapp.meetings.forms import FeedForm
from webapp.meetings.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.respond import changed, page
from webapp.web.who import actor

NEW_FEED = "feed"


@bp.get("/kalender/<token>")
@requires(Can.SIGN_IN)
def feed(token: str) -> Response:
    """What a calendar follows; the same 404 for what never was, was ended, or is of somebody who left."""
    followed = calendars.feed(token)
    if followed is None:
        abort(404)
    return as_download(Response(handouts.feed(followed), content_type="text/calendar; charset=utf-8"), "brug.ics")


@bp.get("/mijn-agenda")
@requires(Can.USE_OWN_ACCOUNT)
def mine() -> Response:
    """What comes up, and which calendars follow it. A link that was just made is shown this once."""
    me = _me()
    groups = calendars.own_groups(me)
    made = session.pop(NEW_FEED, None)
    return page(
        "meetings/mine.html",
        rows=calendars.coming_up(me),
        groups=groups,
        own=me,
        feeds=calendars.feeds_of(me, [me, *(row.id for row in groups)]),
        new_of=uuid.UUID(made[0]) if made else None,
        new_url=url_for("meetings.feed", token=made[1], _external=True) if made else "",
        form=FeedForm(formdata=None),
    )


@bp.post("/mijn-agenda/link")
@requires(Can.USE_OWN_ACCOUNT)
def renew_feed() -> ResponseReturnValue:
    """A new link; the one from before works no longer. It travels in the cookie of this visit and is nowhere else."""
    subject = _subject()
    token = _allowed(lambda: feeding.renew(subject, by=actor()))
    session[NEW_FEED] = [subject.hex, token]
    return redirect(url_for("meetings.mine"), 303)


@bp.post("/mijn-agenda/link/stoppen")
@requires(Can.USE_OWN_ACCOUNT)
def end_feed() -> Response:
    """The link works no longer."""
    subject = _subject()
    _allowed(lambda: feeding.end(subject, by=actor()))
    return changed(url_for("meetings.mine"), message=_("That link no longer works."))


def _me() -> uuid.UUID:
    person_id = actor().person_id
    if person_id is None:
        abort(404)
    return person_id


def _subject() -> uuid.UUID:
    """What the feed is of: a group, or everything of one's own."""
    form = FeedForm()
    if not form.submitted():
        abort(404)
    return form.subject() or _me()


def _allowed(act: Any) -> Any:
    """Do it, or answer as if the group did not exist."""
    try:
        return act()
    except NotAllowed:
        abort(404)

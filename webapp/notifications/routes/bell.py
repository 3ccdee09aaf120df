"""The page under the bell."""

from collections.abc import Iterable
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.notifications import actions, labels, queries, registry
from webapp.notifications.models import Notice
from webapp.notifications.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.who import actor


@bp.get("/meldingen")
@requires(Can.USE_OWN_ACCOUNT)
def bell() -> Response:
    """What happened, newest first."""
    notices = queries.newest(actor())
    return page("notifications/bell.html", lines=_lines(notices), unread=any(one.read_at is None for one in notices))


def _lines(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """A line for each thing that happened, however many times it did: ten messages in one conversation are one line."""
    alike: dict[Any, list[Notice]] = {}
    for one in notices:
        alike.setdefault((one.kind, one.thing_id, one.alias, one.read_at is None), []).append(one)
    return [_line(newest, len(older) + 1) for newest, *older in alike.values()]


def _line(notice: Notice, times: int) -> dict[str, Any]:
    alias, sentence = labels.line(notice)
    return {
        "sentence": f"{alias}. {sentence}" if alias else sentence,
        "picture": labels.picture(notice),
        "href": registry.path_of(notice),
        "since": notice.created_at,
        "times": times,
        "is_new": notice.read_at is None,
    }


@bp.post("/meldingen/gelezen")
@requires(Can.USE_OWN_ACCOUNT)
def read_all() -> Response:
    """Everything has been read."""
    Form().refuse_unknown()
    actions.read_all(by=actor())
    return changed(url_for("notifications.bell"), message=_("All read."))

"""Health: for machines a word, for administrators a page."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, current_app

from webapp.core.duties import Duty
from webapp.operations import health, labels, letters, needs, readiness  # noqa: F401 - letters registers a mail
from webapp.policy.permissions import Can
from webapp.web import needs as today
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.settings import current_settings

bp = Blueprint("operations", __name__)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    today.add(app, needs.all_needs)


@bp.get("/readyz")
@requires(Can.SIGN_IN)
def ready() -> Response:
    """Whether Brug can do its work: database, schema, keys, disk, and nothing left to be erased again."""
    return _answer(lambda: readiness.check(current_settings()))


@bp.get("/readyz/worker")
@requires(Can.SIGN_IN)
def worker_ready() -> Response:
    """Whether the worker lives and its clocks go. Apart, so that one that stopped never takes the web servers along."""
    return _answer(readiness.check_worker)


@bp.get("/gezondheid")
@requires(Can.SEE_HEALTH, fresh=True)
def overview() -> Response:
    """How Brug itself is doing, in plain words."""
    return page("operations/health.html", health=health.look(current_settings()), labels=labels, Duty=Duty)


def _answer(check: Callable[[], None]) -> Response:
    try:
        check()
    except Exception:  # whatever is wrong, the answer is the same and the log has it
        current_app.logger.exception("not ready")
        return Response("not ok", 503, content_type="text/plain; charset=utf-8")
    return Response("ok", content_type="text/plain; charset=utf-8")

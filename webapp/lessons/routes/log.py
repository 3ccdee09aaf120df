"""The log: searching what the network learned."""

from flask import Response

from webapp.lessons import queries
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import page


@bp.get("/leren")
@requires(Can.SEE_LOG)
def index() -> Response:
    """What the network learned."""
    return page("lessons/index.html", lessons=queries.newest())

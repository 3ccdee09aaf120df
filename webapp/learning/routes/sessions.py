"""The list of learning sessions."""

from flask import Response

from webapp.learning import listing
from webapp.learning.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import page


@bp.get("/leren/sessies")
@requires(Can.SEE_SESSION)
def index() -> Response:
    """The learning sessions of the network."""
    return page("learning/index.html", sessions=listing.coming())

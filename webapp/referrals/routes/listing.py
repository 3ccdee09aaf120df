"""Lists of questions: mine, my organisation's, waiting for me."""

from flask import Response

from webapp.policy.permissions import Can
from webapp.referrals.routes.blueprint import bp
from webapp.web.guard import requires
from webapp.web.respond import page


@bp.get("/toeleidingen")
@requires(Can.LOOK_AROUND)
def index() -> Response:
    """The questions that the visitor may see, and where each stands."""
    return page("referrals/index.html")

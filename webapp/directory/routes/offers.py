"""Finding and reading offers."""

from flask import Response

from webapp.directory.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import page


@bp.get("/aanbod")
@requires(Can.READ_ORGANISATION)
def offers() -> Response:
    """Everything a young person can choose from."""
    return page("directory/offers.html")

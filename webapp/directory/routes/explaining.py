"""What kinds of youth work there are, for everybody: pages without account, in plain words."""

from flask import Response, abort

from webapp.directory import listing
from webapp.directory.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.vocabulary.youth_work import EXPLAINERS
from webapp.web.guard import requires
from webapp.web.respond import page


@bp.get("/jeugdwerk")
@requires(Can.SIGN_IN)
def youth_work() -> Response:
    """Every kind in one line."""
    return page("directory/youth_work.html", explainers=EXPLAINERS, traits=ORGANISATION_TRAITS)


@bp.get("/jeugdwerk/<kind>")
@requires(Can.SIGN_IN)
def explainer(kind: str) -> Response:
    """One kind: what it is, what you do there, what you get out of it, and where to find it in this town."""
    found = next((one for one in EXPLAINERS if one == kind), None)
    if found is None:
        abort(404)
    return page(
        "directory/explainer.html",
        kind=found.value,
        explainer=EXPLAINERS[found],
        traits=ORGANISATION_TRAITS[found],
        rows=listing.shared_of_kind(found),
    )

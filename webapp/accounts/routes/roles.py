"""Who may do what, in words: the page is made from the rules that decide it."""

from flask import Response

from webapp.accounts import labels
from webapp.accounts.routes.blueprint import bp
from webapp.policy import roles as policy
from webapp.policy.permissions import PERMISSION_SENTENCES, Can
from webapp.vocabulary.functions import FUNCTION_LABELS, FUNCTION_MEANINGS, FunctionKind
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.who import actor


@bp.get("/rollen")
@requires(Can.LOOK_AROUND)
def roles() -> Response:
    """Each function: what it means, and what it opens."""
    shared = policy.shared_by_all()
    held = {seat.function for seat in actor().seats}
    cards = [
        (
            FUNCTION_LABELS[kind],
            FUNCTION_MEANINGS[kind],
            labels.FUNCTION_ICONS[kind],
            [PERMISSION_SENTENCES[one] for one in policy.own_permissions(kind)],
            kind in held,
        )
        for kind in FunctionKind
    ]
    everybody = [PERMISSION_SENTENCES[one] for one in Can if one in shared and one is not Can.USE_DEMO]
    return page("accounts/roles.html", cards=cards, everybody=everybody)

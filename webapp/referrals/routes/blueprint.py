"""The one blueprint that the modules of this folder add their pages to, and where most of them lead back to."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import StepRefused
from webapp.referrals.models import Referral
from webapp.web.errors import error_page
from webapp.web.respond import changed, leave_message

bp = Blueprint("referrals", __name__)


def page_of(referral: Referral) -> str:
    """The page of a question, where its story stands."""
    return url_for("referrals.show", referral_id=referral.id)


@bp.errorhandler(StepRefused)
def not_now(_error: StepRefused) -> Response:
    """A page of a step that is not for now, from an old mail or typed by hand, leads to where the question is."""
    referral_id = (request.view_args or {}).get("referral_id")
    if request.method == "POST" or referral_id is None:
        return error_page(409)
    leave_message(_("That step isn't for now. Here you see where the question stands."), "note")
    return changed(url_for("referrals.show", referral_id=referral_id))

"""Helping where a question is stuck, without seeing more than its alias."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.policy.permissions import Can
from webapp.referrals import helping, waiting
from webapp.referrals.forms.journey import Tap
from webapp.referrals.models import Referral
from webapp.referrals.routes.blueprint import bp
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.who import actor


@bp.post("/toeleidingen/<uuid:referral_id>/meedenken")
@requires(Can.SEE_STUCK, of=waiting.stuck_referral)
def offer_help(referral: Referral) -> Response:
    """Tell the guide that somebody wants to think along."""
    Tap().refuse_unknown()
    helping.offer_help(referral, by=actor())
    return changed(url_for("today.today"), message=_("The guide hears that you want to think along."))

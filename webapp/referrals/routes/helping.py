"""Helping where a question is stuck, without seeing more than its alias."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.policy.permissions import Can
from webapp.referrals import helping, overdue, reminding
from webapp.referrals.models import Ask, Referral
from webapp.referrals.routes.blueprint import bp
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.who import actor


@bp.post("/toeleidingen/<uuid:referral_id>/meedenken")
@requires(Can.SEE_STUCK, of=overdue.stuck_referral)
def offer_help(referral: Referral) -> Response:
    """Tell the guide that somebody wants to think along."""
    Form().refuse_unknown()
    helping.offer_help(referral, by=actor())
    return changed(url_for("today.today"), message=_("The guide hears that you want to think along."))


@bp.post("/antwoord/<uuid:ask_id>/gebeld")
@requires(Can.CALL_ASKED, of=overdue.asked_long_ago)
def note_call(ask: Ask) -> Response:
    """The bridge builder called the association: this leaves their Today."""
    Form().refuse_unknown()
    reminding.note_call(ask, by=actor())
    return changed(url_for("today.today"), message=_("Thank you for calling."))

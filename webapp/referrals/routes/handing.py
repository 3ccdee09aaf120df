"""Handing a question to a colleague, and taking over one that was left behind."""

from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import StepRefused
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import around, handing, queries, welcome
from webapp.referrals.between import HandOver
from webapp.referrals.codes import Side
from webapp.referrals.forms.between import HandOverForm
from webapp.referrals.labels import STATUS_LABELS, alias_words, in_words
from webapp.referrals.models import Referral
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.vocabulary.aliases import ALIASES
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/toeleidingen/<uuid:referral_id>/doorgeven", methods=["GET", "POST"])
@requires(Can.HAND_OVER, sees=Can.READ_REFERRAL, of=queries.journey)
def ask_colleague(referral: Referral) -> Response:
    """Ask a colleague to take over."""
    side = welcome.side_of(referral, actor())
    if not handing.is_open(referral, side):
        raise StepRefused("hand_over", referral.status)
    colleagues = around.colleagues(referral, side, besides=actor().person_id)
    form = HandOverForm()
    form.among(colleagues)
    shown: dict[str, Any] = {
        "referral": referral,
        "alias": alias_words(referral.alias),
        "colleagues": colleagues,
        "is_guide": side is Side.GUIDE,
    }
    if form.submitted():
        with saving(form, in_words):
            handing.propose(referral, form.person_id, by=actor())
            return changed(page_of(referral), message=_("Asked. Until your colleague says yes, nothing changes."))
    return form_page("referrals/ask_colleague.html", form, **shown)


@bp.post("/toeleidingen/<uuid:referral_id>/doorgeven/terug")
@requires(Can.HAND_OVER, sees=Can.READ_REFERRAL, of=queries.journey)
def take_back_hand_over(referral: Referral) -> Response:
    """The colleague no longer has to answer."""
    Form().refuse_unknown()
    handing.take_back(referral, by=actor())
    return changed(page_of(referral), message=_("Taken back. It stays with you."))


@bp.get("/doorgeven/<uuid:hand_over_id>")
@requires(Can.READ_HAND_OVER, of=around.hand_over)
def hand_over(row: HandOver) -> Response:
    """What a colleague is asked, by the alias alone."""
    referral = row.referral
    return page(
        "referrals/hand_over.html",
        row=row,
        alias=alias_words(referral.alias),
        alias_icon=ALIASES[referral.alias].icon,
        status=word(STATUS_LABELS[referral.status]),
        stands=handing.still_stands(row, referral),
        may_answer=can(actor(), Can.ANSWER_HAND_OVER, row),
        may_read=can(actor(), Can.READ_REFERRAL, referral),
        is_guide=row.side is Side.GUIDE,
    )


@bp.post("/doorgeven/<uuid:hand_over_id>/ja")
@requires(Can.ANSWER_HAND_OVER, sees=Can.READ_HAND_OVER, of=around.hand_over)
def accept_hand_over(row: HandOver) -> Response:
    """Yes, from now on it is mine."""
    Form().refuse_unknown()
    handing.accept(row, by=actor())
    to = url_for("referrals.show", referral_id=row.referral_id)
    return changed(to, message=_("From now on this is yours. Thank you for taking over."))


@bp.post("/doorgeven/<uuid:hand_over_id>/nee")
@requires(Can.ANSWER_HAND_OVER, sees=Can.READ_HAND_OVER, of=around.hand_over)
def decline_hand_over(row: HandOver) -> Response:
    """No is fine."""
    Form().refuse_unknown()
    handing.decline(row, by=actor())
    return changed(url_for("today.today"), message=_("That's fine. It stays as it was."))


@bp.post("/toeleidingen/<uuid:referral_id>/overnemen")
@requires(Can.TAKE_OVER, sees=Can.READ_REFERRAL, of=around.left_behind)
def take_over(referral: Referral) -> Response:
    """Go on with a question whose guide left."""
    Form().refuse_unknown()
    handing.take_over(referral, by=actor())
    return changed(page_of(referral), message=_("From now on this is yours. Thank you for taking over."))


def to_colleague() -> Response | None:
    """The question went to a colleague meanwhile: what somebody was told of it before leads to whoever took it over."""
    row = around.handed_on((request.view_args or {})["referral_id"], actor().person_id)
    if row is None or not can(actor(), Can.READ_HAND_OVER, row):
        return None
    return make_response(redirect(url_for("referrals.hand_over", hand_over_id=row.id), 303))

"""A bridge builder who walks beside a question: brought in, reading by the alias, and let go again."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core.errors import StepRefused
from webapp.policy.permissions import Can
from webapp.referrals import around, bringing, queries
from webapp.referrals.between import Beside
from webapp.referrals.codes import Side
from webapp.referrals.forms.between import BringInForm
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


@bp.route("/toeleidingen/<uuid:referral_id>/bruggenbouwer", methods=["GET", "POST"])
@requires(Can.BRING_IN, sees=Can.READ_REFERRAL, of=queries.journey)
def bring_in(referral: Referral) -> Response:
    """Ask a bridge builder to walk beside a question for a while."""
    if not bringing.is_open(referral):
        raise StepRefused("bring_in", referral.status)
    builders = around.builders(besides=actor().person_id)
    form = BringInForm()
    form.among(builders)
    if form.submitted():
        with saving(form, in_words):
            bringing.bring_in(referral, form.person_id, form.day, by=actor())
            return changed(page_of(referral), message=_("Asked to think along. Both sides see it."))
    alias = alias_words(referral.alias)
    return form_page("referrals/bring_in.html", form, referral=referral, alias=alias, builders=builders)


@bp.post("/toeleidingen/<uuid:referral_id>/bruggenbouwer/loslaten")
@requires(Can.BRING_IN, sees=Can.READ_REFERRAL, of=queries.journey)
def let_go(referral: Referral) -> Response:
    """Thank the bridge builder."""
    Form().refuse_unknown()
    bringing.let_go(referral, by=actor())
    return changed(page_of(referral), message=_("Thanked. From now on they no longer see this."))


@bp.get("/toeleidingen/<uuid:referral_id>/meelopen")
@requires(Can.WALK_BESIDE, of=around.walked)
def walk_beside(row: Beside) -> Response:
    """What a bridge builder reads: the alias, how far it is, and whom to call."""
    referral = row.referral
    place = queries.chosen_place(referral)
    by_guide = row.side is Side.GUIDE
    return page(
        "referrals/beside.html",
        row=row,
        referral=referral,
        alias=alias_words(referral.alias),
        alias_icon=ALIASES[referral.alias].icon,
        status=word(STATUS_LABELS[referral.status]),
        guide=referral.guide if by_guide or not referral.hides_sender else None,
        sender=referral.organisation if by_guide or not referral.hides_sender else None,
        receiver=referral.receiver,
        place=place,
    )


@bp.post("/toeleidingen/<uuid:referral_id>/meelopen/stoppen")
@requires(Can.WALK_BESIDE, of=around.walked)
def step_back(row: Beside) -> Response:
    """The bridge builder is done."""
    Form().refuse_unknown()
    bringing.step_back(row, by=actor())
    return changed(url_for("today.today"), message=_("Thank you for thinking along. Both sides are told."))

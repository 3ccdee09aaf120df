"""The agreement, the contact card that it opens, and its withdrawal."""

from flask import Response, request
from flask_babel import gettext as _

from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import agreements, queries, welcome
from webapp.referrals.codes import Side
from webapp.referrals.crossing_words import ROUTE_LABELS
from webapp.referrals.forms.journey import AgreementForm
from webapp.referrals.journey_words import Telling
from webapp.referrals.labels import alias_words, in_words
from webapp.referrals.models import Referral
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/toeleidingen/<uuid:referral_id>/akkoord", methods=["GET", "POST"])
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.journey)
def agree(referral: Referral) -> Response:
    """Who agreed, how, when, until when; and the card."""
    form = AgreementForm()
    if not referral.friends:
        del form.friends_too
    alias, place = alias_words(referral.alias), queries.chosen_place(referral)
    if form.submitted():
        with saving(form, in_words):
            agreements.record(referral, form.said(), form.identity(), by=actor())
            to = page_of(referral)
            return changed(to, message=_("The agreement is written down. The card opens for those involved."))
    else:
        agreements.ready_to_agree(referral)
        form.suggest()
    return form_page("referrals/agreement.html", form, referral=referral, alias=alias, place=place)


@bp.post("/toeleidingen/<uuid:referral_id>/contactkaart")
@requires(Can.OPEN_CARD, sees=Can.READ_REFERRAL, of=queries.journey, fresh=True)
def open_card(referral: Referral) -> Response:
    """The contact card, shown in this answer alone. The look is written down in the same breath."""
    Form().refuse_unknown()
    identity = agreements.open_card(referral, by=actor())
    return page(
        "referrals/card.html",
        fragment="referrals/_card_swap.html",
        referral=referral,
        identity=identity,
        alias=alias_words(referral.alias),
        route=word(ROUTE_LABELS[identity.route]),
        told=_looks(referral),
        wiped_on=agreements.wiped_on(referral),
    )


def _looks(referral: Referral) -> Telling:
    """Who looked, with the look of this moment."""
    story = queries.story(referral, [], agreements.LOOK)
    is_guide = welcome.side_of(referral, actor()) is Side.GUIDE
    return Telling(referral, [], story, actor().person_id, is_guide=is_guide)


@bp.route("/toeleidingen/<uuid:referral_id>/akkoord/intrekken", methods=["GET", "POST"])
@requires(Can.TAKE_BACK_AGREEMENT, sees=Can.READ_REFERRAL, of=queries.journey)
def withdraw(referral: Referral) -> Response:
    """End the agreement, for whoever hears it first: asked once more, then wiped at once."""
    if request.method == "GET":
        agreements.ready_to_withdraw(referral)
        return page(
            "referrals/withdraw.html",
            referral=referral,
            alias=alias_words(referral.alias),
            form=Form(),
            is_guide=can(actor(), Can.GUIDE_REFERRAL, referral),
        )
    Form().refuse_unknown()
    agreements.withdraw(referral, by=actor())
    to = page_of(referral)
    return changed(to, message=_("The card is wiped. Both sides were told."))

"""One offer: reading it, and the changes of one tap."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.core.errors import Invalid
from webapp.directory import actions, labels, photos, queries, rests
from webapp.directory.forms import story
from webapp.directory.forms.offer import RoomForm, SharingForm
from webapp.directory.models import Offer, Sharing
from webapp.directory.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.arrangements import ARRANGEMENT_TRAITS
from webapp.vocabulary.offers import CUSTOM_STANCE_LABELS, CUSTOM_TOPIC_TRAITS
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.vocabulary.youth_work import EXPLAINERS
from webapp.web import qr as qr_codes
from webapp.web import respond
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

STANCE_ICONS = {"fixed": "anchor", "can_move": "refresh-cw", "open_to_talk": "message-circle"}


@bp.get("/aanbod/<uuid:offer_id>")
@requires(Can.READ_OFFER, of=queries.offer)
def offer(offer: Offer) -> Response:
    """Everything that newcomers want to know. Without account too, when the association says so."""
    template = "directory/offer.html" if actor().is_known else "directory/offer_public.html"
    return respond.page(
        template,
        offer=offer,
        traits=ORGANISATION_TRAITS[offer.organisation.kind],
        know=labels.good_to_know(offer),
        arrangements=[ARRANGEMENT_TRAITS[code] for code in offer.arrangements],
        customs=[_custom(one) for one in offer.customs],
        price_note=labels.price_note(offer),
        fresh=labels.freshness(offer, queries.first_name(offer.confirmed_by_id) if actor().is_known else ""),
        explainer=EXPLAINERS.get(offer.organisation.kind),
        sharing_label=word(labels.SHARING_LABELS[offer.sharing]),
        has_photo=photos.exists(offer.id),
        rests_until=rests.of_offer(offer).last_day(clock.today()),
        changes=story.told(queries.story(offer.id)) if can(actor(), Can.READ_CHANGES, offer) else [],
    )


@bp.get("/aanbod/<uuid:offer_id>/kaart")
@requires(Can.HAND_OUT_OFFER, sees=Can.READ_OFFER, of=queries.offer)
def offer_card(offer: Offer) -> Response:
    """A card to hand out (A6) or to hang up (A5), with a code that opens the public page of the offer."""
    url = url_for("directory.offer", offer_id=offer.id, _external=True)
    return respond.page(
        "directory/card.html",
        offer=offer,
        home=offer.organisation,
        size="a5" if request.args.get("formaat") == "a5" else "a6",
        qr=qr_codes.code(url),
    )


def _to(offer: Offer) -> str:
    return url_for("directory.offer", offer_id=offer.id)


def _custom(stored: dict[str, str]) -> dict[str, str]:
    topic = next(traits for code, traits in CUSTOM_TOPIC_TRAITS.items() if code == stored["topic"])
    stance = next(label for code, label in CUSTOM_STANCE_LABELS.items() if code == stored["stance"])
    return {
        "icon": topic.icon, "label": topic.label, "note": stored["note"], "stance": stance,
        "stance_icon": STANCE_ICONS[stored["stance"]],
    }  # fmt: skip


@bp.post("/aanbod/<uuid:offer_id>/klopt")
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=queries.offer)
def confirm(offer: Offer) -> Response:
    """Say that everything is still right."""
    Form().refuse_unknown()
    actions.confirm(offer, by=actor())
    return respond.changed(_to(offer), message=_("Thank you. Everybody can see that it's right."))


@bp.post("/aanbod/<uuid:offer_id>/delen")
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=queries.offer)
def share(offer: Offer) -> Response:
    """Publish, let everybody read it, or take it back as a draft."""
    form = SharingForm()
    form.refuse_unknown()
    wanted = form.sharing.data or offer.sharing
    try:
        actions.share(offer, wanted, by=actor())
    except Invalid:
        return respond.changed(
            url_for("directory.edit_offer", offer_id=offer.id, publish=wanted.value),
            message=_("A few answers are still missing. Then others can read it."),
        )
    said = {
        Sharing.DRAFT: _("Only you and your colleagues see it now."),
        Sharing.NETWORK: _("The network can read it now."),
        Sharing.PUBLIC: _("Everybody can read it now."),
    }
    return respond.changed(_to(offer), message=said[wanted])


@bp.route("/aanbod/<uuid:offer_id>/plaats", methods=["GET", "POST"])
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=queries.offer)
def room(offer: Offer) -> Response:
    """Say how much room there is right now, in two taps."""
    form = RoomForm(obj=offer)
    if form.submitted():
        with saving(form, labels.in_words):
            actions.set_room(offer, **form.values(), by=actor())
            return respond.changed(_to(offer), message=_("Saved, and checked today."))
    return form_page("directory/room.html", form, offer=offer)

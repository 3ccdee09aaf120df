"""Is it still right? The page that the monthly mail opens, without signing in: one tap an offer, or all at once."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core import clock, links
from webapp.directory import actions, labels, upkeep
from webapp.directory.forms.offer import RoomForm, StillRightForm
from webapp.directory.models import Offer
from webapp.directory.routes.blueprint import bp
from webapp.directory.upkeep import Upkeep
from webapp.policy.permissions import Can
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web import respond
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.links import follow, followed
from webapp.web.saving import saving
from webapp.web.who import actor


@bp.get("/k/<token>")
@requires(Can.SIGN_IN)
def follow_still_right(token: str) -> ResponseReturnValue:
    """The link in the mail: the token leaves the address bar at once, and nothing is confirmed."""
    link = links.find(links.Purpose.STILL_RIGHT, token)
    found = upkeep.upkeep_of(link.subject_id) if link else None
    if link is None or found is None:
        return respond.invalid("directory/still_right_link.html", status=404, reason="unknown")
    if not link.works or link.person_id not in found.speakers:
        return _ended(link)
    follow(link)
    return redirect(url_for("directory.still_right", organisation_id=link.subject_id), 303)


def _ended(link: links.Link) -> Response:
    return respond.invalid("directory/still_right_link.html", status=410, reason="seat" if link.works else "expired")


def link_over() -> Response | None:
    """The page stayed open, or was kept, and its link has ended since. Whoever had no link may sign in."""
    link = followed(links.Purpose.STILL_RIGHT, (request.view_args or {})["organisation_id"])
    return _ended(link) if link else None


@bp.get("/klopt/<uuid:organisation_id>")
@requires(Can.CONFIRM_OFFER, of=upkeep.upkeep_of, by_link=link_over)
def still_right(found: Upkeep) -> Response:
    """What others read about each offer, and how much room there is."""
    return _show(found)


@bp.post("/klopt/<uuid:organisation_id>/een")
@requires(Can.CONFIRM_OFFER, of=upkeep.upkeep_of, by_link=link_over)
def one_still_right(found: Upkeep) -> Response:
    """One offer is right, with this much room."""
    form = StillRightForm()
    offer = found.offer(form.offer.data) if form.submitted() else None
    if offer is not None:
        with saving(form, labels.in_words):
            if form.says_another_room_than(offer):
                actions.set_room(offer, **form.values(), by=actor(), upkeep=found)
            else:
                actions.confirm(offer, by=actor(), upkeep=found)
            return respond.changed(_to(found), message=_("Thank you. Everybody can see that it's right."))
    return _show(found, form)


@bp.post("/klopt/<uuid:organisation_id>/alles")
@requires(Can.CONFIRM_OFFER, of=upkeep.upkeep_of, by_link=link_over)
def all_still_right(found: Upkeep) -> Response:
    """Everything is right, as it stands."""
    Form().refuse_unknown()
    for offer in found.offers:
        if not _is_fresh(offer):
            actions.confirm(offer, by=actor(), upkeep=found)
    return respond.changed(_to(found), message=_("Thank you. Everybody can see that it's right."))


def _to(found: Upkeep) -> str:
    return url_for("directory.still_right", organisation_id=found.organisation_id)


def _is_fresh(offer: Offer) -> bool:
    return clock.local(offer.confirmed_at).date() == clock.today()


def _show(found: Upkeep, sent: StillRightForm | None = None) -> Response:
    forms = {offer.id: _form(offer, sent) for offer in found.offers}
    traits = ORGANISATION_TRAITS[found.organisation.kind]
    return respond.invalid(
        "directory/still_right.html",
        status=422 if sent else 200,
        organisation=found.organisation,
        offers=found.offers,
        forms=forms,
        fresh={offer.id: _is_fresh(offer) for offer in found.offers},
        price_notes={offer.id: labels.price_note(offer) for offer in found.offers},
        host={"name": found.organisation.name, "icon": traits.icon, "side": traits.side},
    )


def _form(offer: Offer, sent: StillRightForm | None) -> RoomForm:
    """The form of one offer, with ids of its own: several stand on one page."""
    mine = sent is not None and sent.offer.data == str(offer.id)
    form = sent if mine and sent else StillRightForm(formdata=None, obj=offer)
    for field in (form.room, form.free_places, form.waiting):
        field.id = f"{field.name}-{offer.id}"
    return form

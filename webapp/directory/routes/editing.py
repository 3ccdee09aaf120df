"""Writing an offer, in sections. Nothing typed is ever lost: not by a mistake, not by a colleague who was first."""

from typing import Any

from babel.dates import get_month_names
from flask import Response, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.accounts.models import Organisation
from webapp.directory import actions, labels, queries
from webapp.directory.forms.offer import OfferForm
from webapp.directory.forms.versions import differences
from webapp.directory.models import Offer, Sharing
from webapp.directory.routes.blueprint import bp
from webapp.directory.routes.offers import areas
from webapp.policy.permissions import Can
from webapp.vocabulary.arrangements import ARRANGEMENT_ICONS
from webapp.vocabulary.interests import INTEREST_ICONS
from webapp.web import respond
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.once import new_key
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/organisaties/<uuid:organisation_id>/aanbod", methods=["GET", "POST"])
@requires(Can.ADD_OFFER, sees=Can.READ_ORGANISATION, of=queries.organisation)
def add_offer(organisation: Organisation) -> Response:
    """Write a new offer; it begins as a draft."""
    form = _form(None)
    if not form.is_submitted():
        form.area.data = organisation.area if organisation.area in areas() else ""
        form.slots.one_more()
        return _show(form, organisation)
    if form.changed_rows():
        return _show_once_more(form, organisation)
    if form.submitted():
        with saving(form, labels.in_words):
            offer = actions.add_offer(organisation, form.values(), form.moments(), by=actor())
            return respond.changed(_to(offer), message=_("Saved."))
    return _show(form, organisation)


@bp.route("/aanbod/<uuid:offer_id>/wijzig", methods=["GET", "POST"])
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=queries.offer)
def edit_offer(offer: Offer) -> Response:
    """Change an offer."""
    form = _form(offer)
    if not form.is_submitted():
        _ask_what_is_missing(form)
        return _show(form, offer.organisation, offer)
    if form.changed_rows():
        return _show_once_more(form, offer.organisation, offer)
    if form.submitted():
        with saving(form, labels.in_words, offer):
            actions.edit_offer(offer, form.values(), form.moments(), version=form.version.data, by=actor())
            return respond.changed(_to(offer), message=_("Saved, and checked today."))
    return _show(form, offer.organisation, offer)


def _to(offer: Offer) -> str:
    return url_for("directory.offer", offer_id=offer.id)


def _form(offer: Offer | None, **kwargs: Any) -> OfferForm:
    names = get_month_names("wide", context="stand-alone", locale=get_locale())
    return OfferForm.of(offer, areas(), [names[month] for month in range(1, 13)], **kwargs)


def _ask_what_is_missing(form: OfferForm) -> None:
    """Somebody wanted to publish a draft that is not ready: open the form with that choice made."""
    wanted = next((one for one in Sharing if one == request.args.get("publish")), None)
    if wanted:
        form.sharing.data = wanted


def _show(form: OfferForm, organisation: Organisation, offer: Offer | None = None) -> Response:
    """The form; when a colleague saved first, both versions side by side: to save again is then chosen knowingly."""
    return form_page(
        "directory/edit_offer.html",
        form,
        organisation=organisation,
        offer=offer,
        interest_icons=INTEREST_ICONS,
        arrangement_icons=ARRANGEMENT_ICONS,
        sharing_hints={sharing: word(hint) for sharing, hint in labels.SHARING_HINTS.items()},
        both=differences(form, _form(offer, formdata=None)) if form.is_stale else [],
    )


def _show_once_more(form: OfferForm, organisation: Organisation, offer: Offer | None = None) -> Response:
    """The same form with a row more or less: nothing was sent yet, so its key is still good for one time."""
    form.once.data = new_key()
    return _show(form, organisation, offer)

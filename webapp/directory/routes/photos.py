"""The photo of the door: bringing it, taking it away, and showing it to whoever may read the offer."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.directory import photos, queries
from webapp.directory.models import Offer
from webapp.directory.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web import respond
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_picture
from webapp.web.saving import form_page
from webapp.web.uploads import FileForm
from webapp.web.who import actor


@bp.route("/aanbod/<uuid:offer_id>/deurfoto", methods=["GET", "POST"])
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=queries.offer, takes_file=True)
def door_photo(offer: Offer) -> Response:
    """Bring a photo of the door."""
    form = FileForm()
    if form.submitted():
        with form.taking():
            photos.keep(offer, form.read(), by=actor())
            to = url_for("directory.offer", offer_id=offer.id)
            return respond.changed(to, message=_("The photo is on the offer and on welcome cards."))
    return form_page("directory/door_photo.html", form, offer=offer, has_photo=photos.exists(offer.id))


@bp.post("/aanbod/<uuid:offer_id>/deurfoto/weg")
@requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=queries.offer)
def remove_door_photo(offer: Offer) -> Response:
    """Take the photo away."""
    Form().refuse_unknown()
    photos.remove(offer, by=actor())
    return respond.changed(url_for("directory.offer", offer_id=offer.id), message=_("The photo is gone."))


@bp.get("/aanbod/<uuid:offer_id>/deur.jpg")
@requires(Can.READ_OFFER, of=queries.offer)
def door(offer: Offer) -> Response:
    """The photo itself."""
    return as_picture(photos.picture(offer.id))

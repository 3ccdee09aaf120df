"""The photo of the door of an offer, for whoever comes for the first time. Kept sealed, gone with the offer."""

import uuid

from sqlalchemy import delete, func, select

from webapp.core import clock, crypto, files, history
from webapp.core.crypto import Place
from webapp.core.db import db, erase_log_too, given, read
from webapp.core.statements import Prepared
from webapp.directory.models import Offer, OfferPhoto
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


def keep(offer: Offer, data: bytes, *, by: Actor) -> None:
    """Keep a photo, made anew and sealed; it takes the place of an older one. Raises NotTaken."""
    require(by, Can.EDIT_OFFER, offer)
    drawn = files.picture(data)
    files.weigh_all(_kept_beside(offer), drawn)
    ring = crypto.ring()
    key = ring.new_data_key(offer.id)
    _delete(offer.id)
    db.session.add(
        OfferPhoto(
            offer_id=offer.id,
            data_key=key,
            picture_sealed=ring.seal_bytes(key, _place(offer.id), drawn),
            written_at=clock.now(),
        )
    )
    db.session.flush()
    history.record("offer", offer.id, "photo", by=by)


def remove(offer: Offer, *, by: Actor) -> None:
    """Take the photo away."""
    require(by, Can.EDIT_OFFER, offer)
    _delete(offer.id)
    history.record("offer", offer.id, "photo_away", by=by)


def exists(offer_id: uuid.UUID) -> bool:
    """Whether there is a photo of the door."""
    return bool(read(_THERE, {"offer": offer_id}))


_THERE = Prepared(lambda: select(OfferPhoto.offer_id).where(OfferPhoto.offer_id == given("offer", OfferPhoto.offer_id)))


def picture(offer_id: uuid.UUID) -> bytes:
    """The photo as a JPEG; empty when there is none."""
    row = db.session.get(OfferPhoto, offer_id)
    return crypto.ring().open_bytes(row.data_key, _place(offer_id), row.picture_sealed) if row else b""


def _kept_beside(offer: Offer) -> int:
    """How many signs the other photos of the same organisation take."""
    kept = select(func.coalesce(func.sum(func.length(OfferPhoto.picture_sealed)), 0)).join(Offer)
    others = kept.where(Offer.organisation_id == offer.organisation_id, Offer.id != offer.id)
    return db.session.scalar(others) or 0


def _delete(offer_id: uuid.UUID) -> None:
    db.session.execute(delete(OfferPhoto).where(OfferPhoto.offer_id == offer_id))
    erase_log_too()


def _place(offer_id: uuid.UUID) -> Place:
    return Place("offer_photo", "picture", offer_id)

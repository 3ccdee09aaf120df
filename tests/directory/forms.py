"""What the tests of editing share: forms filled in, and the offer and its story as the database has them."""

import uuid
from typing import Any

from sqlalchemy import select

from tests.support.browse import Browser, Page
from webapp.core.db import db
from webapp.core.history import History
from webapp.directory.models import Offer

OWN = ("noor", "jef", "yara")


def stored(offer_id: uuid.UUID) -> Offer:
    """The offer as it is in the database now, with everything loaded; nothing stays open."""
    db.session.expire_all()
    offer = db.session.get(Offer, offer_id)
    assert offer
    for name in ("slots", "organisation", "tags"):
        getattr(offer, name)
    db.session.expunge_all()
    db.session.rollback()
    return offer


def edit(browser: Browser, offer_id: uuid.UUID, **changes: Any) -> Page:
    """Open the form, change some fields, and send it."""
    url = f"/aanbod/{offer_id}/wijzig"
    return browser.submit(browser.get(url), url, **changes)


def history(thing_id: uuid.UUID) -> list[tuple[str, str | None, str | None]]:
    """The steps of a thing."""
    rows = db.session.execute(
        select(History.step, History.before, History.after).where(History.thing_id == thing_id).order_by(History.at)
    )
    found = [(row.step, row.before, row.after) for row in rows]
    db.session.rollback()
    return found


def add(browser: Browser, organisation_id: uuid.UUID, **changes: Any) -> Page:
    """Fill in the form for a new offer."""
    url = f"/organisaties/{organisation_id}/aanbod"
    return browser.submit(browser.get(url), url, **{"name": "Tieners", "age_min": "13", "age_max": "16", **changes})

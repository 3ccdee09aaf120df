"""Offers to test with: a plain one, changed where a test needs it."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from webapp.core import clock
from webapp.core.db import db
from webapp.directory.models import Offer, OfferSlot
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Room
from webapp.vocabulary.prices import PricePer


def slot(day: str, starts: int = 14, ends: int = 17, *, position: int = 0, holidays_only: bool = False) -> OfferSlot:
    """A moment in the week on the hour."""
    return OfferSlot(
        weekday=Weekday(day), starts=time(starts), ends=time(ends), position=position, holidays_only=holidays_only
    )


def _noon(days_ago: int) -> datetime:
    """Noon of a day: what is near midnight would fall on another one when summer time begins or ends."""
    return datetime.combine(clock.today() - timedelta(days=days_ago), time(12), clock.BRUSSELS)


def make_offer(organisation_id: uuid.UUID, **changes: Any) -> uuid.UUID:
    """A published offer for 12 to 14 years, on Saturday afternoon; committed. Its id."""
    days_ago = changes.pop("checked_days_ago", 0)
    values = {
        "organisation_id": organisation_id,
        "name": "Jonggivers",
        "summary": "Spelen en kampvuur.",
        "age_min": 12,
        "age_max": 14,
        "price_cents": 4500,
        "price_per": PricePer.YEAR,
        "area": "Centrum",
        "place": "Wilgendreef 12",
        "interests": (Interest.OUTDOORS, Interest.CAMPFIRE),
        "room": Room.OPEN,
        "is_published": True,
        "confirmed_at": min(clock.now(), _noon(days_ago)),
        "slots": [slot("sat")],
        **changes,
    }
    offer = Offer(**values)
    db.session.add(offer)
    db.session.flush()
    offer_id = offer.id
    db.session.commit()
    return offer_id

"""Going through the steps of asking, for tests."""

from typing import Any

from sqlalchemy import select

from webapp.core.db import db
from webapp.referrals.models import Referral

NEW = "/toeleidingen/nieuw"
WHO = {"age_band": "12-14", "friends": "0", "support_level": "2"}
WISHES = {
    "interests": ["music", "outdoors"],
    "distances": ["trust"],
    "days": ["wed"],
    "price_ceiling": "little",
    "own_words": "Ik wil buiten zijn en vrienden maken.",
}


def only() -> Referral:
    db.session.expire_all()
    return db.session.scalars(select(Referral)).one()


def step(referral: Referral, name: str) -> str:
    return f"/toeleidingen/{referral.id}/{name}"


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    return {**page.form(page.response.request.path), **changes}


def begun(browse: Any) -> tuple[Any, Referral]:
    hilde = browse("hilde")
    page = hilde.post(NEW, filled(hilde.get(NEW), **WHO))
    assert page.status == 303
    return hilde, only()

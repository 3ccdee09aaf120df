"""Questions in any state, past their life cycle: for tests that only read."""

import uuid
from typing import Any

from sqlalchemy import update

from tests import factories
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.outcomes import Outcome


def put(referral_id: uuid.UUID, **values: Any) -> None:
    """Set a question in some state, past its life cycle: only reading is tested here."""
    db.session.execute(update(Referral).where(Referral.id == referral_id).values(**values))
    db.session.commit()


def standing(status: ReferralStatus) -> dict[str, Any]:
    """The columns that belong to a status."""
    return {
        "status": status,
        "outcome": Outcome.FIT if status is ReferralStatus.STOPPED else None,
        "ask_again_on": clock.today() if status is ReferralStatus.PAUSED else None,
    }


def many(cast: Cast, number: int, who: str = "hilde") -> None:
    """A few drafts of one guide."""
    for _ in range(number):
        factories.draft(cast, who)

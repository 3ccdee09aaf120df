"""Giving a referral its alias: a thing-word, picked at random, the same for everyone, tied to nothing."""

import secrets

from sqlalchemy import func, or_, select

from webapp.core.db import db
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.aliases import ALIASES

OVER = (ReferralStatus.SETTLED, ReferralStatus.STOPPED)


def pick() -> str:
    """A word that no referral under way or with an identity uses; when all are in use, one of those used least."""
    in_use = dict(
        db.session.execute(
            select(Referral.alias, func.count())
            .where(or_(Referral.data_key.is_not(None), Referral.status.not_in(OVER)))
            .group_by(Referral.alias)
        ).all()
    )
    fewest = min(in_use.get(alias, 0) for alias in ALIASES)
    return secrets.choice([alias for alias in ALIASES if in_use.get(alias, 0) == fewest])

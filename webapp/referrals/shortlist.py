"""What a young person liked while looking together. The match page and the big screen show the same choice."""

import uuid
from collections.abc import Iterable

from sqlalchemy import delete, select

from webapp.core.db import db, given, read
from webapp.core.statements import Prepared
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals.models import Referral, Shortlisted


def looked_at(referral: Referral) -> dict[uuid.UUID, bool]:
    """The offers that were liked (True) or passed over (False), by id."""
    return dict(read(_LOOKED_AT, {"about": referral.id}))


_LOOKED_AT = Prepared(
    lambda: select(Shortlisted.offer_id, Shortlisted.is_liked).where(
        Shortlisted.referral_id == given("about", Shortlisted.referral_id)
    )
)


def keep(referral: Referral, liked: Iterable[uuid.UUID], *, by: Actor) -> None:
    """Let these be the offers that were liked, and no others. What was passed over stays so."""
    require(by, Can.GUIDE_REFERRAL, referral)
    wanted, known = set(liked), looked_at(referral)
    gone = {offer_id for offer_id, is_liked in known.items() if is_liked} - wanted
    _forget(referral, gone | (wanted & known.keys()))
    db.session.add_all(Shortlisted(referral_id=referral.id, offer_id=one, is_liked=True) for one in wanted)
    db.session.flush()


def judge(referral: Referral, offer_id: uuid.UUID, is_liked: bool | None, *, by: Actor) -> None:
    """Note that one offer was liked or passed over; None forgets that it was looked at."""
    require(by, Can.GUIDE_REFERRAL, referral)
    _forget(referral, {offer_id})
    if is_liked is not None:
        db.session.add(Shortlisted(referral_id=referral.id, offer_id=offer_id, is_liked=is_liked))
    db.session.flush()


def _forget(referral: Referral, offer_ids: set[uuid.UUID]) -> None:
    db.session.execute(
        delete(Shortlisted).where(Shortlisted.referral_id == referral.id, Shortlisted.offer_id.in_(offer_ids))
    )

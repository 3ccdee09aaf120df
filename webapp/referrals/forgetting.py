"""What this area forgets by itself: drafts that went nowhere, and words and plans whose question ended long ago."""

from datetime import timedelta

from sqlalchemy import select

from webapp.core import clock
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.referrals import wiping
from webapp.referrals.agreements import KEPT_AFTER_END, SWEEP_BATCH
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral, WelcomePlan

KEEP_DRAFTS = timedelta(days=14)
ENDED = (ReferralStatus.SETTLED, ReferralStatus.STOPPED)


@sweep
def forget_old_drafts() -> None:
    """A draft that nobody touched for two weeks goes, with everything in it."""
    old = (
        select(Referral)
        .where(Referral.status == ReferralStatus.DRAFT, Referral.moved_at < clock.now() - KEEP_DRAFTS)
        .order_by(Referral.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
    )
    for referral in db.session.scalars(old):
        wiping.delete_draft(referral)
    db.session.flush()


@sweep
def forget_words() -> None:
    """Ninety days after the end the words go, where no agreement takes them along already."""
    ended = (
        select(Referral)
        .where(
            Referral.status.in_(ENDED),
            Referral.moved_at < clock.now() - KEPT_AFTER_END,
            Referral.data_key.is_not(None),
            ~Referral.has_agreement,
        )
        .order_by(Referral.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
    )
    for referral in db.session.scalars(ended):
        wiping.wipe_words(referral)
    db.session.flush()


@sweep
def forget_plans() -> None:
    """Ninety days after the end the welcome plan goes too, with what was typed since."""
    ended = (
        select(Referral)
        .join(WelcomePlan, WelcomePlan.referral_id == Referral.id)
        .where(Referral.status.in_(ENDED), Referral.moved_at < clock.now() - KEPT_AFTER_END)
        .order_by(Referral.id)
        .limit(SWEEP_BATCH)
        .with_for_update(of=Referral, skip_locked=True)
    )
    for referral in db.session.scalars(ended):
        wiping.forget_answers(referral)
        wiping.forget_plan(referral)
    db.session.flush()

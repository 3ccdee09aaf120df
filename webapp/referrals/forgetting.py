"""What this area forgets by itself: drafts that went nowhere, and whatever is left of questions that ended long ago."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from webapp.core import clock
from webapp.core.brake import Due, counts, forgets
from webapp.core.db import db
from webapp.referrals import agreements, wiping
from webapp.referrals.agreements import SWEEP_BATCH
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral, WelcomePlan
from webapp.vocabulary.retention import Keep, kept_for

ENDED = (ReferralStatus.SETTLED, ReferralStatus.STOPPED)


@counts
def due() -> Due:
    """How many questions lose something now, out of how many there are."""
    conditions = (_old_drafts(), _words(), _plans(), agreements.ran_out(), _over(), _silent())
    number = select(func.count()).select_from(Referral)
    return Due(db.session.scalar(number.where(or_(*conditions))) or 0, db.session.scalar(number) or 0)


@forgets
def forget_old_drafts() -> None:
    """A draft that nobody touched for two weeks goes, with everything in it."""
    for referral in _batch(_old_drafts()):
        wiping.delete_draft(referral)
    db.session.flush()


@forgets
def forget_words() -> None:
    """Some time after the end the words go, where no agreement takes them along already."""
    for referral in _batch(_words()):
        wiping.wipe_words(referral)
    db.session.flush()


@forgets
def forget_plans() -> None:
    """Some time after the end the welcome plan goes too, with what was typed since."""
    for referral in _batch(_plans()):
        wiping.forget_plan_for_good(referral)
    db.session.flush()


@forgets
def forget_questions() -> None:
    """In the end the question itself goes; a row without anybody in it stays to be counted."""
    for referral in _batch(or_(_over(), _silent())):
        wiping.erase_question(referral)
        db.session.flush()


def _batch(condition: ColumnElement[bool]) -> Sequence[Referral]:
    due_now = select(Referral).where(condition).order_by(Referral.id).limit(SWEEP_BATCH)
    return db.session.scalars(due_now.with_for_update(skip_locked=True)).all()


def _before(rule: Keep) -> datetime:
    return clock.now() - kept_for(rule)


def _old_drafts() -> ColumnElement[bool]:
    return and_(Referral.status == ReferralStatus.DRAFT, Referral.moved_at < _before(Keep.DRAFT))


def _words() -> ColumnElement[bool]:
    nowhere = and_(Referral.chosen_organisation_id.is_(None), Referral.moved_at < _before(Keep.WORDS_WITHOUT_PLACE))
    return and_(
        Referral.status.in_(ENDED),
        or_(Referral.moved_at < _before(Keep.WORDS), nowhere),
        Referral.data_key.is_not(None),
        ~Referral.has_agreement,
    )


def _plans() -> ColumnElement[bool]:
    planned = exists().where(WelcomePlan.referral_id == Referral.id)
    return and_(Referral.status.in_(ENDED), Referral.moved_at < _before(Keep.PLAN), planned)


def _over() -> ColumnElement[bool]:
    return and_(Referral.status.in_(ENDED), Referral.moved_at < _before(Keep.QUESTION))


def _silent() -> ColumnElement[bool]:
    """Nothing happened for a very long time, and nobody said to ask again later."""
    ask_again = and_(Referral.status == ReferralStatus.PAUSED, Referral.ask_again_on >= clock.today())
    return and_(
        Referral.status.not_in((*ENDED, ReferralStatus.DRAFT)),
        Referral.moved_at < _before(Keep.SILENT_QUESTION),
        ~ask_again,
    )

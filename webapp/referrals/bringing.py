"""Bringing in a bridge builder, from either side and for a while. They read the alias and who to call, no words."""

import uuid
from datetime import date, timedelta

from sqlalchemy import or_, select

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.core.sweeps import sweep
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import CLOCK, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals import around, people, state, welcome
from webapp.referrals.between import Beside
from webapp.referrals.codes import Side
from webapp.referrals.lifecycle import BESIDE, BesideStatus
from webapp.referrals.models import Referral
from webapp.referrals.talk import ENDED

LONGEST = timedelta(days=91)
SWEEP_BATCH = 200


def is_open(referral: Referral) -> bool:
    """Whether somebody can walk beside this question: it was asked, and it has not ended."""
    return referral.sent_at is not None and referral.status not in ENDED


def bring_in(referral: Referral, person_id: uuid.UUID, until: date, *, by: Actor) -> Beside:
    """Ask a bridge builder to walk beside a question until a day. Both sides see who it is."""
    require(by, Can.BRING_IN, referral)
    if not clock.today() <= until <= clock.today() + LONGEST:
        raise Invalid({"until": "until_too_long"})
    if person_id not in {one.person_id for one in around.builders(besides=by.person_id)}:
        raise Invalid({"person": "builder_unknown"})
    state.hold(referral)
    if not is_open(referral):
        raise StepRefused("bring_in", referral.status)
    if before := around.beside_of(referral):
        if before.is_along:
            raise StepRefused("bring_in", referral.status)
        _end(before, "run_out", CLOCK)
    side = welcome.side_of(referral, by)
    row = Beside(
        referral_id=referral.id,
        person_id=person_id,
        side=side,
        brought_by_id=by.person_id,
        until=until,
        brought_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    history.record("referral", referral.id, "bring_in", by=by)
    notify([person_id], NoticeKind.BROUGHT_IN, referral.id, alias=referral.alias)
    others = people.receivers(referral) if side is Side.GUIDE else people.senders(referral)
    notify([one for one in others if one != person_id], NoticeKind.NEW_FACE, referral.id, alias=referral.alias)
    return row


def let_go(referral: Referral, *, by: Actor) -> None:
    """Either side thanks the bridge builder."""
    require(by, Can.BRING_IN, referral)
    state.hold(referral)
    row = around.beside_of(referral)
    if row is None:
        raise StepRefused("let_go", referral.status)
    _end(row, "let_go", by)
    notify([row.person_id], NoticeKind.LET_GO, referral.id, alias=referral.alias)


def step_back(row: Beside, *, by: Actor) -> None:
    """The bridge builder is done; both sides hear of it."""
    require(by, Can.WALK_BESIDE, row)
    referral = db.session.get_one(Referral, row.referral_id)
    state.hold(referral)
    db.session.refresh(row)
    _end(row, "step_back", by)
    told = [*people.senders(referral), *people.receivers(referral)]
    notify([one for one in told if one != by.person_id], NoticeKind.NEW_FACE, referral.id, alias=referral.alias)


def _end(row: Beside, step: str, by: Actor) -> None:
    row.status = BesideStatus(BESIDE.after(step, row.status))
    db.session.flush()
    history.record("referral", row.referral_id, "let_go", by=by)


@sweep
def let_go_in_time() -> None:
    """Nobody walks beside a question for ever: it ends on its day, and with the question."""
    over = (
        select(Beside)
        .join(Referral, Referral.id == Beside.referral_id)
        .where(
            Beside.status == BesideStatus.ALONG,
            or_(Beside.until < clock.today(), Referral.status.in_(ENDED)),
        )
        .order_by(Beside.until, Beside.id)
        .limit(SWEEP_BATCH)
        .with_for_update(of=Beside, skip_locked=True)
    )
    for row in db.session.scalars(over).all():
        _end(row, "run_out", CLOCK)

"""Handing a question to a colleague: asked, accepted or not. On each side; nothing changes before a yes."""

import uuid

from sqlalchemy import and_, or_, select

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.core.sweeps import sweep
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals import around, people, state, welcome
from webapp.referrals.between import HandOver
from webapp.referrals.codes import Side
from webapp.referrals.lifecycle import HAND_OVER, HandOverStatus
from webapp.referrals.models import Referral
from webapp.referrals.talk import ENDED, TALKING, place_of

SWEEP_BATCH = 200


def is_open(referral: Referral, side: Side) -> bool:
    """Whether there is something to hand over on one side."""
    return referral.status in TALKING if side is Side.ASSOCIATION else referral.status not in ENDED


def propose(referral: Referral, to_id: uuid.UUID, *, by: Actor) -> HandOver:
    """Ask a colleague with a fitting function. They read the alias and how far it is, nothing else, until they say
    yes."""
    require(by, Can.HAND_OVER, referral)
    side = welcome.side_of(referral, by)
    state.hold(referral)
    before = around.open_hand_over(referral, side)
    if not is_open(referral, side) or (before and still_stands(before, referral)):
        raise StepRefused("hand_over", referral.status)
    if before:
        _end(before, "lapse")
    if to_id not in {one.person_id for one in around.colleagues(referral, side, besides=by.person_id)}:
        raise Invalid({"colleague": "colleague_unknown"})
    row = HandOver(
        referral_id=referral.id,
        organisation_id=place_of(referral, side),
        side=side,
        to_id=to_id,
        proposed_by_id=by.person_id,
        from_id=_holder(referral, side),
        proposed_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    history.record("referral", referral.id, "ask_colleague", by=by)
    notify([to_id], NoticeKind.HAND_OVER_ASKED, row.id, alias=referral.alias)
    return row


def accept(row: HandOver, *, by: Actor) -> None:
    """Yes: from now on this colleague walks along, or welcomes. Whoever asked and the other side hear of it."""
    require(by, Can.ANSWER_HAND_OVER, row)
    referral = _held(row)
    if not still_stands(row, referral):
        raise StepRefused("accept", row.status)
    _end(row, "accept")
    row.from_id = _holder(referral, row.side)
    if row.side is Side.GUIDE:
        referral.guide_id = row.to_id
    else:
        referral.receiver_id = row.to_id
    db.session.flush()
    history.record("referral", referral.id, "hand_over", by=by)
    _tell(row, referral, row.proposed_by_id, row.from_id)
    tell_other_side(referral, row.side)


def decline(row: HandOver, *, by: Actor) -> None:
    """No is fine: it stays as it was."""
    require(by, Can.ANSWER_HAND_OVER, row)
    referral = _held(row)
    _end(row, "decline")
    history.record("referral", referral.id, "stay", by=by)
    _tell(row, referral, row.proposed_by_id)


def take_back(referral: Referral, *, by: Actor) -> None:
    """The colleague no longer has to answer."""
    require(by, Can.HAND_OVER, referral)
    state.hold(referral)
    row = around.open_hand_over(referral, welcome.side_of(referral, by))
    if row is None:
        raise StepRefused("take_back", referral.status)
    _end(row, "take_back")


def take_over(referral: Referral, *, by: Actor) -> None:
    """The contact for referrals goes on with a question whose guide no longer works there."""
    require(by, Can.TAKE_OVER, referral)
    state.hold(referral)
    if around.left_behind(referral.id) is None:
        raise StepRefused("take_over", referral.status)
    referral.guide_id = by.person_id
    if row := around.open_hand_over(referral, Side.GUIDE):
        _end(row, "lapse")
    db.session.flush()
    history.record("referral", referral.id, "take_over", by=by)
    tell_other_side(referral, Side.GUIDE)


def still_stands(row: HandOver, referral: Referral) -> bool:
    """Whether what was asked can still be said yes to: the same place, and a question that goes on."""
    same_place = row.organisation_id == place_of(referral, row.side)
    return row.status is HandOverStatus.PROPOSED and same_place and is_open(referral, row.side)


def tell_other_side(referral: Referral, side: Side) -> None:
    """The other side hears that somebody else is there now."""
    others = people.receivers(referral) if side is Side.GUIDE else people.senders(referral)
    notify(others, NoticeKind.NEW_FACE, referral.id, alias=referral.alias)


def _held(row: HandOver) -> Referral:
    referral = db.session.get_one(Referral, row.referral_id)
    state.hold(referral)
    db.session.refresh(row)
    return referral


def _end(row: HandOver, step: str) -> None:
    row.status = HandOverStatus(HAND_OVER.after(step, row.status))
    row.ended_at = clock.now()
    db.session.flush()


def _holder(referral: Referral, side: Side) -> uuid.UUID | None:
    """Who walks along, or welcomes, now."""
    return referral.guide_id if side is Side.GUIDE else referral.receiver_id


def _tell(row: HandOver, referral: Referral, *people: uuid.UUID | None) -> None:
    """Whoever asked hears the answer; after a yes whoever had it too, for a contact may have asked in their place."""
    notify([one for one in people if one], NoticeKind.HAND_OVER_ANSWERED, row.id, alias=referral.alias)


@sweep
def let_lapse() -> None:
    """What was asked of a colleague lapses when the question ended, or its place was let go."""
    waiting = (
        select(HandOver)
        .join(Referral, Referral.id == HandOver.referral_id)
        .where(
            HandOver.status == HandOverStatus.PROPOSED,
            or_(
                Referral.status.in_(ENDED),
                and_(HandOver.side == Side.ASSOCIATION, Referral.status.not_in(TALKING)),
                and_(HandOver.side == Side.ASSOCIATION, HandOver.organisation_id != Referral.chosen_organisation_id),
            ),
        )
        .order_by(HandOver.proposed_at, HandOver.id)
        .limit(SWEEP_BATCH)
        .with_for_update(of=HandOver, skip_locked=True)
    )
    for row in db.session.scalars(waiting).all():
        _end(row, "lapse")

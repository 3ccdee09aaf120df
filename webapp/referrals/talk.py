"""A few words around a question: to the other side, and notes for one's own organisation. Sealed, never in a mail."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from webapp.core import clock, ledger
from webapp.core.db import db, erase_log_too, new_id
from webapp.core.errors import Invalid, StepRefused
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require
from webapp.referrals import around, people, reminding, sealed, state, welcome
from webapp.referrals.between import Post
from webapp.referrals.codes import PostKind, Side
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral

TALKING = (ReferralStatus.WELCOMING, ReferralStatus.TRYING)
ENDED = (ReferralStatus.SETTLED, ReferralStatus.STOPPED)
QUIET_FOR = timedelta(hours=1)
NEEDS = {PostKind.MESSAGE: Can.TALK_ABOUT_REFERRAL, PostKind.NOTE: Can.KEEP_NOTES}


@dataclass(frozen=True, slots=True)
class Said:
    """A few words as somebody reads them."""

    id: uuid.UUID
    kind: PostKind
    side: Side
    author_id: uuid.UUID | None
    name: str | None
    at: datetime
    words: str


def was_taken_back(referral: Referral) -> bool:
    """Whether the agreement for the place that was chosen ended and none followed: no words until there is one."""
    here = (one for one in referral.agreements if one.organisation_id == referral.chosen_organisation_id)
    return not referral.has_agreement and any(one.withdrawn_at for one in here)


def is_open(referral: Referral, kind: PostKind) -> bool:
    """Whether words may be added: to the other side once there is one, notes for as long as the search goes on."""
    if was_taken_back(referral):
        return False
    return referral.status in TALKING if kind is PostKind.MESSAGE else referral.status not in ENDED


def write(referral: Referral, kind: PostKind, words: str, *, by: Actor) -> Post:
    """Seal a few words. The other side is told that there are words to it, never which."""
    require(by, NEEDS[kind], referral)
    if not words:
        raise Invalid({"words": "words_missing"})
    state.hold(referral)
    if not is_open(referral, kind):
        raise StepRefused("write", referral.status)
    side, post_id = welcome.side_of(referral, by), new_id()
    row = Post(
        id=post_id,
        referral_id=referral.id,
        organisation_id=place_of(referral, side),
        author_id=by.person_id,
        kind=kind,
        side=side,
        words_sealed=sealed.seal_post(referral, post_id, words),
        written_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    if kind is PostKind.MESSAGE:
        reminding.count_to_first_time(referral)
        _tell(referral, side)
    return row


def _tell(referral: Referral, side: Side) -> None:
    """The other side hears it once an hour at most: somebody who writes three lines sends one mail."""
    others = people.receivers(referral) if side is Side.GUIDE else people.senders(referral)
    lately = select(Notice.person_id).where(
        Notice.kind == NoticeKind.WRITTEN,
        Notice.thing_id == referral.id,
        Notice.read_at.is_(None),
        Notice.created_at > clock.now() - QUIET_FOR,
    )
    told = set(db.session.scalars(lately))
    notify([one for one in others if one not in told], NoticeKind.WRITTEN, referral.id, alias=referral.alias)


def place_of(referral: Referral, side: Side) -> uuid.UUID:
    """The organisation of one side."""
    return (referral.chosen_organisation_id if side is Side.ASSOCIATION else None) or referral.organisation_id


def own_places(referral: Referral, by: Actor) -> list[uuid.UUID]:
    """The organisation whose notes this person may read."""
    return [place_of(referral, welcome.side_of(referral, by))] if can(by, Can.KEEP_NOTES, referral) else []


def opened(referral: Referral, rows: Iterable[around.Around]) -> list[Said]:
    """What was written, unsealed, oldest first."""
    return [
        Said(one.id, PostKind(one.kind), Side(one.side), one.person_id, one.name, one.at, words)
        for one in rows
        if one.kind in around.WORDS and one.at and one.side and (words := sealed.post_words(referral, one))
    ]


def take_back(row: Post, *, by: Actor) -> None:
    """Wipe words that should not have been written."""
    require(by, Can.TAKE_BACK_WORDS, row)
    db.session.delete(row)
    ledger.note("post", row.id)
    erase_log_too()
    db.session.flush()


@ledger.replays("post")
def _take_back_again(post_id: uuid.UUID) -> None:
    if row := db.session.get(Post, post_id):
        db.session.delete(row)

"""What can be proposed for a question: the offers in order with their reasons, and what was liked already."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from webapp.core import clock
from webapp.core.db import db
from webapp.referrals import shortlist
from webapp.referrals.actions import MOST_ASKS
from webapp.referrals.candidates import Candidate, candidates
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.match_facts import Wish
from webapp.referrals.matching import Match, rank
from webapp.referrals.models import Ask, Referral

FORGOTTEN: tuple[AskStatus, ...] = (AskStatus.RECALLED, AskStatus.THANKED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One offer with its match. `is_liked` is None as long as nobody said anything about it."""

    match: Match
    candidate: Candidate
    is_liked: bool | None = None

    @property
    def id(self) -> uuid.UUID:
        """The offer."""
        return self.match.offer.id


@dataclass(frozen=True, slots=True)
class Asked:
    """An offer that was asked already."""

    candidate: Candidate
    status: AskStatus
    deadline: date


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything the match page shows: what was liked without fitting comes first, then the ranking."""

    ranked: list[Proposal]
    asked: list[Asked] = field(default_factory=list)

    @property
    def liked(self) -> list[Proposal]:
        """The offers that were chosen to be asked."""
        return [one for one in self.ranked if one.is_liked]

    @property
    def fits_nothing(self) -> bool:
        """Whether no offer keeps every limit of the wish."""
        return all(one.match.relaxed for one in self.ranked)

    @property
    def few(self) -> bool:
        """Whether fewer than two offers keep every limit of the wish: then something is missing in town."""
        return sum(not one.match.relaxed for one in self.ranked) < 2

    @property
    def room(self) -> int:
        """How many more offers may be asked now."""
        return MOST_ASKS - sum(one.status is AskStatus.SENT for one in self.asked)


def wish_of(referral: Referral) -> Wish:
    """The question as matching reads it."""
    return Wish(
        age_band=referral.age_band,
        group_size=referral.friends + 1,
        interests=referral.interests,
        days=referral.days,
        parts_of_day=referral.parts_of_day,
        price_ceiling=referral.price_ceiling,
        area=referral.area,
        travel=referral.travel,
        arrangements=referral.arrangements,
        distances=referral.distances,
        month=clock.today().month,
    )


def proposals(referral: Referral) -> Proposals:
    """What fits the question now. Offers that were asked and may still answer are not proposed again."""
    wish, judged = wish_of(referral), shortlist.looked_at(referral)
    asked = db.session.execute(
        select(Ask.offer_id, Ask.status, Ask.deadline)
        .where(Ask.referral_id == referral.id, Ask.status.not_in(FORGOTTEN))
        .order_by(Ask.sent_at, Ask.id)
    ).all()
    known = candidates(wish, {*judged, *(row.offer_id for row in asked)})
    answering = [Asked(known[row.offer_id], row.status, row.deadline) for row in asked if row.offer_id in known]
    busy = {one.candidate.facts.id for one in answering}
    open_ = {offer_id: one for offer_id, one in known.items() if offer_id not in busy}
    matches = _ranked(wish, open_, {one for one, is_liked in judged.items() if is_liked})
    return Proposals([Proposal(one, open_[one.offer.id], judged.get(one.offer.id)) for one in matches], answering)


def _ranked(wish: Wish, open_: dict[uuid.UUID, Candidate], liked: set[uuid.UUID]) -> list[Match]:
    ranked = rank(wish, [one.facts for one in open_.values()])
    shown = {one.offer.id for one in ranked}
    extra = [open_[offer_id].facts for offer_id in open_ if offer_id in liked - shown]
    return [match for facts in extra for match in rank(wish, [facts])] + ranked

"""What can be proposed for a question: the offers in order with their reasons, and what was liked already."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from webapp.core import clock
from webapp.core.db import given, read
from webapp.core.statements import Prepared
from webapp.referrals import ranking, shortlist
from webapp.referrals.actions import MOST_ASKS
from webapp.referrals.candidates import Candidate, candidates
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.match_facts import Wish
from webapp.referrals.matching import ENOUGH_TO_CHOOSE, Match, rank
from webapp.referrals.models import Ask, Referral

FIRST = 10
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
    """What the match page shows: what was liked without fitting comes first, then the first of the ranking, then
    whatever was liked, passed over or named further on. `number` is how many there are to look at altogether.
    """

    ranked: list[Proposal]
    asked: list[Asked] = field(default_factory=list)
    number: int = 0

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
        """Whether fewer than two offers keep every limit of the wish and have something of it: then something is
        missing in town."""
        return sum(not one.match.relaxed and one.match.has_something for one in self.ranked) < 2

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


def proposals(referral: Referral, first: int = FIRST, *, named: Collection[uuid.UUID] = ()) -> Proposals:
    """The first of what fits the question now, and those of the named offers that fit as well.

    Offers that were asked and may still answer are not proposed again. The database finds the first few in order;
    only these are weighed in words.
    """
    wish, judged = wish_of(referral), shortlist.looked_at(referral)
    asked = read(_ASKED, {"about": referral.id})
    busy = {row.offer_id for row in asked}
    passed_over = sum(not is_liked for is_liked in judged.values())  # these may come after all others
    best = ranking.best(wish, max(first + passed_over, ENOUGH_TO_CHOOSE), but=busy)
    known = candidates({*best.ids, *judged, *named, *busy})
    answering = [Asked(known[row.offer_id], row.status, row.deadline) for row in asked if row.offer_id in known]
    open_ = {offer_id: one for offer_id, one in known.items() if offer_id not in busy}
    matches = _ranked(wish, open_, {one for one, is_liked in judged.items() if is_liked})
    misfits = sum(bool(one.relaxed) for one in matches)
    ranked = [Proposal(one, open_[one.offer.id], judged.get(one.offer.id)) for one in matches]
    return Proposals(ranked, answering, best.number + misfits)


_ASKED = Prepared(
    lambda: (
        select(Ask.offer_id, Ask.status, Ask.deadline)
        .where(Ask.referral_id == given("about", Ask.referral_id), Ask.status.not_in(FORGOTTEN))
        .order_by(Ask.sent_at, Ask.id)
    )
)


def _ranked(wish: Wish, open_: dict[uuid.UUID, Candidate], liked: set[uuid.UUID]) -> list[Match]:
    ranked = rank(wish, [one.facts for one in open_.values()])
    shown = {one.offer.id for one in ranked}
    extra = [open_[offer_id].facts for offer_id in open_ if offer_id in liked - shown]
    return [match for facts in extra for match in rank(wish, [facts])] + ranked

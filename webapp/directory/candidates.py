"""Offers that a question could go to, with everything that matching says about them, in two queries."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import given, read
from webapp.core.statements import Prepared
from webapp.directory.facets import can_arrange
from webapp.directory.models import Offer, OfferSlot, Rest
from webapp.directory.rests import last_day_of_pause
from webapp.directory.rows import Moment
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import LittleDutch, Mood, Room, SignUp
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.prices import PricePer


class Candidate(NamedTuple):
    """Everything about an offer that matching may weigh."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    organisation_name: str
    organisation_kind: OrganisationKind
    name: str
    icon: str
    summary: str
    age_min: int
    age_max: int
    when_note: str
    quiet_months: list[int]
    price_cents: int
    price_per: PricePer
    price_line: str
    has_social_tariff: bool
    has_instalments: bool
    has_loan_gear: bool
    trial_visits: int
    sign_up: SignUp
    area: str
    place: str
    route: str
    reachable_without_car: bool
    mood: Mood
    group_size: int | None
    little_dutch: LittleDutch
    is_alcohol_free: bool
    interests: tuple[Interest, ...]
    arrangements: tuple[Arrangement, ...]
    customs: list[dict[str, Any]]
    room: Room
    capacity: int | None
    free_places: int | None
    waiting: int
    confirmed_at: datetime
    pauses_until: date | None
    slots: tuple[Moment, ...]

    @property
    def can_arrange(self) -> frozenset[Arrangement]:
        """What the association ticked and what follows from its other answers."""
        return can_arrange(self)


_CANDIDATE = (
    Offer.id, Offer.organisation_id, Organisation.name, Organisation.kind, Offer.name, Offer.icon, Offer.summary,
    Offer.age_min, Offer.age_max, Offer.when_note, Offer.quiet_months, Offer.price_cents, Offer.price_per,
    Offer.price_line, Offer.has_social_tariff, Offer.has_instalments, Offer.has_loan_gear, Offer.trial_visits,
    Offer.sign_up, Offer.area, Offer.place, Offer.route, Offer.reachable_without_car, Offer.mood, Offer.group_size,
    Offer.little_dutch, Offer.is_alcohol_free, Offer.interests, Offer.arrangements, Offer.customs, Offer.room,
    Offer.capacity, Offer.free_places, Offer.waiting, Offer.confirmed_at,
)  # fmt: skip


def candidates(ids: Collection[uuid.UUID]) -> list[Candidate]:
    """Those of these offers that are published, in the order of the list; two queries for any number."""
    if not ids:
        return []
    values = {"ids": [*ids], "today": clock.today()}
    moments: dict[uuid.UUID, list[Moment]] = defaultdict(list)
    for slot in read(_MOMENTS, values):
        moments[slot.offer_id].append(Moment(*slot[1:]))
    found: list[list[Any]] = [[*row, tuple(moments[row[0]])] for row in read(_PUBLISHED, values)]
    return [Candidate(*one) for one in found]


_IDS = given("ids", Offer.id, many=True)
_MOMENTS = Prepared(
    lambda: (
        select(OfferSlot.offer_id, OfferSlot.weekday, OfferSlot.starts, OfferSlot.ends, OfferSlot.holidays_only)
        .where(OfferSlot.offer_id.in_(_IDS))
        .order_by(OfferSlot.offer_id, OfferSlot.position, OfferSlot.id)
    )
)
_PUBLISHED = Prepared(
    lambda: (
        select(*_CANDIDATE, last_day_of_pause(given("today", Rest.last_day)))
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(Offer.id.in_(_IDS), Offer.is_published)
        .order_by(Offer.order_key, Offer.id)
    )
)

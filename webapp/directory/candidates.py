"""Every offer that a question could go to, with everything that matching weighs, in two queries."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, func, or_, select

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import db
from webapp.directory.facets import Facet, can_arrange
from webapp.directory.models import Offer, OfferSlot, OfferTag
from webapp.directory.rests import last_day_of_pause
from webapp.directory.rows import Moment
from webapp.vocabulary.ages import AGE_TRAITS, AgeBand
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import LittleDutch, Mood, Room, SignUp
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.prices import PricePer

PLENTY = 40


@dataclass(frozen=True, slots=True)
class Candidate:
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


def candidates(
    age_band: AgeBand | None = None, days: Collection[Weekday] = (), also: Collection[uuid.UUID] = ()
) -> list[Candidate]:
    """The published offers for some age of the band, on one of the days if any are given; two queries.

    An offer without fixed moments is there on every day. Those named in `also` come whatever their age and days, and
    when fewer than PLENTY are for this age on these days every offer comes, so that near misses can be weighed too.
    The order is that of the list.
    """
    conditions: list[SQLColumnExpression[bool]] = [Offer.is_published]
    if age_band:
        first, last = AGE_TRAITS[age_band].first, AGE_TRAITS[age_band].last
        conditions += [Offer.age_min <= last, Offer.age_max >= first]
    if days:
        on_a_day = select(OfferTag.offer_id).where(OfferTag.facet == Facet.DAY, OfferTag.code.in_(list(days)))
        fixed = select(OfferTag.offer_id).where(OfferTag.facet == Facet.DAY)
        conditions.append(or_(Offer.id.in_(on_a_day), Offer.id.not_in(fixed)))
    some = select(Offer.id).where(*conditions).limit(PLENTY).subquery()
    too_few = select(func.count()).select_from(some).scalar_subquery() < PLENTY
    shown = and_(Offer.is_published, or_(and_(*conditions), Offer.id.in_(also), too_few))
    fitting = select(Offer.id).where(shown)
    moments: dict[uuid.UUID, list[Moment]] = defaultdict(list)
    slots = (
        select(OfferSlot.offer_id, OfferSlot.weekday, OfferSlot.starts, OfferSlot.ends, OfferSlot.holidays_only)
        .where(OfferSlot.offer_id.in_(fitting))
        .order_by(OfferSlot.offer_id, OfferSlot.position, OfferSlot.id)
    )
    for slot in db.session.execute(slots):
        moments[slot.offer_id].append(Moment(*slot[1:]))
    query = (
        select(*_CANDIDATE, last_day_of_pause(clock.today()))
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(shown)
        .order_by(Offer.order_key, Offer.id)
    )
    found: list[list[Any]] = [[*row, tuple(moments[row[0]])] for row in db.session.execute(query)]
    return [Candidate(*values) for values in found]

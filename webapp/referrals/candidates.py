"""The offers that a question can go to, as matching reads them and as pages show them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from webapp.accounts.models import Organisation
from webapp.core.db import db
from webapp.directory.models import Offer
from webapp.referrals.match_facts import Custom, OfferFacts, Slot
from webapp.vocabulary.offers import CustomStance, CustomTopic
from webapp.vocabulary.organisation_kinds import ORGANISATION_KIND_ICONS


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that is open to the network: its facts for matching, and its picture and sentence."""

    facts: OfferFacts
    icon: str
    summary: str


def candidates() -> dict[uuid.UUID, Candidate]:
    """Every offer that a question can go to, by its id."""
    query = (
        select(Offer, Organisation.name, Organisation.kind)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(Offer.is_published)
        .options(selectinload(Offer.slots))
        .order_by(Offer.name, Offer.id)
    )
    return {
        offer.id: Candidate(_facts(offer, name), offer.icon or ORGANISATION_KIND_ICONS[kind], offer.summary)
        for offer, name, kind in db.session.execute(query)
    }


def is_open(offer_id: uuid.UUID) -> bool:
    """Whether an offer exists and is open to the network."""
    return db.session.scalar(select(Offer.id).where(Offer.id == offer_id, Offer.is_published)) is not None


def _facts(offer: Offer, organisation: str) -> OfferFacts:
    return OfferFacts(
        id=offer.id,
        name=offer.name,
        organisation_id=offer.organisation_id,
        organisation=organisation,
        age_min=offer.age_min,
        age_max=offer.age_max,
        confirmed_at=offer.confirmed_at,
        slots=tuple(Slot(slot.weekday, slot.starts, slot.ends, slot.holidays_only) for slot in offer.slots),
        quiet_months=tuple(offer.quiet_months),
        price_cents=offer.price_cents,
        price_per=offer.price_per,
        has_social_tariff=offer.has_social_tariff,
        has_instalments=offer.has_instalments,
        has_loan_gear=offer.has_loan_gear,
        trial_visits=offer.trial_visits,
        sign_up=offer.sign_up,
        area=offer.area,
        reachable_without_car=offer.reachable_without_car,
        mood=offer.mood,
        group_size=offer.group_size,
        little_dutch=offer.little_dutch,
        is_alcohol_free=offer.is_alcohol_free,
        interests=offer.interests,
        arrangements=offer.arrangements,
        customs=tuple(_customs(offer.customs)),
        room=offer.room,
        free_places=offer.free_places,
        waiting=offer.waiting,
    )


def _customs(stored: Sequence[dict[str, str]]) -> Iterable[Custom]:
    return (Custom(CustomTopic(one["topic"]), CustomStance(one["stance"])) for one in stored)

"""The offers that a question can go to, as matching reads them and as pages show them."""

import uuid
from dataclasses import dataclass, fields

from sqlalchemy import select

from webapp.core.db import db
from webapp.directory import candidates as directory
from webapp.directory.models import Offer
from webapp.referrals.match_facts import Custom, OfferFacts, Slot
from webapp.vocabulary.offers import CustomStance, CustomTopic
from webapp.vocabulary.organisation_kinds import ORGANISATION_KIND_ICONS

_MADE_ANEW = {"organisation", "slots", "customs", "quiet_months"}
_TAKEN_OVER = [field.name for field in fields(OfferFacts) if field.name not in _MADE_ANEW]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that is open to the network: its facts for matching, and its picture and sentence."""

    facts: OfferFacts
    icon: str
    summary: str


def candidates() -> dict[uuid.UUID, Candidate]:
    """Every offer that a question can go to, by its id. Two queries."""
    return {
        one.id: Candidate(_facts(one), one.icon or ORGANISATION_KIND_ICONS[one.organisation_kind], one.summary)
        for one in directory.candidates()
    }


def is_open(offer_id: uuid.UUID) -> bool:
    """Whether an offer exists and is open to the network."""
    return db.session.scalar(select(Offer.id).where(Offer.id == offer_id, Offer.is_published)) is not None


def _facts(offer: directory.Candidate) -> OfferFacts:
    return OfferFacts(
        **{name: getattr(offer, name) for name in _TAKEN_OVER},
        organisation=offer.organisation_name,
        slots=tuple(Slot(one.weekday, one.starts, one.ends, one.holidays_only) for one in offer.slots),
        customs=tuple(Custom(CustomTopic(one["topic"]), CustomStance(one["stance"])) for one in offer.customs),
        quiet_months=tuple(offer.quiet_months),
    )

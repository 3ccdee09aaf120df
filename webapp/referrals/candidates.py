"""The offers that a question can go to, as matching reads them and as pages show them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import select

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, db, given, read
from webapp.core.statements import Prepared
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


def candidates(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Candidate]:
    """Those of these offers that a question can go to, by their ids, in the order of the list; two queries."""
    found = directory.candidates(ids)
    return {
        one.id: Candidate(_facts(one), one.icon or ORGANISATION_KIND_ICONS[one.organisation_kind], one.summary)
        for one in found
    }


MOST_PICKABLE = 300
_PICKABLE = Prepared(
    lambda: (
        select(Offer.id, Offer.name, Offer.organisation_id, Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(Offer.is_published)
        .order_by((Offer.id == given("first", Offer.id)).desc(), Organisation.name, Offer.name, Offer.id)
        .limit(MOST_PICKABLE)
    )
)


def pickable(first: uuid.UUID | None = None) -> Sequence[AnyRow]:
    """The offers to choose one from, by organisation; `first` is among them however many there are."""
    return read(_PICKABLE, {"first": first or uuid.UUID(int=0)})


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

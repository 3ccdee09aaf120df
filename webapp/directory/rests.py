"""Reading when associations rest: their pauses, together with the quiet months of their offers."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import joinedload

from webapp.core import clock
from webapp.core.db import db, given, read
from webapp.core.numbers import in_one, unpacked
from webapp.core.statements import Prepared
from webapp.directory.models import Offer, Rest
from webapp.directory.queries import visible_to
from webapp.policy.actor import Actor
from webapp.vocabulary.rests import Rests


def rest(rest_id: uuid.UUID) -> Rest | None:
    """One pause."""
    return db.session.get(Rest, rest_id)


def rests_ahead(organisation_id: uuid.UUID) -> Sequence[Rest]:
    """The pauses of an association and its offers that are not over, the first to begin first."""
    return db.session.scalars(
        select(Rest)
        .where(Rest.organisation_id == organisation_id, Rest.last_day >= clock.today())
        .options(joinedload(Rest.offer))
        .order_by(Rest.first_day, Rest.id)
    ).all()


def offers_that_may_rest(organisation_id: uuid.UUID, actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """The offers of an association that this person may read, by name."""
    mine = select(Offer.id, Offer.name).where(Offer.organisation_id == organisation_id, visible_to(actor))
    return [(row.id, row.name) for row in db.session.execute(mine.order_by(Offer.name, Offer.id))]


def of_offer(offer: Offer) -> Rests:
    """When the crew of an offer rests; one statement."""
    return Rests.of(offer.quiet_months, _pauses(offer.organisation_id, offer.id))


def of_organisation(organisation_id: uuid.UUID) -> Rests:
    """When an association as a whole rests; one statement."""
    return Rests.of(pauses=_pauses(organisation_id, None))


_PAUSES = Prepared(
    lambda: select(Rest.first_day, Rest.last_day).where(
        Rest.organisation_id == given("organisation", Rest.organisation_id),
        or_(Rest.offer_id.is_(None), Rest.offer_id == given("offer", Rest.offer_id)),
    )
)


def _pauses(organisation_id: uuid.UUID, offer_id: uuid.UUID | None) -> list[tuple[date, date]]:
    return [
        (row.first_day, row.last_day) for row in read(_PAUSES, {"organisation": organisation_id, "offer": offer_id})
    ]


_OFFERS = Prepared(
    lambda: select(Offer.id, Offer.organisation_id, Offer.quiet_months).where(
        Offer.id.in_(given("offers", Offer.id, many=True))
    )
)
_ALL_PAUSES = Prepared(
    lambda: select(Rest.organisation_id, Rest.offer_id, Rest.first_day, Rest.last_day).where(
        Rest.organisation_id.in_(given("organisations", Rest.organisation_id, many=True))
    )
)


def of_offers(offer_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Rests]:
    """When the crew of each of these offers rests; two statements for any number."""
    if not offer_ids:
        return {}
    offers = read(_OFFERS, {"offers": [*offer_ids]})
    pauses = defaultdict(list)
    for row in read(_ALL_PAUSES, {"organisations": list({one.organisation_id for one in offers})}):
        pauses[row.offer_id or row.organisation_id].append((row.first_day, row.last_day))
    return {one.id: Rests.of(one.quiet_months, [*pauses[one.organisation_id], *pauses[one.id]]) for one in offers}


def pauses_to_come(today: ColumnElement[date]) -> ScalarSelect[str]:
    """In a query about offers: the pauses that are not over, for `pauses_of` to read; NULL when there are none."""
    return (
        select(in_one([Rest.first_day, Rest.last_day]))
        .where(
            Rest.organisation_id == Offer.organisation_id,
            or_(Rest.offer_id.is_(None), Rest.offer_id == Offer.id),
            Rest.last_day >= today,
        )
        .correlate(Offer)
        .scalar_subquery()
    )


def pauses_of(text: str | None) -> list[tuple[date, date]]:
    """The first and last days that `pauses_to_come` found."""
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in unpacked(text)]


def last_day_of_pause(today: date | ColumnElement[date]) -> ScalarSelect[date]:
    """In a query about offers: the last day of the pause that a day is part of, else NULL."""
    return (
        select(func.max(Rest.last_day))
        .where(
            Rest.organisation_id == Offer.organisation_id,
            or_(Rest.offer_id.is_(None), Rest.offer_id == Offer.id),
            Rest.first_day <= today,
            Rest.last_day >= today,
        )
        .correlate(Offer)
        .scalar_subquery()
    )

"""Which offers have not been looked at for long: what Today and the monthly mail remind of."""

import uuid
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, db, given, read
from webapp.core.numbers import Numbers, counted
from webapp.core.statements import Prepared
from webapp.directory.models import Offer, UpkeepMail
from webapp.policy.actor import Actor, Key
from webapp.policy.predicates import ANSWERING, WORKING_AT

ASK_AFTER = timedelta(days=30)
"""An offer that nobody confirmed for so long is asked about, and the same seat is asked at most once in this time."""
OLD = timedelta(days=90)
VERY_OLD = timedelta(days=365)
MOST_SHOWN = 5
MOST_COUNTED = 99


def old_offers_of(actor: Actor) -> Sequence[AnyRow]:
    """The published offers of this person's own organisations that nobody confirmed for 90 days, oldest first."""
    return read(_OLD_OFFERS, {"places": [*actor.places(*WORKING_AT)], "before": clock.now() - OLD})


_OLD_OFFERS = Prepared(
    lambda: (
        select(Offer.id, Offer.name, Offer.confirmed_at, Organisation.name.label("organisation_name"))
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(
            Offer.organisation_id.in_(given("places", Offer.organisation_id, many=True)),
            Offer.is_published,
            Offer.confirmed_at < given("before", Offer.confirmed_at),
        )
        .order_by(Offer.confirmed_at, Offer.id)
        .limit(MOST_SHOWN)
    )
)


_VERY_OLD = select(Offer).where(Offer.is_published, Offer.confirmed_at < given("a_year_ago", Offer.confirmed_at))
_OLDEST = _VERY_OLD.order_by(Offer.confirmed_at, Offer.id).limit(1)
_OF_OLD_OFFERS: dict[Hashable, Any] = {
    "very old": counted(_VERY_OLD.with_only_columns(Offer.id), MOST_COUNTED - 1),
    "oldest": _OLDEST.with_only_columns(Offer.id).scalar_subquery(),
    "oldest since": _OLDEST.with_only_columns(Offer.confirmed_at).scalar_subquery(),
    "oldest at": select(Organisation.name)
    .where(Organisation.id == _OLDEST.with_only_columns(Offer.organisation_id).scalar_subquery())
    .scalar_subquery(),
}


def very_old_offers() -> Numbers:
    """How many published offers nobody confirmed for a year (up to 99), and the oldest: its id, since when, where."""
    return Numbers(_OF_OLD_OFFERS, {"a_year_ago": clock.now() - VERY_OLD})


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The published offers of one association, and who may say for it that they are still right."""

    organisation: Organisation
    offers: tuple[Offer, ...]
    speakers: frozenset[uuid.UUID]

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation that policy asks about."""
        return self.organisation.id

    def offer(self, offer_id: str | None) -> Offer | None:
        """One of the offers, by its id as a form sends it."""
        return next((one for one in self.offers if str(one.id) == offer_id), None)

    def speaker(self, by: Actor) -> Actor:
        """Who is written down: whoever is signed in and works there, else the person to whom the link was sent."""
        if by.holds(*WORKING_AT, at=self.organisation_id):
            return by
        return Actor(person_id=by.holder_of(Key.STILL_RIGHT, self.organisation_id))


def upkeep_of(organisation_id: uuid.UUID) -> Upkeep | None:
    """The offers of an association that others can read, by name; None when there is no such association."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        return None
    offers = db.session.scalars(
        select(Offer)
        .where(Offer.organisation_id == organisation_id, Offer.is_published)
        .options(joinedload(Offer.organisation), selectinload(Offer.slots))
        .order_by(Offer.order_key, Offer.id)
    )
    speakers = db.session.scalars(
        select(Function.person_id)
        .join(Person, Person.id == Function.person_id)
        .where(Function.organisation_id == organisation_id, *_speaks_today())
    )
    return Upkeep(organisation, tuple(offers), frozenset(speakers))


def _speaks_today() -> tuple[Any, ...]:
    return Function.kind.in_(ANSWERING), is_current(clock.today()), Person.is_active


def seats_to_ask() -> Sequence[AnyRow]:
    """The seats of contact points not asked for a month, with each offer that nobody confirmed for a month."""
    since = clock.now() - ASK_AFTER
    asked_lately = exists().where(UpkeepMail.seat_id == Function.id, UpkeepMail.asked_at > since)
    return db.session.execute(
        select(Function.id.label("seat_id"), Offer.id.label("offer_id"))
        .join(Person, Person.id == Function.person_id)
        .join(Offer, and_(Offer.organisation_id == Function.organisation_id, *_older_than(ASK_AFTER)))
        .where(*_speaks_today(), ~asked_lately)
        .order_by(Function.id, Offer.id)
    ).all()


def seat(seat_id: uuid.UUID) -> Function | None:
    """A seat of a contact point that is held today."""
    return db.session.scalar(
        select(Function)
        .join(Person, Person.id == Function.person_id)
        .where(Function.id == seat_id, *_speaks_today())
        .options(joinedload(Function.person), joinedload(Function.organisation))
    )


def to_confirm(organisation_id: uuid.UUID) -> Sequence[Offer]:
    """The offers of an association that nobody confirmed for a month."""
    return db.session.scalars(
        select(Offer)
        .where(Offer.organisation_id == organisation_id, *_older_than(ASK_AFTER))
        .order_by(Offer.order_key, Offer.id)
    ).all()


def _older_than(age: timedelta) -> tuple[Any, ...]:
    return Offer.is_published, Offer.confirmed_at < clock.now() - age

"""Which offers have not been looked at for long: what Today reminds of. Two statements, whatever the size."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import AnyRow, db
from webapp.directory.models import Offer
from webapp.policy.actor import Actor
from webapp.policy.predicates import WORKING_AT

OLD = timedelta(days=90)
VERY_OLD = timedelta(days=365)
MOST_SHOWN = 5
MOST_COUNTED = 99


def old_offers_of(actor: Actor) -> Sequence[AnyRow]:
    """The published offers of this person's own organisations that nobody confirmed for 90 days, oldest first."""
    return db.session.execute(
        select(Offer.id, Offer.name, Offer.confirmed_at, Organisation.name.label("organisation_name"))
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(Offer.organisation_id.in_(actor.places(*WORKING_AT)), *_older_than(OLD))
        .order_by(Offer.confirmed_at, Offer.id)
        .limit(MOST_SHOWN)
    ).all()


def very_old_offers() -> tuple[int, str, datetime | None, uuid.UUID | None]:
    """How many published offers nobody confirmed for a year (up to 99), and the oldest: organisation, moment, id."""
    rows = db.session.execute(
        select(Offer.id, Offer.confirmed_at, Organisation.name, func.count().over().label("number"))
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(*_older_than(VERY_OLD))
        .order_by(Offer.confirmed_at, Offer.id)
        .limit(1)
    ).all()
    if not rows:
        return 0, "", None, None
    return min(rows[0].number, MOST_COUNTED), rows[0].name, rows[0].confirmed_at, rows[0].id


def _older_than(age: timedelta) -> tuple[Any, ...]:
    return Offer.is_published, Offer.confirmed_at < clock.now() - age

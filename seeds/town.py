"""What has been loaded of a town so far."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from webapp.accounts.models import Function, Organisation
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import db, given, read
from webapp.core.statements import Prepared
from webapp.directory.models import Offer
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor, Seat


class Town:
    """Organisations, people, offers and groups, by the keys that the files give them."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.organisations: dict[str, Organisation] = {}
        self.people: dict[str, uuid.UUID] = {}
        self.offers: dict[str, Offer] = {}
        self.groups: dict[str, WorkingGroup] = {}
        self.offer_facts: dict[str, Mapping[str, Any]] = {}

    def day(self, offset: int) -> date:
        """The day so many days from the day of loading."""
        return self.today + timedelta(days=offset)

    def actor(self, who: str) -> Actor:
        """A person with the seats they hold at this moment."""
        person_id = self.people[who]
        db.session.flush()
        rows = read(_SEATS, {"person": person_id, "today": clock.today()})
        seats = tuple(Seat(row.kind, row.id, row.place, row.name) for row in rows)
        return Actor(person_id, who, seats, proven_at=clock.now(), second_factor_at=clock.now())


_SEATS = Prepared(
    lambda: (
        select(Function.kind, Organisation.id, Organisation.kind.label("place"), Organisation.name)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(
            Function.person_id == given("person", Function.person_id), is_current(given("today", Function.begins_on))
        )
        .order_by(Function.begins_on, Function.id)
    )
)

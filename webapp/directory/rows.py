"""Offers as plain rows: what lists show, read without entities."""

import uuid
from datetime import datetime, time
from typing import NamedTuple

from webapp.vocabulary.days import Weekday
from webapp.vocabulary.offers import Room
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.prices import PricePer


class Moment(NamedTuple):
    """One moment in the week of an offer."""

    weekday: Weekday
    starts: time
    ends: time
    holidays_only: bool


class Row(NamedTuple):
    """An offer as a list shows it."""

    id: uuid.UUID
    order_key: str
    organisation_id: uuid.UUID
    organisation_name: str
    organisation_kind: OrganisationKind
    name: str
    icon: str
    summary: str
    age_min: int
    age_max: int
    when_note: str
    price_cents: int
    price_per: PricePer
    price_line: str
    area: str
    place: str
    route: str
    room: Room
    free_places: int | None
    waiting: int
    confirmed_at: datetime
    is_published: bool
    is_public: bool
    slots: tuple[Moment, ...]

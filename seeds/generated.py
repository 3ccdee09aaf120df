"""A town that is being generated: how large it is to be, and what later rows refer to of earlier ones."""

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from seeds.reading import moment

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a town is: each of its groups had so many meetings, each of so many topics."""

    organisations: int = 60
    people: int = 300
    referrals: int = 200
    groups: int = 3
    meetings: int = 6
    topics: int = 5


@dataclass(slots=True)
class Place:
    """What a question needs to know of an offer that it can go to."""

    offer_id: uuid.UUID
    organisation_id: uuid.UUID
    contact_id: uuid.UUID | None


@dataclass(slots=True)
class Generated:
    """The ids that later rows refer to."""

    today: date
    chance: random.Random
    organisations: list[tuple[uuid.UUID, Mapping[str, Any]]] = field(default_factory=list)
    contacts: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    guides: list[tuple[uuid.UUID, uuid.UUID]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def new_id(self) -> uuid.UUID:
        """A random id that is the same for the same seed."""
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def day(self, earliest: int, latest: int) -> date:
        """A day between two numbers of days from today."""
        return self.today + timedelta(days=self.chance.randint(earliest, latest))

    def moment(self, earliest: int, latest: int) -> datetime:
        """A moment on such a day, while people are awake."""
        return moment(self.day(earliest, latest), time(self.chance.randint(9, 20), self.chance.randint(0, 59)))

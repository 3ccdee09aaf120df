"""Who is acting: a person with the seats they hold today, or a guest with a link."""

import enum
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind

FRESH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Seat:
    """One function at one organisation, held today. Of agreements made by others it opens those since `opens_from`."""

    function: FunctionKind
    organisation_id: uuid.UUID
    organisation_kind: OrganisationKind
    organisation_name: str = ""
    opens_from: datetime | None = None

    def reaches(self, moment: datetime | None) -> bool:
        """Whether what somebody else agreed at a moment is open to this seat."""
        return self.opens_from is None or (moment is not None and self.opens_from <= moment)


class Key(enum.StrEnum):
    """What a guest's link opens."""

    ANSWER = "answer"
    VISIT = "visit"
    WELCOME = "welcome"
    STILL_RIGHT = "still_right"
    ACTION = "action"
    MAIL = "mail"
    POLL = "poll"
    POLL_REPLY = "poll_reply"
    SESSION = "session"
    PARTICIPANT = "participant"


class Grant(NamedTuple):
    """A link that was followed: what it opens, and the person it was sent to, if it was sent to somebody."""

    key: Key
    thing_id: uuid.UUID
    person_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts. Rights are decided from this alone, freshly read for every request."""

    person_id: uuid.UUID | None = None
    name: str = ""
    seats: tuple[Seat, ...] = ()
    keys: frozenset[Grant] = field(default_factory=frozenset)
    proven_at: datetime | None = None
    session_id: uuid.UUID | None = None
    second_factor_at: datetime | None = None
    has_second_factor: bool = False
    has_promised: bool = False

    @property
    def is_known(self) -> bool:
        """Signed in."""
        return self.person_id is not None

    @property
    def organisation_id(self) -> uuid.UUID | None:
        """The organisation this person mostly acts for: that of the first seat."""
        return self.seats[0].organisation_id if self.seats else None

    @property
    def organisations(self) -> frozenset[uuid.UUID]:
        """Every organisation where this person holds a seat."""
        return frozenset(seat.organisation_id for seat in self.seats)

    def holds(self, *functions: FunctionKind, at: uuid.UUID | None = None) -> bool:
        """Whether one of the functions is held, anywhere or at one organisation."""
        return any(seat.function in functions and at in (None, seat.organisation_id) for seat in self.seats)

    def places(self, *functions: FunctionKind) -> frozenset[uuid.UUID]:
        """The organisations at which one of the functions is held."""
        return frozenset(seat.organisation_id for seat in self.seats if seat.function in functions)

    def has_key(self, key: Key, thing_id: uuid.UUID) -> bool:
        """Whether a link for this thing was followed."""
        return any((one.key, one.thing_id) == (key, thing_id) for one in self.keys)

    def holder_of(self, key: Key, thing_id: uuid.UUID) -> uuid.UUID | None:
        """The person to whom the followed link for this thing was sent."""
        return next((one.person_id for one in self.keys if (one.key, one.thing_id) == (key, thing_id)), None)

    def speaking_about(self, ask: Any) -> "Actor":
        """Who is written down as having answered: whoever is signed in and may speak for the association, else the
        person to whom the followed link was sent."""
        holder = self.holder_of(Key.ANSWER, ask.id)
        return self if holder is None or self.person_id in ask.speakers else Actor(person_id=holder)

    def speaking_for(self, visit: Any) -> "Actor":
        """The same for a group visit: whoever is signed in, else the person to whom the followed link was sent."""
        holder = self.holder_of(Key.VISIT, visit.id)
        return self if self.is_known or holder is None else Actor(person_id=holder, keys=self.keys)

    def carrying(self, item: Any) -> "Actor":
        """The same for an action of a working group: who is signed in and sits there or carries it, else whom the link
        reached."""
        holder = self.holder_of(Key.ACTION, item.id)
        sits = self.person_id in item.group.member_ids | item.carrier_ids
        return self if sits or holder is None else Actor(person_id=holder, keys=self.keys)

    @property
    def showed_second_factor(self) -> bool:
        """Whether a second factor was shown in this sign-in, when it began or later."""
        return self.second_factor_at is not None

    def proved_since(self, moment: datetime) -> bool:
        """Whether this person showed a second factor within the last 15 minutes before `moment`."""
        return self.second_factor_at is not None and moment - self.second_factor_at <= FRESH

    def proved_at_best(self, moment: datetime) -> bool:
        """Whether this person lately proved who they are as well as they can: by mail for whoever has no second
        factor."""
        by_mail = self.proven_at is not None and moment - self.proven_at <= FRESH
        return self.proved_since(moment) or (by_mail and not self.has_second_factor)


GUEST = Actor()
CLOCK = Actor(name="clock")

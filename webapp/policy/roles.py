"""Which functions exist where, who may give them, and what each may do, worked out from the rules themselves."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from webapp.policy.actor import Actor, Seat
from webapp.policy.permissions import Can
from webapp.policy.predicates import GUIDING, HOUSE, SPEAKING
from webapp.policy.rules import can
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS, OrganisationKind

F, K = FunctionKind, OrganisationKind

BEHIND_SECOND_FACTOR = frozenset({Can.OPEN_CARD, Can.MANAGE_SEATS, Can.SEE_HEALTH})

# Functions that reach beyond one organisation: only who looks after the network may give or end them.
NETWORK_FUNCTIONS = (F.BRIDGE_BUILDER, F.COORDINATOR, F.FACILITATOR, F.ADMINISTRATOR)


def functions_of(kind: OrganisationKind) -> tuple[FunctionKind, ...]:
    """The functions that exist at a kind of organisation."""
    traits = ORGANISATION_TRAITS[kind]
    offers = (F.CONTACT_POINT, F.CREW) if traits.has_offers else ()
    refers = (F.GUIDE, F.REFERRAL_CONTACT) if traits.can_refer else ()
    network = NETWORK_FUNCTIONS if kind is K.YOUTH_SERVICE else ()
    builder = (F.BRIDGE_BUILDER,) if kind is K.YOUTH_WELFARE_WORK else ()
    return offers + refers + network + builder


def needed_at(kind: OrganisationKind) -> tuple[FunctionKind, ...]:
    """The functions without which an organisation of this kind cannot be reached. A school sends young people on;
    should somebody ask it something once, a bridge builder stands in."""
    wanted = (F.REFERRAL_CONTACT,) if kind is K.SCHOOL else (F.CONTACT_POINT, F.REFERRAL_CONTACT)
    return tuple(one for one in wanted if one in functions_of(kind))


def opens_others(function: FunctionKind) -> bool:
    """Whether young people's questions hang on a function, so that nobody gives it from outside all alone."""
    return function in HOUSE


def may_give(actor: Actor, function: FunctionKind, kind: OrganisationKind) -> bool:
    """Whether the actor, who may manage the seats of an organisation of this kind, may give or end this function."""
    if function not in functions_of(kind):
        return False
    return function not in NETWORK_FUNCTIONS or actor.holds(F.COORDINATOR, F.ADMINISTRATOR)


def givable(actor: Actor, kind: OrganisationKind) -> tuple[FunctionKind, ...]:
    """The functions that the actor may give at an organisation of this kind."""
    return tuple(one for one in functions_of(kind) if may_give(actor, one, kind))


def needs_second_factor(actor: Actor) -> bool:
    """Whether something that the actor may do asks for a second factor: cards, functions, the machine itself."""
    return actor.holds(*(one for one in F if permissions_of(one) & BEHIND_SECOND_FACTOR))


HOME, ELSEWHERE, ME, SOMEBODY = (uuid.UUID(int=number) for number in range(1, 5))


@dataclass(frozen=True, slots=True)
class Thing:
    """A stand-in for whatever a rule may ask about: an organisation, an offer, a question, an ask, a plan."""

    id: uuid.UUID = HOME
    organisation_id: uuid.UUID = HOME
    guide_id: uuid.UUID = SOMEBODY
    receiver_id: uuid.UUID | None = None
    chosen_organisation_id: uuid.UUID | None = None
    chosen_ask_id: uuid.UUID = HOME
    seat_is_empty: bool = False
    has_agreement: bool = True
    is_published: bool = True
    is_public: bool = False
    agreed_at: datetime | None = None
    invited_by_id: uuid.UUID = SOMEBODY
    needs_yes: bool = True
    nobody_speaks: bool = True
    to_id: uuid.UUID = ME
    proposed_by_id: uuid.UUID = SOMEBODY
    from_id: uuid.UUID | None = None
    fitting: tuple[FunctionKind, ...] = (*GUIDING, *SPEAKING)
    author_id: uuid.UUID = ME
    added_by_id: uuid.UUID | None = None
    is_about_integrity: bool = False
    contact_ids: frozenset[uuid.UUID] = frozenset()
    person_id: uuid.UUID = ME
    is_along: bool = True
    waits_long: bool = False
    from_organisation_id: uuid.UUID = HOME
    asked_by_id: uuid.UUID = ME
    visibility: str = "open"
    status: str = "announced"
    member_ids: frozenset[uuid.UUID] = frozenset()
    leader_ids: frozenset[uuid.UUID] = frozenset()
    guest_ids: frozenset[uuid.UUID] = frozenset()
    carrier_ids: frozenset[uuid.UUID] = frozenset()
    made_by_id: uuid.UUID = SOMEBODY
    owner_organisation_id: uuid.UUID = HOME
    doing_ids: frozenset[uuid.UUID] = frozenset()
    is_out: bool = True
    facilitator_ids: frozenset[uuid.UUID] = frozenset()
    leading_ids: frozenset[uuid.UUID] = frozenset()
    circle_ids: frozenset[uuid.UUID] = frozenset({ME})
    asked_ids: frozenset[uuid.UUID] = frozenset({ME})
    published_at: datetime | None = None
    reworded_by_ids: frozenset[uuid.UUID] = frozenset()
    author_ids: frozenset[uuid.UUID] = frozenset({ME})

    @property
    def group(self) -> "Thing":
        """The group of a thing."""
        return self

    @property
    def meeting(self) -> "Thing":
        """The meeting of a topic."""
        return self

    @property
    def session(self) -> "Thing":
        """The learning session of a thing."""
        return self

    @property
    def plan(self) -> "Thing":
        """The plan of an action."""
        return self

    @property
    def referral(self) -> "Thing":
        """The question of an ask."""
        return self


def example_of(function: FunctionKind) -> Actor:
    """Somebody who holds this one function, at the kind of organisation where it is most at home."""
    kind = next(kind for kind in _TYPICAL if function in functions_of(kind))
    return Actor(ME, seats=(Seat(function, HOME, kind),))


_TYPICAL = (K.YOUTH_MOVEMENT, K.WELFARE, K.YOUTH_SERVICE)


def _things(actor: Actor) -> tuple[Thing, ...]:
    """One's own organisation and what one has a part in there, a draft too, and the same elsewhere."""
    own = Thing(chosen_organisation_id=HOME)
    guided = replace(own, guide_id=ME, chosen_organisation_id=ELSEWHERE) if can(actor, Can.START_REFERRAL) else own
    led = Thing(ELSEWHERE, ELSEWHERE, is_published=False, member_ids=frozenset({ME}), leader_ids=frozenset({ME}))
    return (
        own,
        guided,
        led,
        replace(own, status="draft"),
        Thing(organisation_id=ELSEWHERE, seat_is_empty=True, is_published=False),
    )


@cache
def permissions_of(function: FunctionKind) -> frozenset[Can]:
    """Everything that somebody with this function may do, somewhere and sometimes."""
    actor = example_of(function)
    return frozenset(one for one in Can if any(can(actor, one, thing) for thing in _things(actor)))


def shared_by_all() -> frozenset[Can]:
    """What everybody who takes part may do."""
    return frozenset.intersection(*(permissions_of(function) for function in FunctionKind))


def own_permissions(function: FunctionKind) -> tuple[Can, ...]:
    """What this function adds to what everybody may do, in the order of the permissions."""
    own = permissions_of(function) - shared_by_all()
    return tuple(one for one in Can if one in own)

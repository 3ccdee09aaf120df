"""The cast: the same few people play in every test. Names and places are invented."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from webapp.accounts.models import DiscretionPromise, Function, Organisation, Person
from webapp.core import clock
from webapp.core.db import db
from webapp.policy.actor import Actor, Seat
from webapp.vocabulary.functions import FunctionKind as F
from webapp.vocabulary.organisation_kinds import OrganisationKind as K
from webapp.vocabulary.organisation_kinds import SecrecyRegime

ORGANISATIONS: dict[str, tuple[str, K]] = {
    "lantaarn": ("De Lantaarn", K.WELFARE),
    "welzijnshuis": ("Welzijnshuis", K.WELFARE),
    "zilverreiger": ("Scouts Zilverreiger", K.YOUTH_MOVEMENT),
    "halvenoot": ("Muziekhuis Halve Noot", K.ARTS),
    "stil": ("Speelclub Rietpluim", K.PLAYGROUND),
    "jeugddienst": ("Jeugddienst", K.YOUTH_SERVICE),
}

# who: (name, [(function, organisation), ...])
PEOPLE: dict[str, tuple[str, list[tuple[F, str]]]] = {
    "hilde": ("Hilde Maes", [(F.GUIDE, "lantaarn")]),
    "pieter": ("Pieter Claes", [(F.GUIDE, "lantaarn")]),
    "lena": ("Lena Smet", [(F.REFERRAL_CONTACT, "lantaarn")]),
    "fatma": ("Fatma Aydin", [(F.GUIDE, "welzijnshuis")]),
    "noor": ("Noor Vermeulen", [(F.CONTACT_POINT, "zilverreiger")]),
    "jef": ("Jef Dierckx", [(F.CREW, "zilverreiger")]),
    "bram": ("Bram Cools", [(F.CONTACT_POINT, "halvenoot")]),
    "yara": ("Yara Peeters", [(F.CONTACT_POINT, "halvenoot"), (F.CREW, "zilverreiger")]),
    "tine": ("Tine Dhondt", [(F.COORDINATOR, "jeugddienst")]),
    "bo": ("Bo Wouters", [(F.BRIDGE_BUILDER, "jeugddienst")]),
    "frank": ("Frank Lemmens", [(F.FACILITATOR, "jeugddienst")]),
    "ada": ("Ada Baert", [(F.ADMINISTRATOR, "jeugddienst")]),
    "moved": ("Mo Verhulst", []),
    "gone": ("Gust Thys", [(F.CONTACT_POINT, "zilverreiger")]),
}


@dataclass
class Cast:
    """The ids of everybody and everything that stands ready in each test."""

    people: dict[str, uuid.UUID] = field(default_factory=dict)
    organisations: dict[str, uuid.UUID] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        """One of the cast as an actor, with fresh proof; 'guest' for nobody."""
        if who == "guest":
            return Actor()
        name, seats = PEOPLE[who]
        held = tuple(
            Seat(kind, self.organisations[place], ORGANISATIONS[place][1], ORGANISATIONS[place][0])
            for kind, place in seats
        )
        return Actor(self.people[who], name, held, proven_at=clock.now(), second_factor_at=clock.now())

    def __getattr__(self, name: str) -> uuid.UUID:
        for group in ("people", "organisations"):
            if name in self.__dict__.get(group, {}):
                found: uuid.UUID = self.__dict__[group][name]
                return found
        raise AttributeError(name)


def settle_in() -> Cast:
    """Write the whole cast to the database and commit."""
    cast = Cast()
    for key, (name, kind) in ORGANISATIONS.items():
        row = Organisation(name=name, kind=kind, area="Centrum", secrecy=SecrecyRegime.DISCRETION)
        db.session.add(row)
        db.session.flush()
        cast.organisations[key] = row.id
    long_ago = clock.today() - timedelta(days=400)
    for key, (name, seats) in PEOPLE.items():
        person = Person(name=name, email=f"{key}@brug.example", phone="0470 00 00 21", is_active=key != "gone")
        db.session.add(person)
        db.session.flush()
        cast.people[key] = person.id
        db.session.add(DiscretionPromise(person_id=person.id, at=clock.now(), edition="1"))
        for kind, place in seats:
            db.session.add(
                Function(person_id=person.id, organisation_id=cast.organisations[place], kind=kind, begins_on=long_ago)
            )
    yesterday = clock.today() - timedelta(days=1)
    db.session.add(
        Function(
            person_id=cast.people["moved"],
            organisation_id=cast.organisations["lantaarn"],
            kind=F.GUIDE,
            begins_on=long_ago,
            ends_on=yesterday,
        )
    )
    db.session.commit()
    return cast

"""Towns of any size with the shapes of Elsterveer: for measurements, and for tests that need many rows.

Rows are written in batches, each in its own transaction, and forgotten again: memory stays the same whatever the
size. The same seed gives the same town. Nobody in it exists, and nothing in it was ever typed by anybody.
"""

import random
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert

from seeds import convening, crossing
from seeds.generated import Generated, Place, Row, Size
from seeds.reading import read, slots, values
from webapp.accounts.models import Function, Organisation, Person
from webapp.core import clock
from webapp.core.db import Base, db
from webapp.core.fulltext import fold
from webapp.directory.facets import order_key, tags_of, words_of
from webapp.directory.measures import measures_of
from webapp.directory.models import Offer, OfferMeasure, OfferSlot, OfferTag, OrganisationTag, Sharing
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.offers import Room
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS

BATCH = 5_000
AREAS = ("Centrum", "Veerkaai", "Molenhoek", "Stationswijk", "Heide")
FIRST_NAMES = ("Amir", "Bieke", "Chadi", "Dorien", "Elif", "Fons", "Goele", "Hamza", "Ineke", "Joke", "Karim", "Leyla")
LAST_NAMES = ("Adriaens", "Bogaerts", "Cissé", "Demir", "Engelen", "Fierens", "Goris", "Hadji", "Ickx", "Janssens")

SMALL_TOWN = Size()


def generate(size: Size = SMALL_TOWN, *, seed: int = 1, today: date | None = None) -> Generated:
    """Fill the database with a town. Commits after every batch; returns the ids for whoever wants to look around."""
    town = Generated(today or clock.today(), random.Random(seed))  # noqa: S311 - invented data, not secrets
    write(_organisations(town, size.organisations))
    write(_people(town, size.people))
    write(_offers(town))
    write(crossing.questions(town, size.referrals))
    write(convening.groups(town, size))
    return town


def write(rows: Iterable[tuple[type[Base], Row]]) -> None:
    """Write rows of any tables, a batch at a time; a row may refer to any row that comes before it."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        by_table: dict[str, list[Row]] = {}
        for model, row in batch:
            by_table.setdefault(model.__tablename__, []).append(row)
        for table in Base.metadata.sorted_tables:
            if several := by_table.get(table.name):
                db.session.execute(insert(table), several)
        db.session.commit()


def _organisations(town: Generated, count: int) -> Iterator[tuple[type[Base], Row]]:
    shapes = read("organisations")
    for number in range(count):
        shape = shapes[number % len(shapes)]
        row = values(shape, "key", "offer") | {
            "id": town.new_id(),
            "name": shape["name"] if number < len(shapes) else f"{shape['name']} {number}",
            "order_key": fold(shape["name"] if number < len(shapes) else f"{shape['name']} {number}"),
            "area": shape["area"] and town.chance.choice(AREAS),
            "partner_contact_email": f"contact{number}@vereniging.example",
            "created_at": town.moment(-900, -300),
            "version": 1,
        }
        town.organisations.append((row["id"], shape | row))
        yield Organisation, row
        for word in sorted(words_of(SimpleNamespace(**row))):
            yield OrganisationTag, {"organisation_id": row["id"], "word": word}


def _people(town: Generated, count: int) -> Iterator[tuple[type[Base], Row]]:
    for number in range(count):
        place_id, place = town.organisations[number % len(town.organisations)]
        person_id = town.new_id()
        name = f"{town.chance.choice(FIRST_NAMES)} {town.chance.choice(LAST_NAMES)}"
        yield (
            Person,
            {
                "id": person_id,
                "name": name,
                "email": f"persoon{number}@brug.example",
                "created_at": town.moment(-800, -300),
                "version": 1,
            },
        )
        for kind in _seats(number // len(town.organisations), place):
            if kind is FunctionKind.CONTACT_POINT:
                town.contacts[place_id] = person_id
            if kind is FunctionKind.GUIDE:
                town.guides.append((person_id, place_id))
            yield (
                Function,
                {
                    "id": town.new_id(),
                    "person_id": person_id,
                    "organisation_id": place_id,
                    "kind": kind,
                    "begins_on": town.day(-800, -100),
                    "ends_on": town.day(1, 300) if town.chance.random() < 0.05 else None,
                },
            )


def _seats(round_: int, place: Mapping[str, Any]) -> tuple[FunctionKind, ...]:
    """The first person of an organisation speaks for it or accompanies, whoever comes later helps."""
    traits = ORGANISATION_TRAITS[place["kind"]]
    if round_ == 0:
        speaks = (FunctionKind.CONTACT_POINT,) if traits.has_offers else (FunctionKind.REFERRAL_CONTACT,)
        return (*speaks, FunctionKind.GUIDE) if traits.can_refer else speaks
    return (FunctionKind.GUIDE,) if traits.can_refer else (FunctionKind.CREW,)


def _offers(town: Generated) -> Iterator[tuple[type[Base], Row]]:
    for place_id, place in town.organisations:
        for shape in place.get("offer", ()):
            row = _offer(town, place_id, place, shape)
            moments = slots(shape)
            findable = SimpleNamespace(**row, slots=moments)
            yield Offer, row | {"order_key": order_key(findable, SimpleNamespace(**place))}
            for position, slot in enumerate(moments):
                yield OfferSlot, {"id": town.new_id(), "offer_id": row["id"], "position": position, **slot._asdict()}
            for facet, code in sorted(tags_of(findable, SimpleNamespace(**place))):
                yield OfferTag, {"offer_id": row["id"], "facet": facet, "code": code}
            if row["is_published"]:
                yield OfferMeasure, {"offer_id": row["id"], **measures_of(findable)}
                town.places.append(Place(row["id"], place_id, town.contacts.get(place_id)))


def _offer(town: Generated, place_id: uuid.UUID, place: Mapping[str, Any], shape: Mapping[str, Any]) -> Row:
    """An offer as its shape says, with a neighbourhood, a price and room of its own."""
    chance = town.chance
    plain = {name: column.default.arg for name, column in Offer.__table__.columns.items()
             if column.default and column.default.is_scalar}  # fmt: skip
    row: Row = plain | {"capacity": None, "free_places": None, "group_size": None, "quiet_months": [], "customs": []}
    row |= values(shape, "key", "slots", "confirmed", "sharing")
    sharing = Sharing(shape["sharing"])
    row |= {
        "id": town.new_id(),
        "organisation_id": place_id,
        "area": row["area"] and place["area"],
        "price_cents": row["price_cents"] and row["price_cents"] + 100 * chance.randint(0, 20),
        "is_published": sharing is not Sharing.DRAFT,
        "is_public": sharing is Sharing.PUBLIC,
        "created_at": town.moment(-600, -400),
        "confirmed_at": town.moment(-390, -1),
        "version": 1,
    }
    if row["room"] is not Room.OPEN and chance.random() < 0.3:
        row |= {"room": Room.FULL, "free_places": None, "waiting": chance.randint(0, 20)}
    return row

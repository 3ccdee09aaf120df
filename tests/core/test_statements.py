"""Prepared queries give the rows that SQLAlchemy gives by itself, are compiled once, and keep nothing but text."""

import gc
import uuid
import weakref
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, and_, event, func, literal, literal_column, not_, null, or_, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import aliased

from tests import factories
from tests.people import Cast
from webapp.accounts.models import Function, Organisation, Person
from webapp.core.db import AnySelect, db, given, read
from webapp.core.statements import Prepared, prepared
from webapp.directory.models import Offer

PLACES = given("places", Organisation.id, many=True)
NOWHERE = uuid.UUID(int=0)
OPENS, NAME = given("opens", Function.opens_from), Organisation.name
_other = aliased(Organisation)
_counted = (
    select(func.count())
    .where(Function.organisation_id == Organisation.id, Function.organisation_id.in_(PLACES))
    .correlate(Organisation)
    .scalar_subquery()
)
_inner = select(_other.id, _other.name).where(_other.id.in_(PLACES)).subquery()
STATEMENTS = {
    "in": select(Organisation.name).where(Organisation.id.in_(PLACES)).order_by(Organisation.name),
    "not in": select(Organisation.name).where(Organisation.id.not_in(PLACES)).order_by(Organisation.name),
    "negated": select(Organisation.name)
    .where(not_(or_(Organisation.id.in_(PLACES), Organisation.name == "?")))
    .order_by(Organisation.name),
    "correlated": select(Organisation.name, _counted).order_by(Organisation.name),
    "subquery": select(Organisation.name, _inner.c.name)
    .outerjoin(_inner, and_(_inner.c.id == Organisation.id))
    .order_by(Organisation.name),
    "its own": select(Organisation.name).where(Organisation.id.in_(PLACES), Organisation.name.not_in(["?", "!"])),
    "its own, none": select(Organisation.name).where(Organisation.id.in_(PLACES), Organisation.name.in_([])),
    "no value": select(Function.id)
    .where(or_(Function.ends_on.is_not(None), ~Function.organisation_id.in_(PLACES)))
    .order_by(Function.id),
}


def _plainly(query: Any, **values: Any) -> Any:
    return db.session.connection().execute(query, values).all()


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("many", [*range(6), 9])
def test_a_list_of_any_length_gives_what_sqlalchemy_gives(cast: Cast, name: str, many: int) -> None:
    all_places = [*db.session.scalars(select(Organisation.id).order_by(Organisation.name)), NOWHERE]
    places = (all_places * 9)[:many]
    found = read(Prepared(lambda: STATEMENTS[name]), {"places": places})
    assert found == _plainly(STATEMENTS[name], places=places)


@pytest.mark.parametrize("model", [Function, Organisation, Person, Offer])
def test_values_of_every_kind_come_back_as_they_were_stored(cast: Cast, model: Any) -> None:
    factories.offer(cast)
    query = select(*model.__table__.columns, func.count().over(), null().label("missing")).order_by(model.id)
    found, plain = read(Prepared(lambda: query), {}), _plainly(query)
    assert found == plain
    assert [[type(value) for value in row] for row in found] == [[type(value) for value in row] for row in plain]
    assert found[0]._fields == plain[0]._fields


def test_values_of_every_kind_are_given_as_they_are_stored(cast: Cast) -> None:
    seat = db.session.scalars(select(Function)).first()
    assert seat
    asked = {name: getattr(seat, name) for name in ("id", "kind", "begins_on", "from_outside")}
    same = [getattr(Function, name) == given(name, getattr(Function, name)) for name in asked]
    query = Prepared(lambda: select(Function.id).where(*same, Function.opens_from.is_not_distinct_from(OPENS)))
    opens = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert read(query, asked | {"opens": None}) == [(seat.id,)]
    seat.opens_from = opens
    db.session.flush()
    assert [len(read(query, asked | {"opens": one})) for one in (opens, opens + timedelta(seconds=1), None)] == [
        1,
        0,
        0,
    ]
    with pytest.raises(KeyError):
        read(query, {})


def test_values_of_its_own_stay_also_nothing_and_signs_of_drivers(cast: Cast) -> None:
    query = select(
        literal(None, String).label("none"), literal("50 % :a"), literal_column("'%(x)s :y %s'").label("text")
    )
    query = query.where(Organisation.name.like("%i%"), Organisation.name != given("name", NAME))
    assert read(Prepared(lambda: query), {"name": ":a %"}) == _plainly(query, name=":a %")
    assert read(Prepared(lambda: query), {"name": ":a %"})[0] == (None, "50 % :a", "%(x)s :y %s")


def test_a_query_is_built_once_for_each_size_and_never_taken_for_another(cast: Cast) -> None:
    built = []

    @prepared
    def at(*, negated: bool) -> AnySelect:
        built.append(negated)
        wanted = Organisation.id.not_in(PLACES) if negated else Organisation.id.in_(PLACES)
        return select(Organisation.id).where(wanted)

    places = [cast.zilverreiger]
    for _again in range(3):
        assert [len(read(at(negated=False), {"places": few})) for few in (places, [NOWHERE])] == [1, 0]
    assert len(read(at(negated=True), {"places": places})) > 1
    assert built == [False, False, True, True]  # for the names of its lists, and for the one size


def test_nothing_is_kept_of_a_query_but_its_text(cast: Cast) -> None:
    alive: list[weakref.ref[Any]] = []

    def build() -> AnySelect:
        query = select(Organisation.name).where(Organisation.id.in_(PLACES)).limit(3)
        alive.append(weakref.ref(query))
        return query

    query = Prepared(build)
    read(query, {"places": [NOWHERE]})
    gc.collect()
    assert alive
    assert {one() for one in alive} == {None}
    assert read(query, {"places": [NOWHERE]}) == []


def test_faults_of_the_database_are_those_of_sqlalchemy(cast: Cast) -> None:
    query = Prepared(lambda: select(literal_column("nothing.at_all")).where(Organisation.name == given("name", NAME)))
    with pytest.raises(DBAPIError) as plain:
        _plainly(query.build(), name="?")
    db.session.rollback()
    with pytest.raises(DBAPIError) as told:
        read(query, {"name": "?"})
    assert type(told.value) is type(plain.value)
    assert str(told.value.orig) == str(plain.value.orig)
    db.session.rollback()


def test_a_connection_that_is_gone_is_not_used_again(app: Flask, cast: Cast) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("a file does not go away")
    query = Prepared(lambda: select(func.pg_terminate_backend(func.pg_backend_pid())))
    with pytest.raises(OperationalError) as told:
        read(query, {})
    assert told.value.connection_invalidated
    db.session.rollback()
    assert read(Prepared(lambda: select(literal_column("1").label("one"))), {}) == [(1,)]


def test_whoever_listens_to_the_database_hears_it(cast: Cast) -> None:
    heard = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, *_more: Any) -> None:
        heard.append((text.split()[0], values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        read(Prepared(lambda: STATEMENTS["in"]), {"places": [NOWHERE]})
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    verb, values = heard[-1]
    first = values[0] if isinstance(values, list) else values["places_0"]
    assert (verb, str(first).replace("-", "")) == ("SELECT", NOWHERE.hex)

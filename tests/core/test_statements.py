"""Statements that are built once give the rows that SQLAlchemy gives by itself, and are compiled once."""

import uuid

import pytest
from sqlalchemy import and_, func, not_, or_, select
from sqlalchemy.orm import aliased

from tests.people import Cast
from webapp.accounts.models import Function, Organisation
from webapp.core import statements
from webapp.core.db import db, given, read
from webapp.vocabulary.functions import FunctionKind

PLACES = given("places", Organisation.id, many=True)
NOWHERE = uuid.UUID(int=0)
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
    "no value": select(Function.id)
    .where(or_(Function.ends_on.is_not(None), ~Function.organisation_id.in_(PLACES)))
    .order_by(Function.id),
}


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("many", range(6))
def test_a_list_of_any_length_gives_what_sqlalchemy_gives(cast: Cast, name: str, many: int) -> None:
    all_places = [*db.session.scalars(select(Organisation.id).order_by(Organisation.name)), NOWHERE]
    values = {"places": all_places[:many]}
    assert read(STATEMENTS[name], values) == db.session.connection().execute(STATEMENTS[name], values).all()


def test_a_statement_is_compiled_once_and_never_taken_for_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = select(Organisation.id).where(Organisation.id.in_(PLACES))
    second = select(Function.id).where(Function.kind == FunctionKind.GUIDE, Function.organisation_id.in_(PLACES))
    places = [cast.zilverreiger]
    assert len(read(first, {"places": places})) == 1
    of_second = db.session.connection().execute(second, {"places": places}).all()
    assert read(second, {"places": places}) == of_second
    monkeypatch.setattr(type(first), "_compiler", None)
    assert len(read(first, {"places": places})) == 1
    assert len(read(first, {"places": [NOWHERE]})) == 0
    assert read(second, {"places": places}) == of_second


def test_what_is_kept_has_an_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MOST_COMPILED", 5)
    for number in range(12):
        read(select(Organisation.id).limit(number), {})
    assert len(statements.BUILT_ONCE["compiled_cache"]) <= 5

"""Whoever only reads gets records: like the entities, at the price of rows, and never to be changed."""

import uuid
from datetime import time

import pytest
from flask import Flask
from sqlalchemy import inspect

from bench.measure import queries
from tests import factories
from tests.people import Cast
from webapp.accounts.models import Organisation
from webapp.core.db import Base, db, given, reading
from webapp.core.records import Record, Together
from webapp.directory.models import Offer, OfferSlot, Sharing
from webapp.vocabulary.days import Weekday

THIS = Offer.id == given("offer_id", Offer.id)
OFFER = Together(Offer, Offer.organisation, Offer.slots, where=THIS)
ALONE = Together(Offer, where=THIS)


@pytest.fixture
def offer_id(app: Flask, cast: Cast) -> uuid.UUID:
    """An offer whose second moment in the week was written down first."""
    row = factories.offer(cast)
    offer_id = row.id
    row.slots = [OfferSlot(position=place, weekday=day, starts=time(14), ends=time(17)) for place, day in MOMENTS]
    db.session.commit()
    db.session.remove()
    return offer_id


MOMENTS = (1, Weekday.SATURDAY), (0, Weekday.WEDNESDAY)


def found(asked: Together[Offer], offer_id: uuid.UUID) -> Offer:
    thing = asked.one({"offer_id": offer_id})
    assert thing
    return thing


def columns(thing: Base, of: type[Base]) -> dict[str, object]:
    return {one.key: getattr(thing, one.key) for one in inspect(of).column_attrs}


def test_who_reads_gets_a_record_and_who_may_write_the_entity(offer_id: uuid.UUID) -> None:
    assert isinstance(found(OFFER, offer_id), Offer)
    with reading():
        assert isinstance(found(OFFER, offer_id), Record)
    assert OFFER.one({"offer_id": uuid.uuid4()}) is None
    with reading():
        assert OFFER.one({"offer_id": uuid.uuid4()}) is None


def test_a_record_is_as_the_entity_is(offer_id: uuid.UUID) -> None:
    entity = found(OFFER, offer_id)
    with reading(), queries(db.engine) as asked:
        record = found(OFFER, offer_id)
        assert columns(record, Offer) == columns(entity, Offer)
        assert columns(record.organisation, Organisation) == columns(entity.organisation, Organisation)
        assert [columns(one, OfferSlot) for one in record.slots] == [columns(one, OfferSlot) for one in entity.slots]
        assert [one.weekday for one in record.slots] == [Weekday.WEDNESDAY, Weekday.SATURDAY]
        assert record.sharing is Sharing.NETWORK, "properties of the class work too"
    assert len(asked) == 1


def test_what_is_not_there_is_none_or_an_empty_list(offer_id: uuid.UUID) -> None:
    entity = found(OFFER, offer_id)
    entity.slots.clear()
    db.session.commit()
    together = Together(Offer, Offer.slots, Offer.measure, where=THIS)
    measured = found(together, offer_id).measure is not None
    with reading():
        record = found(together, offer_id)
        assert (record.slots, record.measure is not None) == ([], measured)


def test_what_was_not_asked_for_is_looked_up_when_it_is_wanted(offer_id: uuid.UUID, cast: Cast) -> None:
    with reading(), queries(db.engine) as asked:
        record = found(ALONE, offer_id)
        assert len(asked) == 1
        assert record.organisation.name == found(OFFER, offer_id).organisation.name
        with pytest.raises(AttributeError, match="has no nothing"):
            record.nothing  # type: ignore[attr-defined]  # noqa: B018 - that is the point


def test_a_record_cannot_be_changed_but_noted_on(offer_id: uuid.UUID) -> None:
    with reading():
        record = found(OFFER, offer_id)
        for name in ("name", "organisation"):
            with pytest.raises(AttributeError, match="cannot be changed"):
                setattr(record, name, None)
        with pytest.raises(AttributeError, match="cannot be changed"):
            record.sharing = Sharing.DRAFT
        record.speakers = frozenset({offer_id})  # type: ignore[attr-defined]  # no part of an offer
        assert record.speakers == frozenset({offer_id})  # type: ignore[attr-defined]


def test_an_entity_made_of_a_row_is_as_one_that_the_session_loads(offer_id: uuid.UUID) -> None:
    made = found(OFFER, offer_id)
    assert made in db.session
    assert not db.session.dirty
    assert not inspect(made).unloaded & {"organisation", "slots", *columns(made, Offer)}
    told = (
        columns(made, Offer),
        columns(made.organisation, Organisation),
        [columns(one, OfferSlot) for one in made.slots],
    )
    db.session.expunge_all()
    loaded = db.session.get_one(Offer, offer_id)
    assert loaded is not made
    assert told == (
        columns(loaded, Offer),
        columns(loaded.organisation, Organisation),
        [columns(one, OfferSlot) for one in loaded.slots],
    )


def test_an_entity_made_of_a_row_can_be_changed(offer_id: uuid.UUID) -> None:
    made = found(OFFER, offer_id)
    made.summary, made.organisation.area = "Anders dan voorheen", "Heide"
    made.slots.pop()
    db.session.commit()
    db.session.remove()
    again = found(OFFER, offer_id)
    assert (again.summary, again.organisation.area, len(again.slots)) == ("Anders dan voorheen", "Heide", 1)


def test_what_the_session_has_already_stays_as_somebody_changed_it(offer_id: uuid.UUID) -> None:
    mine = found(OFFER, offer_id)
    mine.summary = "Net getypt"
    mine.slots.clear()
    assert found(OFFER, offer_id) is mine
    assert (mine.summary, mine.slots) == ("Net getypt", [])
    db.session.rollback()
    assert found(OFFER, offer_id).summary != "Net getypt"


def test_what_was_changed_a_moment_ago_is_found(offer_id: uuid.UUID) -> None:
    mine = found(ALONE, offer_id)
    mine.is_published = not mine.is_published
    there = Together(Offer, where=THIS & (Offer.is_published == mine.is_published))
    assert found(there, offer_id) is mine

"""Towns of any size: the same for one seed, with the shapes that the areas themselves would write."""

from collections import Counter
from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from seeds import generate
from seeds.generate import Size
from seeds.reading import moment
from webapp.accounts.models import Function, Organisation, Person
from webapp.core import clock, crypto
from webapp.core.crypto import Place
from webapp.core.db import Base, db
from webapp.directory.facets import order_key, tags_of, words_of
from webapp.directory.models import Offer, OrganisationTag
from webapp.groups import queries
from webapp.groups.models import ActionItem, Membership, WorkingGroup
from webapp.meetings import record
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Meeting
from webapp.meetings.queries import agenda
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.functions import FunctionKind

SIZE = Size(organisations=30, people=70, referrals=150)
DAY = date(2026, 11, 24)


@pytest.fixture
def town(app: Flask) -> generate.Generated:
    return generate.generate(SIZE, seed=7, today=DAY)


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_is_as_large_as_asked(app: Flask) -> None:
    before = {model: count(model) for model in (Organisation, Person, Referral)}
    generate.generate(SIZE, today=DAY)
    added = {model: count(model) - number for model, number in before.items()}
    assert added == {Organisation: 30, Person: 70, Referral: 150}


def test_the_same_seed_gives_the_same_town() -> None:
    def ids(seed: int) -> list[object]:
        town = generate.Generated(DAY, generate.random.Random(seed))
        return [row["id"] for model, row in generate._organisations(town, 30) if model is Organisation]

    assert ids(1) == ids(1) != ids(2)


def test_offers_are_found_as_if_people_had_written_them(town: generate.Generated) -> None:
    offers = db.session.scalars(
        select(Offer).options(selectinload(Offer.tags), selectinload(Offer.slots), selectinload(Offer.organisation))
    ).all()
    assert len(offers) > 15
    for offer in offers:
        assert {(tag.facet, tag.code) for tag in offer.tags} == tags_of(offer, offer.organisation)
        assert offer.order_key == order_key(offer, offer.organisation)
    words: dict[object, set[str]] = {}
    for tag in db.session.scalars(select(OrganisationTag)):
        words.setdefault(tag.organisation_id, set()).add(tag.word)
    made = {one for one, _ in town.organisations}
    for organisation in db.session.scalars(select(Organisation).where(Organisation.id.in_(made))):
        assert words[organisation.id] == words_of(organisation)


def test_questions_stand_everywhere_and_their_asks_agree(town: generate.Generated) -> None:
    questions = db.session.scalars(select(Referral).options(selectinload(Referral.asks))).all()
    assert {question.status for question in questions} == set(ReferralStatus)
    for question in questions:
        states = Counter(ask.status for ask in question.asks)
        has_place = question.status in (ReferralStatus.WELCOMING, ReferralStatus.TRYING, ReferralStatus.SETTLED)
        assert states[AskStatus.CHOSEN] == has_place == question.has_agreement
        assert (question.chosen_ask_id in {ask.id for ask in question.asks}) == has_place
        assert bool(question.asks) == (question.status is not ReferralStatus.DRAFT)
        if question.own_words_sealed:
            place = Place("referral", "own_words", question.id)
            assert crypto.ring().open(question.data_key or "", place, question.own_words_sealed)
    assert set(db.session.scalars(select(Ask.version))) == {1, 2}


def test_groups_met_as_often_as_asked_and_their_minutes_add_up(town: generate.Generated) -> None:
    groups = db.session.scalars(select(WorkingGroup)).all()
    assert len(groups) == SIZE.groups
    for group in groups:
        with clock.at(moment(DAY, time(12))):
            queries.with_members(group)
        meetings = db.session.scalars(select(Meeting).where(Meeting.group_id == group.id)).all()
        assert len(meetings) == SIZE.meetings
        assert {meeting.status for meeting in meetings} == {status for status in MeetingStatus if status != "draft"}
        for meeting in meetings:
            topics = agenda(meeting.id)
            lines = record.lines(meeting.id)
            assert len(topics) == SIZE.topics
            assert lines.keys() <= {topic.id for topic in topics}
            assert bool(lines) == (meeting.opened_at is not None)
            assert all(line.words or line.statement or line.title for several in lines.values() for line in several)
    carried = set(db.session.scalars(select(ActionItem.owner_id)))
    assert carried <= set(db.session.scalars(select(Membership.person_id)))


def test_guides_and_contacts_hold_their_seats(town: generate.Generated) -> None:
    held = {
        (person, place, kind)
        for person, place, kind in db.session.execute(
            select(Function.person_id, Function.organisation_id, Function.kind)
        )
    }
    assert town.guides
    assert {(person, place, FunctionKind.GUIDE) for person, place in town.guides} <= held
    assert {(person, place, FunctionKind.CONTACT_POINT) for place, person in town.contacts.items()} <= held

"""The fictional town: complete, believable on any day, and careful about people."""

import re
from collections import Counter
from datetime import time, timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from seeds import load
from seeds.reading import FOLDER, moment, read, values
from seeds.town import Town
from tests.seeds.conftest import TUESDAY
from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.queries import speakers_at
from webapp.core import clock
from webapp.core.db import db
from webapp.core.history import History
from webapp.core.outbox import Job
from webapp.directory.models import Offer
from webapp.notifications.models import Notice
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Agreement, Ask, ContactCard, Referral
from webapp.vocabulary.care import CareKind, find
from webapp.vocabulary.functions import FunctionKind

R = ReferralStatus


def status_of(code: str) -> ReferralStatus:
    alias = next(entry["alias"] for entry in read("referrals") if entry["code"] == code)
    return db.session.scalars(select(Referral.status).where(Referral.alias == alias)).one()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_everything_in_the_files_is_there(town: Town) -> None:
    assert count(Organisation) == 22
    assert count(Person) == len(read("people")) == 37
    assert count(Offer) == 16
    assert count(Referral) == len(read("referrals")) == 23
    offers = {offer.name: offer for offer in db.session.scalars(select(Offer).options(selectinload(Offer.slots)))}
    sunday = offers["Zondagwerking"]
    assert (sunday.price_cents, sunday.capacity, sunday.waiting) == (4500, 120, 14)
    assert [(slot.weekday.value, slot.starts, slot.ends) for slot in sunday.slots] == [("sun", time(14), time(17))]
    assert [offer.name for offer in offers.values() if not offer.is_published] == ["Fietsen herstellen op het plein"]


def test_the_questions_stand_where_the_story_leaves_them(town: Town) -> None:
    expected = {
        "BADO-11": R.TRYING, "KOZU-27": R.WELCOMING, "LUMO-03": R.TRYING, "TUVE-58": R.CHOOSING,
        "NOZI-42": R.CHOOSING, "PELU-19": R.SEEKING, "RIMO-64": R.SETTLED, "SUFO-90": R.SETTLED,
        "VUDO-35": R.DRAFT, "WUNO-72": R.CHOOSING, "GOTA-08": R.WELCOMING, "HILO-51": R.PAUSED,
        "JOPA-66": R.CHOOSING, "MUKO-24": R.STOPPED, "ZUBO-13": R.STOPPED, "WAFU-77": R.CHOOSING,
        "DIRA-30": R.SEEKING, "FIMA-52": R.WELCOMING, "NELU-16": R.WELCOMING,
    }  # fmt: skip
    assert {code: status_of(code) for code in expected} == expected
    assert set(db.session.scalars(select(Ask.status))) == set(AskStatus)
    assert set(expected.values()) == set(ReferralStatus)


def test_the_past_happened_at_its_own_time(town: Town) -> None:
    moments = list(db.session.scalars(select(History.at).order_by(History.at)))
    assert moments[-1] < clock.now() or moments[-1].date() < TUESDAY
    assert moments[0].astimezone(clock.BRUSSELS).date() == town.day(load.NETWORK_BEGAN)
    steps = list(
        db.session.scalars(
            select(History.step)
            .join(Referral, Referral.id == History.thing_id)
            .where(Referral.alias == "shell")
            .order_by(History.at)
        )
    )
    assert steps[:6] == ["start", "send", "hear", "choose", "agree", "plan"]
    assert steps[-1] == "settle"


def test_only_news_of_these_days_waits(town: Town) -> None:
    old = clock.now() - timedelta(days=400)
    assert db.session.scalar(select(func.count()).where(Notice.read_at.is_(None))) < 25
    assert db.session.scalars(select(Notice.created_at).where(Notice.created_at > old)).first()
    asked_for = db.session.scalars(select(Job.created_at)).all()
    assert asked_for
    assert all(clock.local(at).date() >= town.day(load.STILL_NEWS) for at in asked_for)


def test_seats_tell_their_own_story(town: Town) -> None:
    with clock.at(moment(TUESDAY, time(12))):
        assert speakers_at(town.organisations["korenbloem"].id)[1]
        assert not speakers_at(town.organisations["roerdomp"].id)[1]
    ends = list(db.session.scalars(select(Function.ends_on).where(Function.ends_on.is_not(None))))
    assert any(TUESDAY < day <= town.day(30) for day in ends), "one seat ends soon"
    places = Counter(
        db.session.execute(select(Function.person_id, Function.organisation_id).distinct()).scalars().all()
    )
    assert max(places.values()) == 2, "somebody works for two organisations"


def test_everybody_of_the_demo_has_the_seat_of_their_role(town: Town) -> None:
    seats = {
        "volunteer": FunctionKind.CONTACT_POINT,
        "youth_council": FunctionKind.CONTACT_POINT,
        "guide": FunctionKind.GUIDE,
        "coordinator": FunctionKind.COORDINATOR,
        "bridge_builder": FunctionKind.BRIDGE_BUILDER,
        "facilitator": FunctionKind.FACILITATOR,
        "administrator": FunctionKind.ADMINISTRATOR,
    }
    people = load.demo_people()
    assert people.keys() == seats.keys()
    for role, email in people.items():
        kinds = db.session.scalars(select(Function.kind).join(Function.person).where(Person.email == email)).all()
        assert seats[role] in kinds


def test_a_withdrawn_agreement_left_no_card(town: Town) -> None:
    cards = set(db.session.scalars(select(ContactCard.referral_id)))
    withdrawn = db.session.scalars(select(Agreement.referral_id).where(Agreement.withdrawn_at.is_not(None))).all()
    assert withdrawn
    assert cards.isdisjoint(withdrawn)
    assert len(cards) == 9


def test_addresses_are_of_nobody() -> None:
    text = "".join(path.read_text() for path in FOLDER.glob("*.toml"))
    hosts = set(re.findall(r"(?:\w@|https://)([\w.-]+)", text))
    assert hosts
    assert all(host.endswith(".example") for host in hosts)
    phones = set(re.findall(r'"(0\d{3} [\d ]+)"', text))
    assert len(phones) > 25
    assert all(phone.startswith("0470 00 ") for phone in phones)


def test_the_words_of_young_people_name_nobody() -> None:
    for entry in read("referrals"):
        told = [entry.get("words", ""), *(step.get("words", "") for step in entry["step"])]
        found = [finding.kind for text in told for finding in find(text) if finding.kind is not CareKind.NAME]
        assert found == [], entry["code"]


def test_codes_in_the_files_are_codes_of_the_vocabulary() -> None:
    for entry in read("organisations"):
        assert values(entry)
        for offer in entry.get("offer", ()):
            assert values(offer)["interests"]
            assert {custom["stance"] for custom in offer["customs"]} <= {"fixed", "can_move", "open_to_talk"}


def test_a_database_with_people_is_left_alone(app: Flask) -> None:
    before = count(Organisation)
    assert "nothing was loaded" in load.load_if_empty()
    assert count(Organisation) == before

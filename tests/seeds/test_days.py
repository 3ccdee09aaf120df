"""The fictional town is believable on any day that it is loaded."""

from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from seeds import load
from seeds.reading import first_time, moment, read
from seeds.story import Question
from seeds.town import Town
from tests.seeds.conftest import TUESDAY
from webapp.accounts.models import Function, Organisation, Person
from webapp.core import clock
from webapp.core.db import db
from webapp.directory.models import Offer
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Ask, CheckIn, Referral, WelcomePlan

LEAP_DAY = date(2028, 2, 29)
CLOCKS_GO_BACK = date(2026, 10, 25)


@pytest.mark.parametrize("today", [LEAP_DAY, CLOCKS_GO_BACK], ids=str)
def test_first_times_happen_when_the_offer_does(app: Flask, today: date) -> None:
    for model in (Function, Person, Organisation):
        db.session.execute(delete(model))
    town = load.load(today)
    for plan, status in db.session.execute(
        select(WelcomePlan, Referral.status).join(Referral, Referral.id == WelcomePlan.referral_id)
    ):
        first = plan.starts_at.astimezone(clock.BRUSSELS)
        assert (first.date() > today) == (status is ReferralStatus.WELCOMING)
        offer = db.session.scalars(select(Offer).join(Ask, Ask.offer_id == Offer.id).where(Ask.id == plan.ask_id)).one()
        assert (first.weekday(), first.time()) in {
            (["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(slot.weekday), slot.starts) for slot in offer.slots
        }
    assert db.session.scalars(select(CheckIn.due_on).where(CheckIn.mood.is_(None)).order_by(CheckIn.due_on)).first()
    assert town.today == today


@pytest.mark.parametrize("today", [TUESDAY + timedelta(days=days) for days in range(21)], ids=str)
def test_every_story_happens_in_order_and_in_the_past(today: date) -> None:
    town = Town(today)
    for place in read("organisations"):
        town.offer_facts |= {f"{place['key']}.{offer['key']}": offer for offer in place.get("offer", ())}
    for entry in read("referrals"):
        moments = [at for at, _, _ in Question(town, entry, 17).steps()]
        assert moments == sorted(moments), entry["code"]
        assert moments[-1] < moment(today, time(0)), entry["code"]


@pytest.mark.parametrize("day", [*range(-10, 0), *range(1, 10)])
def test_a_first_time_stays_on_its_side_of_today(day: int) -> None:
    offer = {"slots": [["sun", "14:00", "17:00"]]}
    first = first_time(offer, TUESDAY, day)
    assert first.weekday() == 6
    assert (first.date() < TUESDAY) == (day < 0)
    assert abs((first.date() - TUESDAY).days - day) <= 6

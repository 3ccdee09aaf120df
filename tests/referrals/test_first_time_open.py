"""A place was chosen and nothing is planned: both sides are asked once, and then it shows among what lies still."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of, notices
from tests.referrals.test_reminding import sweep
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals import actions, agreements, overdue, talk, welcome
from webapp.referrals.agreements import Identity, Said
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, PostKind, ReminderKind
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral, Reminder
from webapp.vocabulary.outcomes import Outcome

MONDAY = datetime(2026, 11, 23, 15, tzinfo=clock.BRUSSELS)
ASKED, LATE = date(2026, 11, 30), date(2026, 12, 7)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.BRUSSELS)


@pytest.fixture
def chosen(cast: Cast) -> uuid.UUID:
    with clock.at(MONDAY):
        return id_of(factories.chosen(cast))


def test_after_five_working_days_both_sides_after_ten_whoever_thinks_along(
    browse: Browse, cast: Cast, chosen: uuid.UUID
) -> None:
    page, help_at = f"/toeleidingen/{chosen}", f"/toeleidingen/{chosen}/meedenken"
    sweep(date(2026, 11, 27))
    assert "first_time_open" not in notices(cast, "hilde")
    sweep(ASKED)
    assert notices(cast, "hilde").count("first_time_open") == 1
    assert notices(cast, "bram").count("first_time_open") == 1
    with clock.at(at_noon(ASKED)):
        assert str(chosen) not in browse("bo").get("/").text
    sweep(LATE)
    assert notices(cast, "hilde").count("first_time_open") == 1
    assert notices(cast, "bo") == []
    with clock.at(at_noon(LATE)):
        for who in ("bo", "tine"):
            today = browse(who).get("/")
            assert today.says("Er is een plek gekozen, maar nog geen eerste keer gepland.")
            assert "Muziekhuis Halve Noot" not in today.words, "by the alias alone"
        for who in ("hilde", "bram"):
            assert browse(who).get(page).says("Beide kanten kregen de vraag naar een eerste keer")
        assert overdue.stuck_referral(chosen)
        db.session.rollback()
        bo = browse("bo")
        assert bo.post(help_at).status == 303
        assert notices(cast, "hilde")[-1] == "help_offered"
        assert "geen eerste keer gepland" not in bo.get("/").words
        assert "geen eerste keer gepland" in browse("tine").get("/").words
    with clock.at(at_noon(LATE + timedelta(days=8))):
        assert "geen eerste keer gepland" in browse("bo").get("/").words


@pytest.mark.parametrize("act", ["plan", "pause", "seek_again", "stop"])
def test_it_stops_as_soon_as_somebody_acts(browse: Browse, cast: Cast, chosen: uuid.UUID, act: str) -> None:
    sweep(ASKED)
    sweep(LATE)
    with clock.at(at_noon(LATE)):
        referral, hilde = again(Referral, chosen), cast.actor("hilde")
        if act == "plan":
            plan = welcome.Plan(
                "Bram", starts_at=clock.now() + timedelta(days=4), place="Kaai 3", phone="0470 00 00 21"
            )
            welcome.plan(referral, plan, by=cast.actor("bram"))
        elif act == "pause":
            actions.pause(referral, date(2027, 2, 1), by=hilde)
        elif act == "seek_again":
            actions.seek_again(referral, by=hilde)
        else:
            actions.stop(referral, Outcome.FIT, by=hilde)
        db.session.commit()
        assert "geen eerste keer gepland" not in browse("bo").get("/").words
        assert overdue.stuck_referral(chosen) is None
        db.session.rollback()


@pytest.mark.parametrize("act", ["agree", "write"])
def test_a_step_on_the_way_begins_the_count_again(cast: Cast, chosen: uuid.UUID, act: str) -> None:
    with clock.at(at_noon(date(2026, 11, 27))):
        referral = again(Referral, chosen)
        if act == "agree":
            said = Said(AgreedBy.SELF, AgreedHow.TOGETHER, clock.today(), date(2027, 3, 1), understood=True)
            card = Identity("Zus", ContactRoute.GUIDE, "")
            agreements.record(referral, said, card, by=cast.actor("hilde"))
        else:
            talk.write(referral, PostKind.MESSAGE, "Zaterdag zou lukken.", by=cast.actor("bram"))
        db.session.commit()
    sweep(date(2026, 12, 3))
    assert "first_time_open" not in notices(cast, "hilde")
    sweep(date(2026, 12, 4))
    assert notices(cast, "hilde").count("first_time_open") == 1


def test_rows_of_before_say_nothing_about_another_place_that_is_chosen_later(cast: Cast, chosen: uuid.UUID) -> None:
    sweep(ASKED)
    sweep(LATE)
    with clock.at(at_noon(LATE)):
        referral = again(Referral, chosen)
        actions.seek_again(referral, by=cast.actor("hilde"))
        db.session.commit()
        told = db.session.scalars(select(Reminder).where(Reminder.kind == ReminderKind.FIRST_TIME_LATE)).all()
        assert len(told) == 1
        referral.status, referral.chosen_organisation_id = ReferralStatus.WELCOMING, cast.zilverreiger
        referral.chosen_ask_id = factories.ask_of(referral, cast.zilverreiger).id
        db.session.commit()
        assert overdue.stuck_referral(chosen) is None
        db.session.rollback()

"""One nudge, then the bridge builder, then a quiet close: on working days, while nobody rests, each once."""

import re
import uuid
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import factories
from tests.core.together import at_once
from tests.people import Cast
from tests.referrals.steps import again, by_link, id_of, notices, status_of
from tests.support.browse import Browse
from webapp.accounts.models import Function, Organisation
from webapp.core import clock, links, outbox
from webapp.core.db import db
from webapp.core.links import Link
from webapp.core.sweeps import SWEEPS, run_sweeps
from webapp.directory import resting, rests
from webapp.directory.actions import SlotInput, edit_offer
from webapp.directory.models import Offer
from webapp.notifications.models import Notice
from webapp.referrals import actions, answering, reminding
from webapp.referrals.codes import ReminderKind
from webapp.referrals.models import Ask, Referral, Reminder
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.rests import RestKind

MONDAY = datetime(2026, 11, 23, 15, tzinfo=clock.BRUSSELS)
MOMENTS = [SlotInput(Weekday.SATURDAY, time(14), time(17), False)]
NUDGED, TOLD, LAST = date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 11)


def sweep(day: date, hour: int = 10) -> None:
    """What the clocks do on a day, twice: the second time nothing is left to do."""
    with clock.at(datetime.combine(day, time(hour), clock.BRUSSELS)):
        for _ in range(2):
            run_sweeps(outbox.Claimed(uuid.uuid4(), "sweeps", {}, clock.now(), 1))
            db.session.commit()


def sent(cast: Cast, moment: datetime = MONDAY) -> tuple[Referral, Ask]:
    with clock.at(moment):
        referral = factories.sent(cast, ["zilverreiger"])
    return referral, factories.ask_of(referral, cast.zilverreiger)


def rest(cast: Cast, first: date, last: date, offer: Offer | None = None) -> None:
    with clock.at(MONDAY):
        place, offer_id = db.session.get_one(Organisation, cast.zilverreiger), offer.id if offer else None
        resting.set_rest(place, RestKind.CAMP, first, last, offer_id=offer_id, by=cast.actor("noor"))
        db.session.commit()


def test_two_working_days_a_nudge_seven_the_bridge_builder_fourteen_a_quiet_end(cast: Cast) -> None:
    _referral, ask = sent(cast)
    ask_id = id_of(ask)
    assert again(Ask, ask_id).deadline == LAST
    sweep(date(2026, 11, 24))
    assert notices(cast, "noor") == ["ask_sent"]
    sweep(NUDGED)
    sweep(date(2026, 12, 1))
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]
    assert notices(cast, "bo") == []
    sweep(TOLD)
    sweep(LAST)
    assert notices(cast, "bo") == ["call_asked"]
    assert status_of(ask_id) == "sent"
    sweep(LAST + timedelta(days=1))
    assert status_of(ask_id) == "expired"
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]
    assert notices(cast, "hilde") == ["ask_expired"]
    assert notices(cast, "bo") == ["call_asked"]


def test_what_happens_to_several_at_once_is_told_once(cast: Cast) -> None:
    with clock.at(MONDAY):
        first = factories.sent(cast, ["zilverreiger", "halvenoot"])
        factories.sent(cast, ["zilverreiger"])
    sweep(TOLD)
    assert notices(cast, "bo") == ["call_asked"] * 2, "one call to each of the two associations"
    assert len(db.session.scalars(select(Reminder).where(Reminder.sent_at.is_not(None))).all()) == 3
    db.session.rollback()
    sweep(LAST + timedelta(days=1))
    told = [one.thing_id for one in db.session.scalars(select(Notice).where(Notice.kind == "ask_expired"))]
    assert len(told) == 2, "one of each question"
    assert first.id in told


def test_at_night_and_in_the_weekend_nobody_is_disturbed(cast: Cast) -> None:
    sent(cast, datetime(2026, 11, 19, 15, tzinfo=clock.BRUSSELS))
    for day, hour in ((date(2026, 11, 23), 0), (date(2026, 11, 23), 7), (date(2026, 11, 23), 20)):
        sweep(day, hour)
    sweep(date(2026, 11, 28))
    assert notices(cast, "noor") == ["ask_sent"]
    sweep(date(2026, 11, 30), 8)
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]


def test_the_nudge_goes_to_the_bridge_builder_who_stands_in(cast: Cast) -> None:
    seat = update(Function).where(Function.person_id == cast.noor).values(ends_on=date(2026, 11, 24))
    sent(cast)
    db.session.execute(seat)
    db.session.commit()
    sweep(NUDGED)
    assert notices(cast, "noor") == ["ask_sent"]
    assert notices(cast, "bo") == ["ask_nudged"]


def test_opening_the_question_is_enough_for_the_nudge_but_the_bridge_builder_still_hears(
    browse: Browse, cast: Cast
) -> None:
    _referral, ask = sent(cast, clock.now())
    ask_id, day = id_of(ask), ask.sent_at
    guest = by_link(browse, cast, ask_id)
    page = guest.get(f"/antwoord/{ask_id}")
    assert f'hx-post="/antwoord/{ask_id}/gezien"' in page.text
    assert guest.post(f"/antwoord/{ask_id}/gezien").status == 204
    assert browse("jef").post(f"/antwoord/{ask_id}/gezien").status == 404
    kinds = db.session.scalars(select(Reminder.kind).where(Reminder.ask_id == ask_id)).all()
    assert kinds == [ReminderKind.SILENCE]
    db.session.rollback()
    far = reminding.deadline(clock.local(day).date(), reminding.Rests()) - timedelta(days=1)
    sweep(far if far.weekday() < 5 else far - timedelta(days=2))
    assert notices(cast, "noor") == ["ask_sent"]
    assert notices(cast, "bo") == ["call_asked"]


def test_reading_the_page_alone_marks_nothing(browse: Browse, cast: Cast) -> None:
    _referral, ask = sent(cast, clock.now())
    ask_id = id_of(ask)
    by_link(browse, cast, ask_id).get(f"/antwoord/{ask_id}")
    assert len(db.session.scalars(select(Reminder).where(Reminder.ask_id == ask_id)).all()) == 2


@pytest.mark.parametrize("act", ["decline", "wait", "pause"])
def test_whoever_acted_hears_nothing_more(cast: Cast, act: str) -> None:
    referral, ask = sent(cast)
    with clock.at(MONDAY + timedelta(hours=2)):
        if act == "decline":
            answering.decline(ask, by=cast.actor("noor"))
        elif act == "wait":
            answering.put_on_waiting_list(ask, date(2027, 2, 1), by=cast.actor("noor"))
        else:
            actions.pause(referral, date(2027, 2, 1), by=cast.actor("hilde"))
        db.session.commit()
    before = notices(cast, "noor")
    for day in (NUDGED, TOLD, LAST, date(2026, 12, 14)):
        sweep(day)
    assert notices(cast, "noor") == before
    assert notices(cast, "bo") == []


def test_a_pause_stops_every_clock_and_the_deadline_moves_along(app: Flask, cast: Cast) -> None:
    _referral, ask = sent(cast)
    ask_id = id_of(ask)
    with clock.at(MONDAY):
        links.issue(links.Purpose.ANSWER, ask_id, expires_at=reminding.end_of(LAST), person_id=cast.jef)
        db.session.commit()
    rest(cast, date(2026, 11, 24), date(2026, 11, 30))
    with clock.at(MONDAY):
        while outbox.run_due("w"):
            pass
    assert again(Ask, ask_id).deadline == date(2026, 12, 18)
    (ends,) = db.session.scalars(select(Link.expires_at).where(Link.person_id == cast.jef)).all()
    assert ends == datetime(2026, 12, 19, tzinfo=clock.BRUSSELS)
    db.session.rollback()
    sweep(NUDGED)
    assert notices(cast, "noor") == ["ask_sent"]
    sweep(date(2026, 12, 1))
    assert notices(cast, "noor") == ["ask_sent"]
    sweep(date(2026, 12, 2))
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]
    sweep(date(2026, 12, 8))
    assert notices(cast, "bo") == []
    sweep(date(2026, 12, 9))
    assert notices(cast, "bo") == ["call_asked"]
    sweep(date(2026, 12, 18))
    assert status_of(ask_id) == "sent"
    sweep(date(2026, 12, 19))
    assert status_of(ask_id) == "expired"


def test_the_pause_of_one_offer_leaves_the_clock_of_another_alone(cast: Cast) -> None:
    _referral, ask = sent(cast)
    other = factories.offer(cast, "zilverreiger", name="Welpen")
    rest(cast, date(2026, 11, 24), date(2026, 11, 30), other)
    sweep(NUDGED)
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]
    assert again(Ask, ask.id).deadline == LAST


def test_quiet_months_count_for_nothing_also_when_they_are_set_later(cast: Cast) -> None:
    _referral, ask = sent(cast)
    ask_id, offer_id = id_of(ask), ask.offer_id
    db.session.execute(update(Offer).where(Offer.id == offer_id).values(quiet_months=[12]))
    db.session.commit()
    for day in (date(2026, 12, 2), date(2026, 12, 14), date(2026, 12, 31)):
        sweep(day)
    assert status_of(ask_id) == "sent"
    assert notices(cast, "bo") == []
    assert again(Ask, ask_id).deadline == date(2027, 1, 14)


def test_the_deadline_moves_along_at_once_when_quiet_months_are_set(cast: Cast) -> None:
    _referral, ask = sent(cast)
    ask_id, offer = id_of(ask), again(Ask, ask.id).offer
    with clock.at(MONDAY):
        edit_offer(offer, {"quiet_months": (12,)}, MOMENTS, version=offer.version, by=cast.actor("noor"))
        db.session.commit()
        while outbox.run_due("w"):
            pass
    assert again(Ask, ask_id).deadline == date(2027, 1, 14)


def test_a_pause_that_is_given_up_never_ends_a_question_at_once(cast: Cast) -> None:
    _referral, ask = sent(cast)
    ask_id = id_of(ask)
    rest(cast, date(2026, 11, 24), date(2027, 1, 31))
    with clock.at(MONDAY):
        while outbox.run_due("w"):
            pass
    late = datetime(2027, 1, 20, 12, tzinfo=clock.BRUSSELS)
    with clock.at(late):
        (row,) = rests.rests_ahead(cast.zilverreiger)
        resting.end_rest(row, by=cast.actor("noor"))
        db.session.commit()
        while outbox.run_due("w"):
            pass
        assert row.last_day == date(2027, 1, 19)
    assert again(Ask, ask_id).deadline == date(2027, 2, 8)


def test_two_sweeps_at_once_tell_once(app: Flask, cast: Cast) -> None:
    _referral, ask = sent(cast)
    ask_id = id_of(ask)

    def act(_number: int) -> None:
        with clock.at(datetime(2026, 12, 14, 10, tzinfo=clock.BRUSSELS)):
            for each in (reminding.remind, answering.close_quietly):
                each()
                db.session.commit()

    at_once(app, 4, act)
    assert notices(cast, "noor").count("ask_nudged") <= 1
    assert notices(cast, "bo").count("call_asked") <= 1
    assert notices(cast, "hilde") == ["ask_expired"]
    assert status_of(ask_id) == "expired"


def test_two_nudges_at_once_are_one(app: Flask, cast: Cast) -> None:
    id_of(sent(cast)[1])

    def act(_number: int) -> None:
        with clock.at(datetime.combine(NUDGED, time(10), clock.BRUSSELS)):
            reminding.remind()
            db.session.commit()

    at_once(app, 4, act)
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]


def test_a_crash_in_the_middle_of_the_sweeps_leaves_nothing_half_done(app: Flask, cast: Cast) -> None:
    sent(cast)

    def crash() -> None:
        raise RuntimeError("the power went off")

    SWEEPS.append(crash)
    with clock.at(datetime.combine(NUDGED, time(10), clock.BRUSSELS)):
        outbox.enqueue("sweeps", {}, dedupe_key="sweeps:one")
        db.session.commit()
        outbox.run_due("first")
        SWEEPS.remove(crash)
        assert notices(cast, "noor") == ["ask_sent"]
    with clock.at(datetime.combine(NUDGED, time(11), clock.BRUSSELS)):
        while outbox.run_due("second"):
            pass
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]


def test_what_the_bridge_builder_hears_has_nothing_of_the_question(browse: Browse, cast: Cast) -> None:
    referral, ask = sent(cast)
    referral.alias = "lighthouse"  # not "tent", which stands in the head of every page
    db.session.commit()
    ask_id = id_of(ask)
    sweep(TOLD)
    told = db.session.scalars(select(Notice).where(Notice.person_id == cast.bo)).one()
    assert (told.alias, told.thing_id) == ("", cast.zilverreiger)
    db.session.rollback()
    with clock.at(datetime.combine(TOLD, time(12), clock.BRUSSELS)):
        page = browse("bo").get("/")
        assert f"/antwoord/{ask_id}/gebeld" in page.text
        assert "lighthouse" not in page.text.split("gebeld")[0]
        assert browse("tine").post(f"/antwoord/{ask_id}/gebeld").status == 404
        assert browse("bo").post(f"/antwoord/{ask_id}/gebeld").status == 303
        assert f"/antwoord/{ask_id}/gebeld" not in browse("bo").get("/").text


def test_several_at_one_association_wait_for_one_call(browse: Browse, cast: Cast) -> None:
    with clock.at(MONDAY):
        for _ in range(3):
            factories.sent(cast, ["zilverreiger"])
        other = factories.sent(cast, ["halvenoot"])
    elsewhere = id_of(factories.ask_of(other, cast.halvenoot))
    sweep(TOLD)
    with clock.at(datetime.combine(TOLD, time(12), clock.BRUSSELS)):
        today = browse("bo").get("/").text
        called = set(re.findall(r"/antwoord/[0-9a-f-]{36}/gebeld", today))
        assert len(called) == 2
        assert "Er wachten daar al meer dan een week 3 vragen." in today
        (here,) = called - {f"/antwoord/{elsewhere}/gebeld"}
        assert browse("bo").post(here).status == 303
        assert set(re.findall(r"/antwoord/[0-9a-f-]{36}/gebeld", browse("bo").get("/").text)) == called - {here}

"""The clocks of a question over the two nights that are longer or shorter, Easter, and a leap day: by Brussels time."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.people import Cast
from tests.referrals.steps import again, id_of, notices, status_of
from tests.referrals.test_reminding import sent, sweep
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals import answering
from webapp.referrals.answering import Welcome
from webapp.referrals.models import Ask

OVER = [
    pytest.param(
        date(2026, 10, 23), date(2026, 10, 27), date(2026, 11, 3), date(2026, 11, 13), id="the clock goes back"
    ),
    pytest.param(
        date(2027, 3, 26), date(2027, 3, 31), date(2027, 4, 7), date(2027, 4, 16), id="it goes forward, at Easter"
    ),
    pytest.param(date(2028, 2, 25), date(2028, 2, 29), date(2028, 3, 7), date(2028, 3, 16), id="a leap day"),
]
BEFORE_CLOSING, AFTER_CLOSING = time(23, 59), time(0, 1)


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.BRUSSELS)


@pytest.mark.parametrize(("asked_on", "nudged", "told", "last"), OVER)
def test_each_reminder_comes_once_on_its_day_at_eight_and_the_end_at_midnight(
    cast: Cast, asked_on: date, nudged: date, told: date, last: date
) -> None:
    _referral, ask = sent(cast, at(asked_on, time(15)))
    ask_id = id_of(ask)
    assert again(Ask, ask_id).deadline == last
    db.session.rollback()
    day = asked_on
    while day <= last:
        for hour in (2, 7, 8):  # the hour that is there twice or never, and both sides of eight
            sweep(day, hour)
            assert ("ask_nudged" in notices(cast, "noor")) is ((day, hour) >= (nudged, 8))
            assert ("call_asked" in notices(cast, "bo")) is ((day, hour) >= (told, 8))
        day += timedelta(days=1)
    assert notices(cast, "noor") == ["ask_sent", "ask_nudged"]
    assert notices(cast, "bo") == ["call_asked"]
    assert status_of(ask_id) == "sent"
    with clock.at(at(last, BEFORE_CLOSING)):
        answering.close_quietly()
        db.session.commit()
    assert status_of(ask_id) == "sent"
    with clock.at(at(last + timedelta(days=1), AFTER_CLOSING)):
        for _ in range(2):
            answering.close_quietly()
            db.session.commit()
    assert status_of(ask_id) == "expired"
    assert notices(cast, "hilde") == ["ask_expired"]


@pytest.mark.parametrize(("asked_on", "nudged", "told", "last"), OVER)
def test_an_answer_counts_to_the_last_minute_of_the_last_day(
    cast: Cast, asked_on: date, nudged: date, told: date, last: date
) -> None:
    assert asked_on < nudged < told < last
    _referral, ask = sent(cast, at(asked_on, time(15)))
    ask_id = id_of(ask)
    with clock.at(at(last, BEFORE_CLOSING)):
        answering.accept(again(Ask, ask_id), Welcome("Noor", moment_note="zaterdag"), by=cast.actor("noor"))
        db.session.commit()
    sweep(last + timedelta(days=1), 0)
    assert status_of(ask_id) == "accepted"

"""Who begins a meeting on another day than was planned: its minutes tell when people met."""

from datetime import timedelta

from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.meetings import settling
from webapp.web.dates import long_day
from webapp.web.i18n import in_language


def test_a_day_late_it_is_held_then_for_as_long_as_planned(cast: Cast) -> None:
    made = makers.announced(cast)
    planned, length, heard = made.starts_at, made.ends_at - made.starts_at, made.sequence
    with clock.at(planned + timedelta(days=1, seconds=17)):
        settling.begin(made, by=cast.actor("noor"))
        assert made.starts_at == clock.now().replace(second=0, microsecond=0)
    assert made.ends_at - made.starts_at == length
    assert made.sequence == heard + 1, "a calendar that has it takes the new moment"


def test_a_few_minutes_early_it_keeps_the_hours_that_were_planned(cast: Cast) -> None:
    made = makers.announced(cast)
    noon = clock.local(made.starts_at).replace(hour=12)
    made.starts_at, made.ends_at = noon, noon + makers.HOUR
    with clock.at(noon - timedelta(minutes=5)):
        settling.begin(made, by=cast.actor("noor"))
    assert (made.starts_at, made.ends_at) == (noon, noon + makers.HOUR)


def test_minutes_and_chat_name_the_day_that_it_was_held(cast: Cast, browse: Browse) -> None:
    made = makers.announced(cast)
    settling.begin(made, by=cast.actor("noor"))
    makers.close(cast, made)
    db.session.commit()
    with in_language("nl"):
        today = long_day(clock.now())
    page = browse("jef").get(f"/vergaderingen/{made.id}")
    assert page.says(today)
    assert today in page.text.split('id="for-chat"')[1].split("</textarea>")[0]

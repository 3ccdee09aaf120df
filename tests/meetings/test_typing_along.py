"""What somebody types in a meeting before they put it down: kept for them, never shown to others, gone a day later."""

import uuid
from datetime import timedelta

import pytest

from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.meetings import minutes, queries, record
from webapp.meetings.models import Meeting


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting that goes on."""
    made = makers.running(cast)
    db.session.commit()
    return made


def topic_of(meeting: Meeting) -> uuid.UUID:
    return queries.agenda(meeting.id)[0].id


def test_others_see_that_somebody_types_and_not_what(meeting: Meeting, browse: Browse) -> None:
    url, topic = f"/vergaderingen/{meeting.id}", topic_of(meeting)
    bram, hilde = browse("bram"), browse("hilde")
    form = bram.get(url).form(f"/punten/{topic}/regels")
    assert bram.post(f"/punten/{topic}/typt", form | {"words": "Geheim voornemen"}).status == 204
    page = hilde.get(f"{url}/nu", partial=True)
    assert page.says("Bram typt ook mee.")
    assert "Geheim voornemen" not in page.text
    assert "Geheim voornemen" in bram.get(url).text


def test_what_was_put_down_is_not_kept_once_more_as_typed(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    """The server may read what was saved while typing after the line itself."""
    bram, topic = browse("bram"), topic_of(meeting)
    form = bram.get(f"/vergaderingen/{meeting.id}").form(f"/punten/{topic}/regels") | {"words": "Soep voor zestig"}
    assert bram.post(f"/punten/{topic}/regels", form | {"kind": "note"}, partial=True).status == 200
    assert bram.post(f"/punten/{topic}/typt", form).status == 204
    assert record.typed(topic, cast.bram) is None or record.typed(topic, cast.bram).words == ""


def test_what_was_typed_goes_a_day_later(meeting: Meeting, cast: Cast) -> None:
    topic = queries.topic(topic_of(meeting)) or pytest.fail("gone")
    minutes.keep_typing(topic, "Soep", by=cast.actor("bram"))
    with clock.at(clock.now() + timedelta(hours=23)):
        minutes.forget_typing()
    assert record.typed(topic.id, cast.bram)
    with clock.at(clock.now() + timedelta(hours=25)):
        minutes.forget_typing()
    assert record.typed(topic.id, cast.bram) is None

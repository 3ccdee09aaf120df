"""A meeting while it goes on: writing, deciding, taking up, and closing it."""

from collections.abc import Callable

import pytest

from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browser
from webapp.core.db import db
from webapp.meetings import queries, settling
from webapp.meetings.models import Meeting

Browse = Callable[[str], Browser]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting that goes on, with two topics."""
    made = makers.announced(cast)
    makers.topic(cast, made)
    makers.topic(cast, made, "Uniformen delen")
    settling.begin(made, by=cast.actor("noor"))
    db.session.commit()
    return made


def url(meeting: Meeting) -> str:
    return f"/vergaderingen/{meeting.id}"


def test_every_page_of_a_meeting_opens(meeting: Meeting, browse: Browse) -> None:
    group = meeting.group_id
    topic = queries.agenda(meeting.id)[0].id
    noor = browse("noor")
    for path in (
        f"/werkgroepen/{group}",
        f"/werkgroepen/{group}/vergaderingen",
        f"/werkgroepen/{group}/vergaderingen/nieuw",
        f"/werkgroepen/{group}/beslissingen",
        "/beslissingen",
        url(meeting),
        f"{url(meeting)}/scherm",
        f"{url(meeting)}/sluiten",
        f"/punten/{topic}/bewerken",
    ):
        assert noor.get(path).status == 200, path

"""In the group about integrity nobody may be recognised in the minutes either, and nothing is kept while one types."""

import pytest

from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.meetings import queries, record
from webapp.meetings.models import Meeting

SAID = "gisteren vertelde Kanariette iets over thuis"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting of the group about integrity that goes on."""
    made = makers.running(cast)
    made.group.is_about_integrity = True
    db.session.commit()
    db.session.expire_all()
    return queries.meeting(made.id) or pytest.fail("gone")


def test_a_line_that_seems_to_name_somebody_is_pointed_at_and_not_kept(meeting: Meeting, browse: Browse) -> None:
    hilde, page_path = browse("hilde"), f"/vergaderingen/{meeting.id}"
    path = f"/punten/{queries.agenda(meeting.id)[0].id}/regels"
    form = hilde.get(page_path).form(path) | {"words": SAID, "kind": "note"}
    page = hilde.post(path, form)
    assert page.status == 422
    assert page.says("Dit lijkt op een naam.")
    assert "1712" in page.text
    assert SAID in page.text
    assert record.lines(meeting.id) == {}
    assert hilde.post(path, page.form(path) | {"words": SAID, "kind": "note", "keep_words": "y"}).status == 303


def test_nothing_is_kept_while_somebody_types(meeting: Meeting, browse: Browse) -> None:
    topic, bram = queries.agenda(meeting.id)[0].id, browse("bram")
    page = bram.get(f"/vergaderingen/{meeting.id}")
    assert "data-draft-url" not in page.text
    typed = page.form(f"/punten/{topic}/regels") | {"words": SAID}
    assert bram.post(f"/punten/{topic}/typt", typed).status == 204
    assert record.room(meeting.id).writing == []

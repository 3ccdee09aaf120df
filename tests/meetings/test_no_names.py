"""In the group about integrity nobody may be recognised in minutes or topics either."""

from collections.abc import Callable

import pytest

from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browser
from webapp.core.db import db
from webapp.meetings import queries, record
from webapp.meetings.models import Meeting

Browse = Callable[[str], Browser]
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
    assert record.writing(meeting.id) == []


@pytest.mark.parametrize("where", ["inbox", "agenda"])
def test_a_topic_is_looked_at_too(meeting: Meeting, browse: Browse, where: str) -> None:
    group, hilde = meeting.group_id, browse("hilde")
    seen, path = {
        "inbox": (f"/werkgroepen/{group}/vergaderingen", f"/werkgroepen/{group}/punten"),
        "agenda": (f"/vergaderingen/{meeting.id}", f"/vergaderingen/{meeting.id}/punten"),
    }[where]
    page = hilde.post(path, hilde.get(seen).form(path) | {"title": SAID})
    assert page.status == 422
    assert page.says("Dit lijkt op een naam.")
    assert SAID in page.text
    assert hilde.post(path, page.form(path) | {"title": "Afspraken over douches op kamp"}).status == 303


def test_a_line_is_not_reworded_into_a_name(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    line = makers.line(cast, meeting)
    path = f"/verslagregels/{line.id}"
    db.session.commit()
    hilde = browse("hilde")
    page = hilde.post(path, hilde.get(path).form(path) | {"words": SAID})
    assert page.status == 422
    assert page.says("Dit lijkt op een naam.")


def test_other_groups_write_as_they_like(cast: Cast, browse: Browse) -> None:
    made = makers.running(cast)
    db.session.commit()
    hilde, path = browse("hilde"), f"/punten/{queries.agenda(made.id)[0].id}/regels"
    form = hilde.get(f"/vergaderingen/{made.id}").form(path) | {"words": "we vragen het aan Noor", "kind": "note"}
    assert hilde.post(path, form).status == 303

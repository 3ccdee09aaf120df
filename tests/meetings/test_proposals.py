"""A proposal is no decision: not in the minutes, on paper or in a chat, and not when it did not go on."""

import pytest

from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.meetings import deciding, handouts, labels, record
from webapp.meetings.codes import LineKind
from webapp.meetings.lifecycle import DecisionStatus
from webapp.meetings.models import Decision, Meeting
from webapp.web.i18n import in_language


@pytest.fixture
def closed(cast: Cast) -> Meeting:
    """A meeting that is over: one proposal was decided, one did not go on, and about one nobody said anything yet."""
    made = makers.running(cast)
    for words in ("Soep voor iedereen", "Geen soep", "Later soep"):
        makers.line(cast, made, LineKind.DECISION, words)
    deciding.decide(_of("Soep voor iedereen"), by=cast.actor("bram"))
    deciding.drop(_of("Geen soep"), by=cast.actor("bram"))
    makers.close(cast, made)
    db.session.commit()
    return made


def _of(statement: str) -> Decision:
    return next(one for one in db.session.query(Decision) if one.statement == statement)


def test_what_did_not_go_on_never_held(closed: Meeting) -> None:
    dropped = _of("Geen soep")
    assert dropped.status is DecisionStatus.DROPPED
    with in_language("nl"):
        assert "niet beslist" in labels.decided_words(dropped)
        assert "bezwaar" not in labels.decided_words(dropped)


def test_the_minutes_tell_them_apart(closed: Meeting, browse: Browse) -> None:
    page = browse("jef").get(f"/vergaderingen/{closed.id}")
    assert page.says("Beslist: Soep voor iedereen", "Voorstel: Geen soep", "Voorstel: Later soep", "niet beslist")
    chat = page.text.split('id="for-chat"')[1].split("</textarea>")[0]
    assert "1 beslissing, 1 voorstel" in chat


def test_the_paper_tells_them_apart(closed: Meeting) -> None:
    lines = [row for rows in record.lines(closed.id).values() for row in rows]
    with in_language("nl"):
        told = {line["said"]: (line["kind"], line["under"]) for line in map(handouts.printed, lines)}
    assert told["Soep voor iedereen"][0] == "Beslist"
    assert "niemand had bezwaar" in told["Soep voor iedereen"][1]
    assert told["Geen soep"][0] == "Voorstel"
    assert "niet beslist" in told["Geen soep"][1]
    assert told["Later soep"] == ("Voorstel", "")


def test_a_group_finds_it_among_what_is_past(closed: Meeting, browse: Browse) -> None:
    page = browse("noor").get(f"/werkgroepen/{closed.group_id}/beslissingen")
    assert page.says("Van vroeger", "Geen soep", "Ging niet door")
    assert browse("noor").get(f"/beslissingen/{_of('Geen soep').id}").says("Ging niet door", "niet beslist")

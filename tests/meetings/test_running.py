"""A meeting while it goes on: writing together, whose turn it is, who is there, and closing it."""

from datetime import timedelta

import pytest
from flask import Flask

from tests import factories
from tests.groups import makers as groups_made
from tests.meetings import makers
from tests.people import Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.numbers import ask
from webapp.groups import carrying
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.meetings import labels, minutes, queries, record, settling
from webapp.meetings.codes import LineKind, Told
from webapp.meetings.lifecycle import DECISION, MEETING, TOPIC, DecisionStatus, MeetingStatus, TopicStatus
from webapp.meetings.models import Decision, Meeting, MinuteLine, Topic
from webapp.meetings.settling import Closing
from webapp.policy.rules import NotAllowed
from webapp.web.i18n import in_language


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting that goes on, its first topic in front."""
    made = makers.running(cast)
    makers.topic(cast, made, "Uniformen delen", "hilde")
    db.session.commit()
    return again(made)


def again(meeting: Meeting) -> Meeting:
    db.session.expire_all()
    return queries.meeting(meeting.id) or pytest.fail("gone")


def topics(meeting: Meeting) -> list[Topic]:
    return [queries.topic(row.id) or pytest.fail("gone") for row in queries.agenda(meeting.id)]


def url(meeting: Meeting) -> str:
    return f"/vergaderingen/{meeting.id}"


def capture(meeting: Meeting) -> str:
    return f"/punten/{queries.agenda(meeting.id)[0].id}/regels"


def test_every_status_is_reached() -> None:
    for cycle in (MEETING, TOPIC, DECISION):
        assert cycle.reachable() == set(cycle.statuses)


def test_every_page_of_a_meeting_opens(meeting: Meeting, browse: Browse) -> None:
    group, topic, noor = meeting.group_id, queries.agenda(meeting.id)[0].id, browse("noor")
    for path in (
        f"/werkgroepen/{group}", f"/werkgroepen/{group}/vergaderingen", f"/werkgroepen/{group}/vergaderingen/nieuw",
        f"/werkgroepen/{group}/beslissingen", "/beslissingen", url(meeting), f"{url(meeting)}/scherm",
        f"{url(meeting)}/sluiten", f"/punten/{topic}/bewerken",
    ):  # fmt: skip
        assert noor.get(path).status == 200, path


def test_a_line_is_put_down_with_one_field_and_one_tap(meeting: Meeting, browse: Browse) -> None:
    hilde = browse("hilde")
    for kind, words in (("note", "Soep is op"), ("decision", "Soep voor iedereen"), ("lesson", "Soep helpt")):
        form = hilde.get(url(meeting)).form(capture(meeting))
        assert hilde.post(capture(meeting), form | {"words": words, "kind": kind}).status == 303
        assert hilde.get(url(meeting)).says(words)


@pytest.mark.parametrize(
    ("typed", "kind"), [("B: samen koken", LineKind.DECISION), ("a: soep halen", LineKind.ACTION), ("Ajuin", "note")]
)
def test_a_letter_says_what_a_line_is(meeting: Meeting, browse: Browse, typed: str, kind: LineKind) -> None:
    hilde = browse("hilde")
    form = hilde.get(url(meeting)).form(capture(meeting))
    hilde.post(capture(meeting), form | {"words": typed, "kind": "note"})
    (row,) = record.lines(meeting.id)[queries.agenda(meeting.id)[0].id]
    assert row.kind == kind
    assert (row.statement or row.title or row.words) in typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zi", "Scouts Zilverreiger"),
        ("zi aa", "Scouts Zilverreiger · aanspreekpunt"),
        ("toe", "De Lantaarn · contact voor toeleidingen"),
        ("noor", "Noor, Scouts Zilverreiger"),
        ("", "Nog niemand"),
    ],
)
def test_two_letters_say_who_an_organisation_before_a_seat_before_a_person(
    meeting: Meeting, cast: Cast, browse: Browse, typed: str, said: str
) -> None:
    hilde = browse("hilde")
    form = hilde.get(url(meeting)).form(capture(meeting))
    assert hilde.post(capture(meeting), form | {"words": "Soep halen", "kind": "action", "owner": typed}).status == 303
    assert f"<small>{said}</small>" in hilde.get(url(meeting)).text


def test_when_it_is_not_clear_who_the_words_stay(meeting: Meeting, browse: Browse) -> None:
    hilde = browse("hilde")
    form = hilde.get(url(meeting)).form(capture(meeting))
    page = hilde.post(capture(meeting), form | {"words": "Soep halen", "kind": "action", "owner": "qq"})
    assert page.status == 422
    assert page.says("We weten niet wie je bedoelt")
    assert "Soep halen" in page.text


@pytest.mark.parametrize(("kind", "length"), [("note", 10_000), ("action", 161), ("decision", 401), ("lesson", 241)])
def test_what_is_too_long_is_said_and_stays(meeting: Meeting, browse: Browse, kind: str, length: int) -> None:
    hilde, words = browse("hilde"), "soep " * (length // 5) + "x" * (length % 5)
    form = hilde.get(url(meeting)).form(capture(meeting))
    page = hilde.post(capture(meeting), form | {"words": words, "kind": kind})
    assert page.status == 422
    assert page.says("tekens")
    assert words.strip()[:400] in page.text
    assert record.lines(meeting.id) == {}


def test_hostile_words_stay_words(meeting: Meeting, browse: Browse) -> None:
    hilde, words = browse("hilde"), '<script src="https://evil.example/x.js"></script>[x](data:text/html,x)'
    form = hilde.get(url(meeting)).form(capture(meeting))
    hilde.post(capture(meeting), form | {"words": words, "kind": "note"})
    page = hilde.get(url(meeting))
    assert '<script src="https://evil' not in page.text
    assert 'href="data' not in page.text
    assert page.says("evil.example")


def test_who_changed_a_line_meanwhile_loses_nothing(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    line = makers.line(cast, meeting, LineKind.NOTE, "Soep")
    path = f"/verslagregels/{line.id}"
    db.session.commit()
    bram, hilde = browse("bram"), browse("hilde")
    read_before = hilde.get(path).form(path)
    assert bram.post(path, bram.get(path).form(path) | {"words": "Soep met brood"}).status == 303
    page = hilde.post(path, read_before | {"words": "Soep met balletjes"})
    assert page.status == 409
    assert page.says("Soep met brood", "Soep met balletjes")
    assert hilde.post(path, page.form(path)).status == 303
    assert hilde.get(url(meeting)).says("Soep met balletjes")


@pytest.mark.parametrize("kind", [LineKind.ACTION, LineKind.DECISION])
def test_words_that_stand_elsewhere_have_a_version_too(meeting: Meeting, cast: Cast, kind: LineKind) -> None:
    line = makers.line(cast, meeting, kind, "Soep")
    rev = line.rev
    minutes.reword(line, "Brood", by=cast.actor("noor"), rev=rev)
    assert minutes.words_of(line) == "Brood"
    with pytest.raises(Conflict):
        minutes.reword(line, "Kaas", by=cast.actor("bram"), rev=rev)


def test_a_live_page_asks_one_number(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    hilde, path = browse("hilde"), f"{url(meeting)}/stand"
    first = hilde.get(path)
    assert hilde.get(path, headers={"If-None-Match": first.response.headers["ETag"]}).status == 304
    makers.line(cast, meeting)
    db.session.commit()
    assert hilde.get(path, headers={"If-None-Match": first.response.headers["ETag"]}).status == 200


def test_the_next_topic_ends_the_one_before_and_counts_its_minutes(meeting: Meeting, cast: Cast) -> None:
    first, second = topics(meeting)
    with clock.at(clock.now() + timedelta(minutes=9)):
        minutes.take_up(second, by=cast.actor("hilde"))
    first, second = topics(again(meeting))
    assert (first.status, second.status) == (TopicStatus.FINISHED, TopicStatus.RUNNING)
    assert 530 <= first.spent <= 550


def test_nothing_is_written_in_a_meeting_that_does_not_go_on(cast: Cast) -> None:
    made = makers.announced(cast)
    topic = makers.topic(cast, made)
    with pytest.raises(Conflict):
        minutes.write(queries.topic(topic.id) or topic, LineKind.NOTE, "Soep", by=cast.actor("bram"))


def test_faces_are_ticked_by_who_is_there_and_strangers_are_not(meeting: Meeting, cast: Cast) -> None:
    minutes.tick(meeting, cast.hilde, is_present=True, by=cast.actor("bram"))
    assert {row.person_id for row in record.answers(meeting.id) if row.is_present} == {cast.noor, cast.hilde}
    with pytest.raises(Invalid):
        minutes.tick(meeting, cast.jef, is_present=True, by=cast.actor("bram"))


def test_closing_leaves_what_was_not_reached_and_tells_everybody(meeting: Meeting, cast: Cast) -> None:
    settling.close(meeting, Closing("Het ging over soep.", Told.MEMBERS, 7), by=cast.actor("noor"))
    db.session.commit()
    first, second = topics(again(meeting))
    assert (first.status, second.status) == (TopicStatus.FINISHED, TopicStatus.UNFINISHED)
    assert "minutes_ready" in notices(cast, "hilde")
    assert "minutes_ready" not in notices(cast, "noor")
    assert [row.id for row in queries.unfinished(meeting.group)] == [second.id]


def test_the_minutes_are_a_page_a_paper_and_a_line_for_a_chat(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    makers.line(cast, meeting, LineKind.DECISION, "Soep voor iedereen")
    settling.close(meeting, Closing("Het ging over soep."), by=cast.actor("noor"))
    db.session.commit()
    jef = browse("jef")
    page = jef.get(url(meeting))
    assert page.says("Het ging over soep.", "Soep voor iedereen", "1 voorstel")
    chat = page.text.split('id="for-chat"')[1].split("</textarea>")[0]
    assert f"/m/{meeting.code}" in chat
    assert not any(name in chat for name in ("Welkom", "Noor", "Bram", "soep"))
    paper = jef.get(f"{url(meeting)}/verslag.pdf")
    assert paper.response.data.startswith(b"%PDF")
    assert "Welkom" not in paper.response.headers["Content-Disposition"]
    assert jef.get(f"/m/{meeting.code}").response.headers["Location"].endswith(url(meeting))


def test_opening_again_is_written_down_and_seen(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    settling.close(meeting, Closing(), by=cast.actor("noor"))
    with pytest.raises(NotAllowed):
        settling.reopen(meeting, by=cast.actor("hilde"))
    settling.reopen(meeting, by=cast.actor("bram"))
    settling.close(meeting, Closing(), by=cast.actor("bram"))
    db.session.commit()
    assert ask(record.beside(meeting.id))[record.REOPENED]
    assert browse("jef").get(url(meeting)).says("Heropend.")


def test_an_action_that_stays_open_says_how_often_it_was_taken_along(cast: Cast) -> None:
    group = groups_made.group(cast)
    item = carrying.add(group, carrying.Wanted("Soep halen"), by=cast.actor("noor"))
    made = makers.announced(cast, group=group)
    settling.begin(made, by=cast.actor("noor"))
    db.session.commit()
    db.session.refresh(item)
    assert item.carried == 1


def test_who_leaves_leaves_everything_behind(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    makers.line(cast, meeting, LineKind.DECISION, "Soep voor iedereen")
    makers.line(cast, meeting, LineKind.ACTION, "Soep halen")
    makers.line(cast, meeting, LineKind.NOTE, "Bram kookt graag")
    db.session.commit()
    group = meeting.group_id
    bram = browse("bram")
    assert bram.post(f"/werkgroepen/{group}/verlaten", {"csrf_token": bram.token()}).status == 303
    hilde = browse("hilde")
    assert hilde.get(url(meeting)).says("Soep voor iedereen", "Soep halen", "Bram kookt graag")
    assert hilde.get(f"/werkgroepen/{group}/acties").says("Soep halen")
    assert bram.get(url(meeting)).status == 200
    assert bram.post(capture(meeting), {"csrf_token": bram.token(), "words": "x", "kind": "note"}).status == 403


def test_a_proposal_is_decided_or_objected_to(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    line = makers.line(cast, meeting, LineKind.DECISION, "Soep voor iedereen")
    decision_id = line.decision_id
    db.session.commit()
    path, hilde = f"/beslissingen/{decision_id}", browse("hilde")
    said = {"csrf_token": hilde.token(), "objection": "En wie geen soep lust?"}
    assert hilde.post(f"{path}/bezwaar", said).status == 303
    assert hilde.get(url(meeting)).says("En wie geen soep lust?")
    assert hilde.post(f"{path}/beslist", {"csrf_token": hilde.token()}).status == 303
    assert db.session.get_one(Decision, decision_id).status is DecisionStatus.IN_FORCE
    assert hilde.get("/beslissingen").says("Soep voor iedereen")


def test_what_was_decided_is_not_reworded_and_outlives_its_line(meeting: Meeting, cast: Cast, browse: Browse) -> None:
    line = makers.line(cast, meeting, LineKind.DECISION, "Soep voor iedereen")
    line_id, decision_id = line.id, line.decision_id
    db.session.commit()
    hilde = browse("hilde")
    hilde.post(f"/beslissingen/{decision_id}/beslist", {"csrf_token": hilde.token()})
    path = f"/verslagregels/{line_id}"
    page = hilde.post(path, hilde.get(path).form(path) | {"words": "Geen soep"})
    assert page.status == 422
    assert page.says("Vervang de beslissing")
    hilde.post(f"{path}/weg", {"csrf_token": hilde.token()})
    db.session.expire_all()
    assert db.session.get(MinuteLine, line_id) is None
    assert db.session.get(Decision, decision_id) is not None


def test_a_confidential_meeting_is_nowhere_for_others(cast: Cast, browse: Browse) -> None:
    made = makers.running(cast, Visibility.CONFIDENTIAL)
    line = makers.line(cast, made, LineKind.DECISION, "Kanarie in de soep")
    decision_id, code = line.decision_id, made.code
    groups.with_members(made.group)
    settling.close(made, Closing("Kanarie"), by=cast.actor("noor"))
    db.session.commit()
    for who in ("jef", "tine", "frank", "ada"):
        someone = browse(who)
        for path in (url(made), f"{url(made)}/verslag.pdf", f"{url(made)}/stand", f"/m/{code}"):
            assert someone.get(path).status == 404, (who, path)
        assert someone.get(f"/beslissingen/{decision_id}").status == 404
        assert "Kanarie" not in someone.get("/beslissingen").text
        assert "Kanarie" not in someone.get("/").text


def test_a_meeting_closes_once(meeting: Meeting, cast: Cast) -> None:
    settling.close(meeting, Closing(), by=cast.actor("noor"))
    assert meeting.status is MeetingStatus.CLOSED
    with pytest.raises(Conflict):
        settling.close(meeting, Closing(), by=cast.actor("bram"))


def test_who_comes_in_finds_the_meeting_first_and_says_so_in_one_tap(
    meeting: Meeting, cast: Cast, browse: Browse
) -> None:
    factories.sent(cast)
    today = browse("noor").get("/").text
    assert 0 < today.index(url(meeting)) < today.index("/antwoord/")
    hilde, tick = browse("hilde"), f"{url(meeting)}/aanwezig"
    page = hilde.get(url(meeting))
    assert page.says("Ik ben er")
    assert not browse("frank").get(url(meeting)).says("Ik ben er")
    assert hilde.post(tick, page.form(tick) | {"person": str(cast.people["hilde"]), "there": "1"}).status == 303
    assert not hilde.get(url(meeting)).says("Ik ben er")


@pytest.mark.parametrize(("present", "said"), [(1, "1 van de 8 is er"), (2, "2 van de 8 zijn er")])
def test_one_is_there_and_two_are(app: Flask, present: int, said: str) -> None:
    with app.test_request_context(), in_language("nl"):
        assert labels.there_words(present, 8, None) == said

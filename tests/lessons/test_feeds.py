"""The published lessons for everybody: closed until somebody opens them, and nothing else ever leaves."""

import json
import uuid
from datetime import timedelta
from xml.etree import ElementTree as Tree

import pytest

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse, faults_of_headers
from webapp.accounts.models import Person
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import NotAllowed
from webapp.lessons import actions, feed_out, opening, reading
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, OtherTown

ATOM, JSON = "/leren/feed.atom", "/leren/feed.json"
A = "{http://www.w3.org/2005/Atom}"
CANARY = "Kanarievogel"
HARD = "<b>&\x0b \u202e ]]> kaas"


def opened(cast: Cast) -> None:
    opening.open_to_all(by=cast.actor("frank"))
    db.session.commit()


def hidden(cast: Cast) -> list[Lesson]:
    """One of each that is not for everybody."""
    draft = makers.draft(cast)
    draft.title = f"{CANARY} kladje"
    waits = makers.offered(cast, f"{CANARY} wacht")
    held, folded = makers.out(cast, f"{CANARY} weg"), makers.out(cast, f"{CANARY} dicht")
    actions.hold(held, "Te veel.", by=cast.actor("frank"))
    makers.fold(folded)
    town = OtherTown(name=f"{CANARY}stad", feed="https://other.example/feed")
    db.session.add(town)
    db.session.flush()
    theirs = Lesson(title=f"{CANARY} elders", line="Zo.", town_id=town.id, address="a", year=2020)
    theirs.status, theirs.published_at = LessonStatus.PUBLISHED, clock.now()
    db.session.add(theirs)
    db.session.commit()
    return [draft, waits, held, folded, theirs]


def test_nothing_leaves_until_somebody_who_looks_after_the_log_opens_it(cast: Cast, browse: Browse) -> None:
    lesson = makers.published(cast).id
    db.session.commit()
    guest, tine = browse("guest"), browse("tine")
    urls = (ATOM, JSON, f"/les/{lesson}")
    assert [guest.get(url).status for url in urls] == [404] * 3
    assert tine.get("/leren/meer").says("Voor iedereen")
    page = tine.get("/leren/open")
    assert tine.submit(page, "/leren/open").status == 303
    assert [guest.get(url).status for url in urls] == [200] * 3
    page = tine.get("/leren/open")
    assert page.says("Open sinds")
    assert f'value="{tine.base_url}{ATOM}"' in page.text
    tine.submit(page, "/leren/open/sluiten")
    assert [guest.get(url).status for url in urls] == [404] * 3
    assert "/leren/open" not in browse("noor").get("/leren").links()
    for act in (opening.open_to_all, opening.close):
        with pytest.raises(NotAllowed):
            act(by=cast.actor("noor"))


def test_nothing_that_is_not_out_and_nobodys_name_leaves(cast: Cast, browse: Browse) -> None:
    guest = browse("guest")
    shown, others = makers.out(cast, "Deze mag.").id, [one.id for one in hidden(cast)]
    opened(cast)
    answers = [guest.get(url) for url in (ATOM, JSON, f"/les/{shown}")]
    names = [name for name in db.session.scalars(db.select(Person.name)) if name]
    for page in answers:
        assert page.status == 200
        assert "Deze mag." in page.text
        assert [said for said in (CANARY, *names, *map(str, cast.people.values())) if said in page.text] == []
        assert faults_of_headers(page.response) == []
    assert {guest.get(f"/les/{one}").status for one in (*others, uuid.uuid4())} == {404}


def test_both_feeds_say_the_same_and_are_well_formed_whatever_was_typed(cast: Cast, browse: Browse) -> None:
    words = {"situation": HARD, "did": "Regel een.\nRegel twee.", "enough_for": "wie er was"}
    lesson = makers.out(cast, HARD, "Kort & <goed>.", words=words)
    plain = makers.published(cast).id
    opened(cast)
    guest = browse("guest")
    feed = Tree.fromstring(guest.get(ATOM).response.get_data())  # noqa: S314 - our own
    for one in ("id", "title", "updated", "author"):
        assert feed.find(A + one) is not None
    assert str(feed.findtext(f"{A}title")).endswith(": wat we leerden")
    entries = feed.findall(f"{A}entry")
    assert {len(one.findall(f"{A}{part}")) for one in entries for part in ("id", "title", "updated", "content")} == {1}
    found = json.loads(guest.get(JSON).response.get_data())
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["id"] for one in found["items"]] == [one.findtext(f"{A}id") for one in entries]
    item = next(one for one in found["items"] if one["id"] == lesson.id.urn)
    assert "&lt;b&gt;&amp;" in item["content_html"]
    assert "<p>Regel een.</p><p>Regel twee.</p>" in item["content_html"]
    assert "<b>" not in item["content_html"]
    assert item["_brug"]["enough_for"] == "wie er was"
    url = next(one["url"] for one in found["items"] if one["id"] == plain.urn)
    assert guest.get(url.removeprefix(guest.base_url)).says(makers.GATE.title, makers.GATE.line)


def test_a_feed_is_no_longer_than_another_brug_reads(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Oud", "Nieuw"):
        makers.out(cast, title)
    opened(cast)
    guest = browse("guest")
    for url in (ATOM, JSON):
        whole = guest.get(url).response.get_data()
        assert reading.read(whole).is_whole
        monkeypatch.setattr(feed_out, "MOST_BYTES", len(whole) - 1)
        part = reading.read(guest.get(url).response.get_data())
        assert (len(part.entries), part.is_whole) == (1, False)
        monkeypatch.undo()


def test_who_asks_again_gets_nothing_until_something_changed(cast: Cast, browse: Browse) -> None:
    guest = browse("guest")
    with clock.at(clock.now() - timedelta(days=2)):
        lesson = makers.published(cast)
        opened(cast)
    for url in (ATOM, JSON):
        first = guest.get(url).response
        mark, day = first.headers["ETag"], first.headers["Last-Modified"]
        for header in ({"If-None-Match": mark}, {"If-Modified-Since": day}):
            again = guest.get(url, headers=header)
            assert (again.status, again.text) == (304, "")
    lesson_id = lesson.id
    actions.outdate(db.session.get_one(Lesson, lesson_id), "Het pand is dicht.", by=cast.actor("frank"))
    db.session.commit()
    for header in ({"If-None-Match": mark}, {"If-Modified-Since": day}):
        fresh = guest.get(ATOM, headers=header)
        assert fresh.status == 200
        assert "Het pand is dicht." in fresh.text
        assert "outdated_because" in fresh.text


def test_a_feed_is_in_dutch_for_everybody_and_not_asked_for_without_end(cast: Cast, browse: Browse) -> None:
    makers.published(cast)
    opened(cast)
    guest, english = browse("guest"), browse("guest")
    english.carry("lang", "en")
    assert english.get(ATOM).text == guest.get(ATOM).text
    statuses = [guest.get(JSON).status for _ in range(59)]
    assert (statuses[0], statuses[-1]) == (200, 429)

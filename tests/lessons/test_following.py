"""Following another town: off until somebody switches it on, its words as plain text, and whatever its server does."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from tests.support.strange_town import ATOM, JSON, Strange, strange_town
from webapp.core import clock, outbox, sweeps
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.lessons import actions, feeds, following, opening, reading
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, LessonPlace, OtherTown
from webapp.vocabulary.seven_bs import B

ENTRY = {
    "id": "een",
    "title": "Zet de deur open",
    "summary": "Een open deur nodigt uit.",
    "content_text": "Zo ging het.",
}
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + ']><feed xmlns="http://www.w3.org/2005/Atom"><title>&j;</title></feed>'
)
FILE = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY j SYSTEM "file:///etc/passwd">')


def feed(*items: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wij", "items": items, **more}).encode()


@pytest.fixture
def strange(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Strange]:
    """A town's server on this machine, which this once may be read."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], follow_near=True))
    with strange_town() as town:
        yield town


def followed(cast: Cast, url: str) -> OtherTown:
    """A town that is followed, just read for the first time."""
    tine = cast.actor("tine")
    following.switch_on(by=tine)
    town = following.follow("Waterstede", url, by=tine, near=True)
    db.session.commit()
    return read_again(town)


def read_again(town: OtherTown) -> OtherTown:
    """The worker does what is due."""
    town_id = town.id
    row = db.session.get_one(OtherTown, town_id)
    row.next_at = clock.now()
    db.session.commit()
    sweeps.run_sweeps(outbox.Claimed(town_id, "sweeps", {}, clock.now(), 1))
    db.session.commit()
    while outbox.run_due("w"):
        pass
    db.session.expire_all()
    return db.session.get_one(OtherTown, town_id)


def titles() -> list[str]:
    return sorted(db.session.scalars(select(Lesson.title).where(Lesson.town_id.is_not(None))))


@pytest.mark.parametrize("host", ["10.0.0.3", "[::1]", "LOCALHOST", "nas.local"])
def test_an_address_that_is_not_open_to_everybody_is_refused_at_once(cast: Cast, host: str) -> None:
    following.switch_on(by=cast.actor("tine"))
    with pytest.raises(Invalid) as refused:
        following.follow("Waterstede", f"https://{host}/feed", by=cast.actor("tine"))
    assert refused.value.errors == {"feed": "private_feed"}


def test_nothing_is_fetched_until_somebody_switches_it_on(cast: Cast, browse: Browse, strange: Strange) -> None:
    url = strange.says("/feed", feed(ENTRY))
    tine, noor = cast.actor("tine"), cast.actor("noor")
    with pytest.raises(Conflict):
        following.follow("Waterstede", url, by=tine, near=True)
    for act in (following.switch_on, following.switch_off):
        with pytest.raises(NotAllowed):
            act(by=noor)
    coordinator = browse("tine")
    page = coordinator.get("/leren/steden")
    assert page.says("Uit.", "Zet het aan")
    page = coordinator.follow(coordinator.submit(page, "/leren/steden/aan"))
    assert page.says("Aan sinds")
    wrong = coordinator.submit(page, "/leren/steden", name="Waterstede", feed="ftp://x.example/feed")
    assert wrong.status == 422
    assert wrong.says("Dit is geen adres van een feed.")
    added = coordinator.submit(coordinator.get("/leren/steden"), "/leren/steden", name="Waterstede", feed=url)
    assert coordinator.follow(added).says("Haar lessen komen zo.")
    assert strange.asked == []  # never while somebody waits for a page
    following.switch_off(by=tine)
    db.session.commit()
    while outbox.run_due("w"):
        pass
    assert strange.asked == []
    following.switch_on(by=tine)
    town = db.session.scalars(select(OtherTown).where(OtherTown.feed == url)).one()
    read_again(town)
    assert titles() == ["Zet de deur open"]
    with pytest.raises(Invalid):
        following.follow("Nog eens", url, by=tine, near=True)
    assert coordinator.get(f"/leren/steden/{town.id}").says("1 les", "Laatst gelezen")
    coordinator.submit(coordinator.get(f"/leren/steden/{town.id}"), f"/leren/steden/{town.id}/stoppen")
    assert titles() == []
    assert db.session.scalar(select(func.count()).select_from(LessonPlace)) == 0


def test_their_lessons_stand_in_the_log_as_theirs_and_go_nowhere_else(
    cast: Cast, browse: Browse, strange: Strange
) -> None:
    makers.published(cast)
    ours = {
        "status": "published",
        "line": "Een open deur nodigt uit.",
        "bs": ["trust", "onzin"],
        "year": 2024,
        "kind": "try",
    }
    entry = ENTRY | {"_brug": ours}
    near = entry | {"id": "twee", "title": "Elders", "url": "https://elders.example/"}
    town = followed(cast, strange.says("/feed", feed(entry, near)))
    town.feed = "https://waterstede.example/feed"
    following.came(town, "", reading.read(feed(entry | {"url": "https://waterstede.example/les/1"}, near)))
    opening.open_to_all(by=cast.actor("tine"))
    db.session.commit()
    lesson = db.session.scalars(select(Lesson).where(Lesson.address == "een")).one()
    assert (lesson.bs, lesson.year, lesson.status) == ((B.TRUST,), 2024, LessonStatus.PUBLISHED)
    assert db.session.scalars(select(Lesson.link).where(Lesson.address == "twee")).one() == ""
    hilde, guest = browse("hilde"), browse("guest")
    assert hilde.get("/leren?q=deuren").says("Zet de deur open", "Uit Waterstede")
    shown = hilde.get(f"/lessen/{lesson.id}")
    assert 'href="https://waterstede.example/les/1" rel="noopener noreferrer nofollow"' in shown.text
    assert f"/lessen/{lesson.id}/boekje" not in shown.text
    assert f"/lessen/{lesson.id}/boekje" not in hilde.get("/leren").text
    for url in ("/leren/feed.atom", "/leren/feed.json"):
        assert "Zet de deur open" not in guest.get(url).text
    assert guest.get(f"/les/{lesson.id}").status == 404
    assert [one.title for one, _ in feeds.newest()] == [makers.GATE.title]


def test_whatever_they_write_becomes_plain_words(cast: Cast, browse: Browse, strange: Strange) -> None:
    html = (
        "<p>Eerst&nbsp;dit<script>alert(1)</script></p><img src=https://spion.example/x.png onerror=alert(1)>"
        "<a href='javascript:alert(1)'>klik</a><style>*{}</style><p>dan dat</p>"
    )
    nasty = {
        "id": "<b>x</b>" * 200,
        "url": "javascript:alert(1)",
        "title": "\u202e<i>Omgekeerd</i>\u2066\u200b" + "x" * 500,
        "summary": "<svg onload=alert(1)>Kort</svg>\x00\x0b",
        "content_html": html,
        "_brug": {"situation": ["geen", "tekst"], "year": 99999, "status": "held", "bs": "trust", "side": {"a": 1}},
    }
    followed(cast, strange.says("/feed", feed(nasty)))
    lesson = db.session.scalars(select(Lesson).where(Lesson.town_id.is_not(None))).one()
    assert lesson.title.startswith("Omgekeerd")
    assert len(lesson.title) <= 80
    assert lesson.line == "Kort"
    assert lesson.situation.split() == ["Eerst", "dit", "klik", "dan", "dat"]
    assert (lesson.link, lesson.year, lesson.status) == ("", clock.today().year, LessonStatus.PUBLISHED)
    for path in ("/leren", f"/lessen/{lesson.id}"):
        text = browse("hilde").get(path).text
        assert [one for one in ("\u202e", "\u2066", "spion.example", "onerror", "alert(1)") if one in text] == []


@pytest.mark.parametrize(
    "body",
    [
        BOMB.encode(),
        FILE.encode(),
        BOMB.encode("utf-16"),
        b"<feed" + b"><a" * 5000,
        b"<a>" * 100_000,
        b"[" * 200_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000,
        b'{"version": 1, "items": 5}',
        b"<html><body>Welkom</body></html>",
        b"",
    ],
    ids=["laughs", "file", "utf-16", "open", "deep", "list", "deep-json", "wrong", "page", "nothing"],
)  # fmt: skip
def test_what_is_no_feed_is_none(body: bytes) -> None:
    with pytest.raises(reading.NoFeed):
        reading.read(body)


def test_too_much_is_cut_and_a_server_that_fails_is_asked_less_often(cast: Cast, strange: Strange) -> None:
    many = feed(*({"id": str(n), "title": f"Les {n}", "summary": "x"} for n in range(10_000)))
    assert len(many) < 1_000_000
    town = followed(cast, strange.says("/feed", many))
    assert len(titles()) == reading.MOST_ENTRIES
    strange.refuses("/feed", 500)
    for day in (1, 2):
        with clock.at(clock.now() + timedelta(days=day)):
            town = read_again(town)
            assert (town.fault, town.faults) == ("broken", day)
            assert town.next_at == clock.now() + timedelta(hours=day)
    assert len(titles()) == reading.MOST_ENTRIES
    strange.says("/feed", b"\xff\xfe")
    with clock.at(clock.now() + timedelta(days=40)):
        town = read_again(town)
        assert (town.fault, titles()) == ("no_feed", [])


def test_what_they_take_back_goes_and_what_we_decided_stands(cast: Cast, strange: Strange) -> None:
    named = [ENTRY | {"id": name, "title": name} for name in ("blijft", "weg", "houden", "dicht", "oud")]
    town = followed(cast, strange.says("/feed", feed(*named), ETag='"een"'))
    rows = {one.title: one for one in db.session.scalars(select(Lesson).where(Lesson.town_id == town.id))}
    actions.hold(rows["houden"], "Te veel.", by=cast.actor("frank"))
    makers.fold(rows["dicht"])
    db.session.commit()
    strange.refuses("/feed", 304)
    read_again(town)
    assert strange.asked[-1][1]["If-None-Match"] == '"een"'
    said = [one | {"summary": "Anders gezegd."} for one in named if one["id"] != "weg"]
    said[-1] = said[-1] | {"_brug": {"status": "outdated", "outdated_because": "Het pand is dicht."}}
    strange.says("/feed", feed(*said))
    read_again(town)
    assert "weg" in titles()  # a feed that rolls on leaves old ones out
    strange.says("/feed", feed(*said, _brug={"whole": True}))
    read_again(town)
    found = {one.title: one for one in db.session.scalars(select(Lesson).where(Lesson.town_id == town.id))}
    assert set(found) == {"blijft", "houden", "dicht", "oud"}
    assert found["blijft"].line == "Anders gezegd."
    assert found["houden"].status is LessonStatus.HELD
    assert found["dicht"].is_folded
    assert (found["oud"].status, found["oud"].outdated_because) == (LessonStatus.OUTDATED, "Het pand is dicht.")
    strange.says("/feed", feed(_brug={"whole": True}))
    read_again(town)
    assert titles() == ["dicht", "houden"]


def test_a_brug_reads_what_a_brug_says(cast: Cast, browse: Browse, strange: Strange) -> None:
    words = {
        "situation": "Zo was het.",
        "did": "Dit deden we.",
        "happened": "Dit kwam ervan.",
        "enough_for": "Wie er was.",
    }
    makers.out(cast, "<b>& \u202e kaas", "Kort & goed.", words=words, bs=(B.TRUST,), year=2023)
    opening.open_to_all(by=cast.actor("tine"))
    db.session.commit()
    guest = browse("guest")
    said = {kind: guest.get(f"/leren/feed.{kind}").response.get_data() for kind in ("atom", "json")}
    both = [reading.read(body) for body in said.values()]
    assert both[0] == both[1]
    entry = both[0].entries[0]
    assert both[0].is_whole
    assert {name: getattr(entry, name) for name in words} == words
    assert (entry.title, entry.line, entry.bs, entry.year) == ("& kaas", "Kort & goed.", (B.TRUST,), 2023)
    assert entry.link.startswith("https://")
    for ending, kind in (("atom", ATOM), ("json", JSON)):
        followed(cast, strange.says(f"/feed.{ending}", said[ending], kind))
    assert titles() == ["& kaas", "& kaas"]
    theirs = db.session.scalars(select(Lesson.id).where(Lesson.town_id.is_not(None))).first()
    assert browse("hilde").get(f"/lessen/{theirs}").says("Uit Waterstede", *words.values())

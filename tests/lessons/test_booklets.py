"""Booklets: lessons that somebody chose, in an order, on paper and as a book; nothing in them that is not published."""

import io
import re
import uuid
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as Tree

import pytest
from flask import Flask

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse, faults_of_headers
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.lessons import actions, booklets, bundling, handouts, opening
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, OtherTown
from webapp.lessons.use_models import Booklet
from webapp.web import epub

CANARY = "Kanarievogel"
HARD = "<b>&\x0b \u202e #panic() ]]> kaas"


def made(cast: Cast, *lessons: Lesson, title: str = "De eerste keer") -> Booklet:
    booklet = bundling.start(title, by=cast.actor("hilde"))
    bundling.put_in(booklet, [one.id for one in lessons], by=cast.actor("hilde"))
    return booklet


def titles(booklet: Booklet) -> list[str]:
    return [row.title for row in booklets.lines(booklet.id)]


def words_of(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as box:
        return "\n".join(box.read(name).decode() for name in box.namelist())


def test_from_the_log_to_a_booklet_and_out_again(cast: Cast, browse: Browse) -> None:
    first, second = makers.out(cast, "Eerst bellen").id, makers.out(cast, "Dan komen").id
    db.session.commit()
    hilde = browse("hilde")
    log = hilde.get("/leren?q=bellen")
    button = f"/lessen/{first}/boekje?naar=/leren?q%3Dbellen%23les-{first}"
    assert button in log.text
    back = hilde.submit(log, "/leren/boekjes", to=button)
    assert back.response.location == f"/leren?q=bellen#les-{first}"
    assert hilde.follow(back).says("De les zit nu in “Mijn lessen”.")
    assert f"/lessen/{first}/boekje/eruit" in hilde.get("/leren").text
    booklet = db.session.scalars(db.select(Booklet)).one()
    path = f"/leren/boekjes/{booklet.id}"
    choose = hilde.get(f"{path}/kiezen")
    hilde.submit(choose, f"{path}/kiezen", lesson=[str(second), str(second), "onzin"])
    assert titles(booklet) == ["Eerst bellen", "Dan komen"]
    shown = hilde.get(path)
    hilde.submit(shown, f"{path}/verplaatsen?les={second}")
    assert titles(booklet) == ["Dan komen", "Eerst bellen"]
    moved = hilde.post(f"{path}/volgorde", {"order": [str(first), "onzin"]}, partial=True)
    assert moved.says("Eerst bellen", "Dan komen")
    hilde.submit(shown, f"{path}/eruit?les={second}")
    assert titles(booklet) == ["Eerst bellen"]
    hilde.submit(log, "/leren/boekjes", to=f"/lessen/{first}/boekje/eruit?naar=https://elders.example")
    assert titles(booklet) == []
    assert hilde.submit(shown, f"{path}/weg").response.location == "/leren/boekjes"
    assert hilde.get("/leren/boekjes").says("Nog geen boekje")


def test_a_booklet_is_of_whoever_made_it(cast: Cast, browse: Browse) -> None:
    booklet = made(cast, makers.published(cast))
    db.session.commit()
    path = f"/leren/boekjes/{booklet.id}"
    assert {browse("frank").get(f"{path}{part}").status for part in ("", "/pdf", "/epub", "/omslag")} == {404}
    assert not browse("frank").get("/leren/boekjes").says("De eerste keer")
    for act in (lambda by: bundling.put_in(booklet, [], by=by), lambda by: bundling.throw_away(booklet, by=by)):
        with pytest.raises(NotAllowed):
            act(cast.actor("frank"))


def test_what_is_no_longer_published_is_in_no_booklet(cast: Cast, browse: Browse) -> None:
    stays = makers.out(cast, "Deze mag")
    held, folded, old = (makers.out(cast, f"{CANARY} {name}", CANARY) for name in ("weg", "dicht", "oud"))
    booklet = made(cast, held, stays, folded, old)
    assert len(titles(booklet)) == 4
    actions.hold(held, "Te veel.", by=cast.actor("frank"))
    makers.fold(folded)
    actions.outdate(old, "Het pand is dicht.", by=cast.actor("frank"))
    draft = makers.offered(cast, f"{CANARY} wacht")
    town = OtherTown(name="Wilgendonk", feed="https://wilgendonk.example/feed")
    db.session.add(town)
    db.session.flush()
    theirs = Lesson(title=f"{CANARY} elders", line="Zo.", town_id=town.id, address="a", year=2020)
    theirs.status, theirs.published_at = LessonStatus.PUBLISHED, clock.now()
    db.session.add(theirs)
    db.session.flush()
    assert bundling.put_in(booklet, [draft.id, theirs.id, uuid.uuid4()], by=cast.actor("hilde")) == 0
    with pytest.raises(Conflict):
        bundling.put_in_hand(theirs.id, "Mijn lessen", by=cast.actor("hilde"))
    db.session.commit()
    assert [one.title for one, _ in booklets.whole(booklet.id)] == ["Deze mag"]
    hilde, path = browse("hilde"), f"/leren/boekjes/{booklet.id}"
    book = hilde.get(f"{path}/epub")
    assert faults_of_headers(book.response) == []
    said = [words_of(book.response.get_data()), *(hilde.get(one).text for one in (path, f"{path}/kiezen"))]
    assert all("Deze mag" in text and CANARY not in text for text in said)
    assert hilde.get("/leren/boekjes").says("1 les")
    assert not {one.title for one, _ in booklets.whole(booklet.id)} & {held.title, folded.title, old.title}


def test_the_order_passes_by_what_does_not_show(cast: Cast) -> None:
    one, gone, two = (makers.out(cast, name) for name in ("Een", "Weg", "Twee"))
    booklet = made(cast, one, gone, two)
    makers.fold(gone)
    bundling.move(booklet, two.id, -1, by=cast.actor("hilde"))
    bundling.move(booklet, two.id, -1, by=cast.actor("hilde"))
    assert titles(booklet) == ["Twee", "Een"]
    with pytest.raises(Conflict):
        bundling.move(booklet, gone.id, 1, by=cast.actor("hilde"))


def test_there_is_an_end_to_booklets_and_to_what_fits_in_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booklets, "MOST_LESSONS", 1)
    monkeypatch.setattr(bundling, "MOST_BOOKLETS", 1)
    booklet = made(cast, makers.out(cast, "Een"))
    with pytest.raises(Invalid):
        bundling.put_in(booklet, [makers.out(cast, "Twee").id], by=cast.actor("hilde"))
    with pytest.raises(Invalid):
        made(cast)


def test_paper_is_dated_by_the_clock_of_the_program(cast: Cast, app: Flask) -> None:
    booklet, noon = made(cast), datetime(2026, 3, 2, 12, tzinfo=UTC)
    with app.test_request_context(), clock.at(noon):
        first, second = (handouts.as_pdf(booklet, [], "Elsterveer") for _twice in range(2))
    assert first == second
    assert b"/CreationDate(D:20260302120000" in first


def test_the_cover_minds_names_and_whoever_saved_first(cast: Cast, browse: Browse) -> None:
    booklet = made(cast)
    db.session.commit()
    hilde, path = browse("hilde"), f"/leren/boekjes/{booklet.id}/omslag"
    page, other = hilde.get(path), hilde.get(path)
    named = hilde.submit(page, path, foreword="Dank aan Jasper Verstraete, 0470 12 34 56.")
    assert named.status == 422
    assert named.says("Dit lijkt op een telefoonnummer.", "Dank aan Jasper Verstraete")
    hilde.submit(page, path, foreword="Voor wie begint.")
    late = hilde.submit(other, path, foreword="Voor wie verdergaat.")
    assert late.status == 409
    assert late.says("Voor wie verdergaat.")
    assert hilde.submit(late, path).status == 303
    assert hilde.get(f"/leren/boekjes/{booklet.id}").says("Voor wie verdergaat.")


def test_the_book_is_one_and_the_paper_too_whatever_was_typed(cast: Cast, browse: Browse) -> None:
    lesson = makers.out(cast, HARD, "Kort & <goed>.", words={"situation": HARD, "did": "Regel een.\nRegel twee."})
    booklet = made(cast, lesson, makers.published(cast), title=f"{HARD}/../x")
    booklet.foreword = HARD
    db.session.commit()
    hilde, path = browse("hilde"), f"/leren/boekjes/{booklet.id}"
    paper, book = hilde.get(f"{path}/pdf").response, hilde.get(f"{path}/epub").response
    assert paper.get_data().startswith(b"%PDF-")
    assert b"/MarkInfo" in paper.get_data()
    assert re.search(r"filename=.*\.pdf", paper.headers["Content-Disposition"])
    assert "/" not in paper.headers["Content-Disposition"].partition("filename=")[2].replace("UTF-8''", "")
    assert book.content_type == epub.MIMETYPE
    _check_book(book.get_data(), chapters=4)
    assert "&lt;b&gt;&amp;" in words_of(book.get_data())
    assert "<b>" not in words_of(book.get_data())


def _check_book(book: bytes, *, chapters: int) -> None:
    """What the standard asks of the box, and that everything in it that is named is there."""
    with zipfile.ZipFile(io.BytesIO(book)) as box:
        first = box.infolist()[0]
        assert (first.filename, first.compress_type, box.read(first)) == ("mimetype", 0, epub.MIMETYPE.encode())
        assert not first.extra
        trees = {
            name: Tree.fromstring(box.read(name))  # noqa: S314 - our own
            for name in box.namelist()
            if name.endswith((".xhtml", ".opf", ".xml"))
        }
        names = set(box.namelist())
    root = next(one for one in trees["META-INF/container.xml"].iter() if one.tag.endswith("rootfile"))
    package = trees[root.attrib["full-path"]]
    items = {one.attrib["id"]: one.attrib for one in package.iter() if one.tag.endswith("}item")}
    spine = [one.attrib["idref"] for one in package.iter() if one.tag.endswith("}itemref")]
    assert len(spine) == chapters
    assert set(spine) <= set(items)
    assert [one["href"] for one in items.values() if one.get("properties") == "nav"] == ["nav.xhtml"]
    assert {f"book/{one['href']}" for one in items.values()} | {"book/package.opf"} == {
        name for name in names if name.startswith("book/")
    }
    hrefs = {one.attrib["href"] for tree in trees.values() for one in tree.iter() if "href" in one.attrib}
    assert {f"book/{one}" for one in hrefs} <= names
    for meta in ("identifier", "title", "language", "creator"):
        assert sum(one.tag.endswith(f"/elements/1.1/}}{meta}") for one in package.iter()) == 1


def test_nobodys_name_is_in_a_booklet_but_that_of_organisations(cast: Cast) -> None:
    booklet = made(cast, makers.published(cast))
    book = words_of(handouts.as_epub(booklet, booklets.whole(booklet.id), "Jeugdnetwerk"))
    assert "Halve Noot" in book
    assert [name for name in ("Bram", "Frank", "Hilde", str(booklet.person_id)) if name in book] == []


def test_the_words_for_a_chat_have_an_address_that_opens_and_only_for_what_may_leave(
    cast: Cast, browse: Browse
) -> None:
    lesson, draft = makers.published(cast), makers.offered(cast, CANARY)
    db.session.commit()
    bram, urls = browse("bram"), [f"/lessen/{one.id}" for one in (lesson, draft)]
    words = f"{makers.GATE.title}\n{makers.GATE.line}\nMuziekhuis Halve Noot, {clock.today().year}: {bram.base_url}"
    assert f">{words}{urls[0]}</textarea>" in bram.get(urls[0]).text
    opening.open_to_all(by=cast.actor("tine"))
    db.session.commit()
    assert f">{words}/les/{lesson.id}</textarea>" in bram.get(urls[0]).text
    assert [name in bram.get(url).text for url in urls for name in ("Geef het door", "In mijn boekje")] == [
        True, True, False, False,
    ]  # fmt: skip

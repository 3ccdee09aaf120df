"""A canary in each lesson that is not out: one that is being written, held back or folded; in words that wait for a
second reader, were held, or stood there before. It sings on no page, paper, feed or mail that others read."""

import io
import zipfile
from datetime import timedelta

from flask import current_app

from tests.learning import makers
from tests.lessons import makers as lessons
from tests.people import Cast
from tests.plans import makers as plans
from tests.support.browse import Browse, Browser
from webapp.core import clock
from webapp.core.db import db
from webapp.lessons import actions, bundling, changing, handouts, opening, queries, weekly
from webapp.lessons.actions import About, Words
from webapp.lessons.models import Lesson, LessonChange
from webapp.lessons.use_models import Booklet
from webapp.plans import linking, neighbours
from webapp.plans.codes import Link

CANARY = "Zilverkanarie"
STAYS = Words("Deze mag", "Zo gaat het goed.")
SUNG = Words(CANARY, f"{CANARY} anders.", did=CANARY)


def _out(cast: Cast, name: str) -> Lesson:
    return lessons.out(cast, f"{CANARY} {name}", f"{CANARY} fluit.", words={"did": CANARY, "situation": CANARY})


def _said_anew(cast: Cast, lesson: Lesson) -> None:
    """Other words for it are approved, others are held, and still others wait."""
    frank = cast.actor("frank")
    changing.approve(_proposed(cast, lesson, STAYS), by=frank)
    changing.hold(_proposed(cast, lesson, SUNG), CANARY, by=frank)
    _proposed(cast, lesson, SUNG)


def _proposed(cast: Cast, lesson: Lesson, words: Words) -> LessonChange:
    changing.propose(lesson, words, About(), f"{CANARY} waarom", by=cast.actor("bram"))
    found = queries.waiting_change(lesson.id)
    assert found
    return found


def _in_booklet(booklet: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(booklet)) as box:
        return "\n".join(box.read(name).decode() for name in box.namelist())


def test_a_lesson_that_is_not_out_is_heard_nowhere(cast: Cast, browse: Browse) -> None:
    jef, frank = cast.actor("jef"), cast.actor("frank")
    session, plan = makers.closed(cast), plans.plan(cast)
    goal = plans.goal(plan)
    with clock.at(weekly.begin() - timedelta(days=3)):
        before, held, folded = _out(cast, "van vroeger"), _out(cast, "tegen"), _out(cast, "gevouwen")
        draft = lessons.offered(cast, f"{CANARY} wacht", CANARY)
    part = neighbours.knot(goal.id)
    assert part
    for one in (before, held, folded):
        linking.link(part, Link.LESSON, one.id, by=cast.actor("noor"))
    for one in (before, held, folded, draft):
        one.session_id = session.id
    booklet = bundling.start("De eerste keer", by=jef)
    bundling.put_in(booklet, [before.id, held.id, folded.id], by=jef)
    opening.open_to_all(by=frank)
    actions.hold(held, CANARY, by=frank)
    lessons.fold(folded)
    _said_anew(cast, before)
    db.session.commit()
    reader = browse("jef")
    pages = (
        "/", "/leren", "/leren/feed.atom", "/leren/feed.json", f"/les/{before.id}", f"/leren/boekjes/{booklet.id}",
        f"/leren/boekjes/{booklet.id}/kiezen", f"/leren/sessies/{session.id}/resultaat",
        f"/plannen/{plan.id}/tijdlijn", f"/plannen/ketting/{goal.id}", "/leren?q=mag",
    )  # fmt: skip
    for path in pages:
        text = reader.get(path).text
        assert (path, STAYS.title in text, CANARY in text) == (path, True, False)
    assert reader.get(f"/leren?q={CANARY}").says("Niets gevonden")
    with clock.at(clock.now()):  # it stands in the paper
        _on_paper_too(reader, booklet, before)


def _on_paper_too(reader: Browser, booklet: Booklet, before: Lesson) -> None:
    """The book holds the one lesson; the paper is, letter for letter, that of the one lesson."""
    path = f"/leren/boekjes/{booklet.id}"
    book = _in_booklet(reader.get(f"{path}/epub").response.get_data())
    assert (STAYS.title in book, CANARY in book) == (True, False)
    network = current_app.config["SETTINGS"].network
    assert reader.get(f"{path}/pdf").response.get_data() == handouts.as_pdf(
        booklet, [(before, "Muziekhuis Halve Noot")], network
    )

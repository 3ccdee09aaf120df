"""Closing a session on its page, and the page with what came of it."""

from typing import Any

from sqlalchemy import select

from tests.groups import makers as groups
from tests.learning import makers
from tests.people import Cast
from tests.plans import makers as plans
from tests.support.browse import Browse, Browser, Page
from webapp.core import links
from webapp.core.db import db
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.learning import deciding, handouts, joining, outcome, queries, stepping
from webapp.learning.models import LearningSession
from webapp.lessons import actions as lessons
from webapp.lessons import queries as log
from webapp.lessons.models import Lesson
from webapp.policy.actor import Actor, Grant, Key

GATE = "We stonden met twee aan de poort, en dat hielp meer dan een folder."
CANARY = "Kwetterkanarie"


def _path(made: LearningSession, page: str) -> str:
    return f"/leren/sessies/{made.id}/{page}"


def _running(cast: Cast, candidate: str = GATE) -> LearningSession:
    made = makers.running(cast)
    note = makers.on_wall(cast, made, candidate)
    deciding.choose(note, is_candidate=True, by=cast.actor("frank"))
    deciding.hold(makers.note(made, f"{CANARY} zei dat."), by=cast.actor("frank"))
    return made


def _send(browser: Browser, page: Page, path: str, **changes: Any) -> Page:
    return browser.submit(page, path, **changes)


def test_a_session_closes_with_three_lines_a_lesson_actions_and_thanks(browse: Browse, cast: Cast) -> None:
    made, plan, group = _running(cast), plans.plan(cast), groups.group(cast, name="Poortploeg")
    path, title = _path(made, "afronden"), plan.title
    db.session.commit()
    noor = browse("noor")
    page = noor.get(path)
    assert page.says(GATE, "Poortploeg", title)
    assert CANARY not in page.text
    four = _send(noor, page, path, result="een\ntwee\ndrie\nvier", act_1="Bord aan de poort", title_2="Alleen een naam")
    assert four.status == 422
    assert four.says("Drie lijnen volstaan.", "Bord aan de poort", "Kies een werkgroep of een plan.", GATE)
    closed = _send(
        noor, four, path, result="Een bekend gezicht telt.\nEten helpt.", thanks="Merci, allemaal!",
        title_1="Met twee aan de poort", title_2=None, act_1="Bord aan de poort", where_1=f"group:{group.id}",
        act_2="Een buddy kiezen", where_2=f"plan:{plan.id}", how_2="guidance",
    )  # fmt: skip
    shown = noor.follow(closed)
    assert shown.says("Een bekend gezicht telt.", "Merci, allemaal!", "Met twee aan de poort", "Een buddy kiezen")
    row = db.session.scalars(select(Lesson).where(Lesson.session_id == made.id)).one()
    assert (row.title, row.line) == ("Met twee aan de poort", GATE)
    assert not db.session.get_one(LearningSession, made.id).is_running


def test_the_second_who_closes_keeps_what_was_typed(browse: Browse, cast: Cast) -> None:
    made = _running(cast)
    path = _path(made, "afronden")
    db.session.commit()
    frank, noor = browse("frank"), browse("noor")
    first, second = frank.get(path), noor.get(path)
    assert _send(frank, first, path, result="Twee aan de poort.", title_1="Met twee").status == 303
    late = _send(noor, second, path, result="Onze lijn.", title_1="Dubbel", act_1="Bellen")
    assert late.status == 422  # where the action goes was not said; nothing is lost
    late = _send(noor, late, path, act_1="")
    assert late.status == 409
    assert late.says("Onze lijn.", "Twee aan de poort.", "Iemand rondde dit intussen af of paste het aan.")
    twice = _send(noor, late, path)
    assert twice.status == 422
    assert twice.says("Dit werd teruggenomen, of iemand maakte er net een les van.", "Onze lijn.")
    assert _send(noor, twice, path, make_1=None).status == 303
    assert outcome.under_way(makers.read(made.id)) == 1


def test_the_page_tells_the_circle_what_came_of_it_and_nothing_that_waits(browse: Browse, cast: Cast) -> None:
    made, plan = _running(cast, f"{GATE} {CANARY}"), plans.plan(cast)
    path, page = _path(made, "afronden"), _path(made, "resultaat")
    token = joining.join(made, "Ans", by=Actor(keys=frozenset({Grant(Key.SESSION, made.id)}))).token
    link = links.find(links.Purpose.PARTICIPANT, token)
    assert link
    db.session.commit()
    frank, jef = browse("frank"), browse("jef")
    assert jef.get(page).says("De sessie is nog niet afgerond.")
    fields = {"title_1": f"Titel {CANARY}", "line_1": f"Lijn {CANARY}", "keep_words": "y"}
    done = {"act_1": "Een buddy kiezen", "where_1": f"plan:{plan.id}", "how_1": "guidance"}
    assert _send(frank, frank.get(path), path, result="Een bekend gezicht telt.", **fields, **done).status == 303
    assert frank.get(page).says(f"Titel {CANARY}")
    by_link = browse("guest")
    with by_link.client.session_transaction(base_url=by_link.base_url) as visit:
        visit["links"] = [link.id.hex]  # this device took part
    for reader in (jef, browse("bram"), by_link):
        read = reader.get(page)
        assert read.says("Een bekend gezicht telt.", "1 les is onderweg", "Een buddy kiezen", "Idee")
        assert CANARY not in read.text
    assert browse("hilde").get(page).status == 404
    lesson = log.lesson(db.session.scalars(select(Lesson.id).where(Lesson.session_id == made.id)).one())
    lessons.take_step(lesson, "offer", by=cast.actor("frank"))
    lessons.approve(lesson, by=cast.actor("bo"))
    buddy = db.session.scalars(select(ActionItem).where(ActionItem.title == "Een buddy kiezen")).one()
    buddy.status = ItemStatus.MOVING
    db.session.commit()
    for reader in (jef, by_link):
        assert reader.get(page).says(f"Titel {CANARY}", "Bezig")


def test_who_closed_too_early_goes_on_from_the_page_where_they_see_it(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    path, verder = _path(made, "resultaat"), _path(made, "verder")
    page = f"/mee/{made.id}/deel"
    db.session.commit()
    phone = browse("guest")
    phone.follow(phone.get(makers.link(made)))
    joined = phone.get(f"/mee/{made.id}/binnen")
    phone.submit(joined, f"/mee/{made.id}/binnen")
    assert phone.get(page).says("Deel met de groep")
    noor = browse("noor")
    noor.submit(noor.get(_path(made, "afronden")), _path(made, "afronden"), result="Een bekend gezicht telt.")
    assert phone.get(page).says("Deze sessie is voorbij.")
    seen = phone.get(f"/mee/{made.id}/stand").text
    assert not browse("jef").get(path).says("Te vroeg afgerond?")
    for place in (path, path.removesuffix("/resultaat")):
        assert noor.get(place).says("Te vroeg afgerond?")
    desk = noor.follow(noor.submit(noor.get(path), verder))
    assert desk.says("De sessie gaat verder.", "Volgende fase")
    assert phone.get(f"/mee/{made.id}/stand").text != seen, "a phone that waits hears of it"
    assert phone.get(page).says("Deel met de groep")
    assert noor.get(_path(made, "afronden")).form(_path(made, "afronden"))["result"] == "Een bekend gezicht telt."
    assert noor.post(verder).status == 409


def test_a_session_can_be_held_on_paper_without_a_name(browse: Browse, cast: Cast) -> None:
    made = makers.prepared(cast)
    skipped = queries.phases(made)[2]
    stepping.skip(skipped, is_skipped=True, by=cast.actor("frank"))
    said = handouts.told(made, queries.phases(made))
    db.session.commit()
    assert [row["time"] for row in said["phases"]] == ["19 tot 19.10 uur", "19.10 tot 19.22 uur", "19.22 uur"]
    assert skipped.title not in str(said)
    assert not any(name in str(said) for name in ("Frank", "Noor"))
    answer = browse("noor").get(_path(made, "blad.pdf"))
    assert answer.response.get_data().startswith(b"%PDF")

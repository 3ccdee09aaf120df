"""What is out is said anew: the old words stand until a second person read the new ones."""

from dataclasses import replace

import pytest

from tests.lessons import makers
from tests.people import Cast
from webapp.core import ledger
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed, StepRefused
from webapp.core.ledger import Erasure
from webapp.lessons import actions, changing, queries
from webapp.lessons.actions import About, Words
from webapp.lessons.codes import Verdict
from webapp.lessons.models import Lesson, LessonChange
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

NEW = replace(makers.GATE, line="Sta met twee aan de poort.")
ABOUT = About(bs=(B.TRUST,), strategies=(Strategy.OUTREACH,))
ENGLISH = Words("Be at the gate", "Be two at the gate.")


@pytest.fixture
def lesson(cast: Cast) -> Lesson:
    """A lesson that is out."""
    return makers.published(cast)


def proposed(cast: Cast, lesson: Lesson, who: str = "yara") -> LessonChange:
    changing.propose(lesson, NEW, ABOUT, "Eén is te weinig.", by=cast.actor(who), english=ENGLISH)
    found = queries.waiting_change(lesson.id)
    assert found
    return found


def test_the_old_words_stand_until_a_second_person_approves(cast: Cast, lesson: Lesson) -> None:
    change = proposed(cast, lesson)
    assert lesson.line == makers.GATE.line
    assert set(change.became) == {"line", "strategies", "en"}
    changing.approve(change, by=cast.actor("frank"), version=change.version)
    assert (lesson.line, lesson.strategies, lesson.is_out) == (NEW.line, (Strategy.OUTREACH,), True)
    assert [one.line for one in lesson.translations] == [ENGLISH.line]
    kinds = {one.kind for one in db.session.query(Notice).filter_by(person_id=cast.yara)}
    assert kinds == {NoticeKind.LESSON_APPROVED}


def test_held_words_change_nothing(cast: Cast, lesson: Lesson) -> None:
    change = proposed(cast, lesson)
    with pytest.raises(Invalid):
        changing.hold(change, " ", by=cast.actor("tine"))
    changing.hold(change, "Wie was die ene?", by=cast.actor("tine"))
    assert (change.verdict, lesson.line, lesson.is_out) == (Verdict.HELD, makers.GATE.line, True)
    assert queries.waiting_change(lesson.id) is None


def test_nobody_approves_words_of_their_own(cast: Cast) -> None:
    own = actions.write(makers.GATE, About(), cast.jeugddienst, by=cast.actor("frank"))
    actions.take_step(own, "offer", by=cast.actor("frank"))
    actions.approve(own, by=cast.actor("tine"))
    change = proposed(cast, own, "frank")
    with pytest.raises(NotAllowed):
        changing.approve(change, by=cast.actor("frank"))
    with pytest.raises(NotAllowed):
        changing.approve(change, by=cast.actor("noor"))
    changing.approve(change, by=cast.actor("bo"))


def test_two_readers_or_two_writers_at_once(cast: Cast, lesson: Lesson) -> None:
    change = proposed(cast, lesson)
    seen = change.version
    changing.propose(lesson, NEW, About(), "Korter.", by=cast.actor("bram"), waiting=change, version=seen)
    for change_too_late in (
        lambda: changing.approve(change, by=cast.actor("frank"), version=seen),
        lambda: changing.propose(lesson, NEW, ABOUT, "Nee.", by=cast.actor("yara"), waiting=change, version=seen),
    ):
        with pytest.raises(Conflict):
            change_too_late()
    changing.approve(change, by=cast.actor("frank"), version=change.version)
    with pytest.raises(Conflict):
        changing.hold(change, "Toch niet.", by=cast.actor("tine"))


def test_it_says_why_and_something_else_and_is_taken_back(cast: Cast, lesson: Lesson) -> None:
    with pytest.raises(Invalid):
        changing.propose(lesson, NEW, ABOUT, "", by=cast.actor("bram"))
    with pytest.raises(Invalid):
        changing.propose(lesson, makers.GATE, About(bs=(B.TRUST,)), "Niets.", by=cast.actor("bram"))
    with pytest.raises(StepRefused):
        changing.propose(makers.draft(cast), NEW, ABOUT, "Nog niet uit.", by=cast.actor("bram"))
    changing.take_back(proposed(cast, lesson), by=cast.actor("bram"))
    assert queries.waiting_change(lesson.id) is None


def test_words_that_are_let_go_stay_gone_when_an_older_backup_is_restored(cast: Cast, lesson: Lesson) -> None:
    change = proposed(cast, lesson)
    changing.approve(change, by=cast.actor("frank"))
    words = dict(change.was or {}), dict(change.became), change.why
    changing.forget_before(lesson, by=cast.actor("frank"))
    erased = db.session.query(Erasure).one()
    assert (erased.kind, erased.thing_id) == ("lesson_before", lesson.id)
    db.session.refresh(change)
    assert (change.was, change.became, change.why) == (None, {}, "")
    change.was, change.became, change.why = words
    waits = changing.propose(lesson, makers.GATE, ABOUT, "Toch niet.", by=cast.actor("yara"))
    db.session.flush()
    ledger.REPLAYS[erased.kind](erased.thing_id)
    for row in (change, waits):
        db.session.refresh(row)
    assert (change.was, change.became, change.why) == (None, {}, "")
    assert waits.became["line"] == makers.GATE.line

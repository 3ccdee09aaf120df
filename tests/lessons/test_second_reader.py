"""A lesson leaves its circle when a second person approved it, and not before."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.lessons import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed, StepRefused
from webapp.lessons import actions, queries
from webapp.lessons.actions import About, Words
from webapp.lessons.codes import Language, Verdict
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, SecondRead
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.seven_bs import B

GATE = Words("Sta op tijd aan de poort", "Iemand op tijd aan de poort is meer waard dan een folder.")
READERS = ("tine", "bo", "frank")


@pytest.fixture
def lesson(cast: Cast) -> Lesson:
    """A lesson that bram wrote down for the music house."""
    return actions.write(GATE, About(bs=(B.TRUST,)), cast.halvenoot, by=cast.actor("bram"))


def _seen_by(cast: Cast, lesson: Lesson) -> set[str]:
    """Who may read the lesson."""
    db.session.flush()
    people = set(cast.people) - {"gone", "moved"}
    return {who for who in people if can(cast.actor(who), Can.READ_LESSON, lesson)}


def test_a_draft_stays_where_it_was_written(cast: Cast, lesson: Lesson) -> None:
    assert _seen_by(cast, lesson) == {"bram", "yara"}
    assert not makers.in_log()


def test_an_offered_lesson_is_read_by_possible_second_readers_alone(cast: Cast, lesson: Lesson) -> None:
    actions.take_step(lesson, "offer", by=cast.actor("yara"))
    assert _seen_by(cast, lesson) == {"bram", "yara", *READERS}
    assert not makers.in_log()


def test_a_second_person_approves_and_everybody_reads_it(cast: Cast, lesson: Lesson) -> None:
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    actions.approve(lesson, by=cast.actor("frank"), version=lesson.version)
    assert _seen_by(cast, lesson) == set(cast.people) - {"gone", "moved"}
    assert makers.in_log() == [lesson.id]
    read = db.session.scalars(select(SecondRead)).one()
    assert (read.verdict, read.person_id) == (Verdict.APPROVED, cast.frank)


def test_nobody_is_the_second_reader_of_their_own_lesson(cast: Cast) -> None:
    own = actions.write(GATE, About(), cast.jeugddienst, by=cast.actor("frank"))
    actions.take_step(own, "offer", by=cast.actor("frank"))
    with pytest.raises(NotAllowed):
        actions.approve(own, by=cast.actor("frank"))
    assert own.status is LessonStatus.OFFERED


def test_who_holds_it_back_says_why_and_it_can_be_offered_again(cast: Cast, lesson: Lesson) -> None:
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    with pytest.raises(Invalid):
        actions.hold(lesson, "  ", by=cast.actor("tine"))
    actions.hold(lesson, "Iedereen weet over wie dit gaat.", by=cast.actor("tine"))
    assert lesson.status is LessonStatus.HELD
    assert _seen_by(cast, lesson) == {"bram", "yara", *READERS}
    actions.edit(lesson, Words("Aan de poort", GATE.line), About(), by=cast.actor("bram"), version=lesson.version)
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    actions.approve(lesson, by=cast.actor("bo"))
    assert (lesson.held_because, lesson.title) == ("", "Aan de poort")


def test_what_was_out_can_be_held_back_and_is_gone_for_the_others(cast: Cast, lesson: Lesson) -> None:
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    actions.approve(lesson, by=cast.actor("frank"))
    actions.hold(lesson, "Er staat toch een school in.", by=cast.actor("tine"))
    assert not makers.in_log()
    assert "hilde" not in _seen_by(cast, lesson)


def test_two_readers_at_once(cast: Cast, lesson: Lesson) -> None:
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    before = lesson.version
    actions.approve(lesson, by=cast.actor("frank"), version=before)
    with pytest.raises(Conflict):
        actions.hold(lesson, "Te vaag.", by=cast.actor("tine"), version=before)
    with pytest.raises(StepRefused):
        actions.approve(lesson, by=cast.actor("tine"))


def test_what_is_out_is_not_written_over(cast: Cast, lesson: Lesson) -> None:
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    actions.approve(lesson, by=cast.actor("frank"))
    with pytest.raises(Invalid):
        actions.edit(lesson, GATE, About(), by=cast.actor("bram"))


def test_what_no_longer_holds_stays_readable_with_the_reason(cast: Cast, lesson: Lesson) -> None:
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    actions.approve(lesson, by=cast.actor("frank"))
    actions.outdate(lesson, "De poort is weg.", by=cast.actor("yara"))
    assert (lesson.status, lesson.outdated_because) == (LessonStatus.OUTDATED, "De poort is weg.")
    assert "hilde" in _seen_by(cast, lesson)
    actions.renew(lesson, by=cast.actor("yara"))
    assert lesson.outdated_because == ""


def test_a_lesson_in_english_too(cast: Cast, lesson: Lesson) -> None:
    english = Words("Be at the gate on time", "Someone at the gate on time is worth more than a leaflet.")
    actions.translate(lesson, Language.EN, english, by=cast.actor("bram"))
    found: Any = queries.lesson(lesson.id)
    assert [one.title for one in found.translations] == ["Be at the gate on time"]
    actions.translate(lesson, Language.EN, None, by=cast.actor("bram"))
    assert not lesson.translations


def test_a_lesson_is_written_for_an_organisation_of_ones_own(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.write(GATE, About(), cast.zilverreiger, by=cast.actor("bram"))

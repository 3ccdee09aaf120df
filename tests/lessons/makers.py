"""Lessons in the log, for tests."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.lessons import actions, flagging, house_words, index, ruling, searching
from webapp.lessons.actions import About, Words
from webapp.lessons.asked import Asked
from webapp.lessons.codes import Flagged
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Flag, FollowedSearch, LessonUse
from webapp.vocabulary.seven_bs import B

GATE = Words("Sta op tijd aan de poort", "Iemand op tijd aan de poort is meer waard dan een folder.")


def draft(cast: Cast) -> Lesson:
    """A lesson by Bram that nobody else read yet."""
    return actions.write(GATE, About(bs=(B.TRUST,)), cast.organisations["halvenoot"], by=cast.actor("bram"))


def published(cast: Cast) -> Lesson:
    """The same, that a second person approved."""
    return out(cast, GATE.title, GATE.line, bs=(B.TRUST,))


def offered(
    cast: Cast, title: str, line: str = "Zo ging het.", *, words: dict[str, str] | None = None, **about: Any
) -> Lesson:
    """A lesson by Bram that waits for a second reader."""
    said = Words(title, line, **(words or {}))
    lesson = actions.write(said, About(**about), cast.organisations["halvenoot"], by=cast.actor("bram"))
    actions.take_step(lesson, "offer", by=cast.actor("bram"))
    return lesson


def out(cast: Cast, title: str, line: str = "Zo ging het.", **more: Any) -> Lesson:
    """A lesson that a second person approved."""
    lesson = offered(cast, title, line, **more)
    actions.approve(lesson, by=cast.actor("frank"))
    assert lesson.status is LessonStatus.PUBLISHED
    return lesson


def fold(lesson: Lesson) -> None:
    """As somebody who looks after the log does."""
    lesson.is_folded = True
    db.session.flush()
    index.put(lesson)


def flagged(cast: Cast, lesson: Lesson, who: str = "jef") -> Flag:
    """Somebody says that a lesson breaks the first rule of the house."""
    rule = ruling.begin(house_words.first_rules())[0]
    return flagging.flag(Flagged.LESSON, lesson.id, rule, "Hier staat te veel.", by=cast.actor(who))


def in_log() -> list[uuid.UUID]:
    """What the whole network finds, the newest first."""
    return found("")


def found(words: str) -> list[uuid.UUID]:
    """What somebody finds who looks for these words."""
    asked = Asked(q=words)
    return [row.id for row in searching.lessons(asked, searching.around(asked)).rows]


def followed(cast: Cast, words: str, who: str) -> None:
    """Somebody follows a search in which something came out since."""
    told, terms = clock.now() - timedelta(days=2), Asked(q=words).terms()
    db.session.add(FollowedSearch(person_id=cast.people[who], terms=terms, told_until=told, newest_at=clock.now()))
    db.session.flush()


def uses(lesson_id: uuid.UUID) -> Sequence[LessonUse]:
    """In what a lesson is used."""
    return db.session.scalars(select(LessonUse).where(LessonUse.lesson_id == lesson_id)).all()

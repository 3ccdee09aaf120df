"""Lessons around a plan: those that were linked to a part of it, and those that were made of its actions and of what
was decided about it."""

from typing import Any

from sqlalchemy import Subquery, select, union

from webapp.core import fulltext
from webapp.core.db import AnySelect, db
from webapp.groups.models import ActionItem
from webapp.lessons.codes import Origin, UsedIn
from webapp.lessons.index import WORDS
from webapp.lessons.models import Lesson, LessonPlace
from webapp.lessons.use_models import LessonUse
from webapp.plans.doing_models import Belonging

MOST_FOUND = 200
NOTHING_TOLD = "x" * fulltext.LONGEST_WORD
"""What no lesson says, for words that tell nothing."""


def came_of(actions: Any, decisions: Any) -> tuple[AnySelect, ...]:
    """The ids of the lessons that were made of these actions and decisions, or that these decisions use; out or not."""
    made = select(Lesson.id).where(Lesson.origin == Origin.ACTION, Lesson.origin_id.in_(actions))
    return made, *_of_decisions(decisions)


def _of_decisions(decisions: Any) -> tuple[AnySelect, ...]:
    return (
        select(Lesson.id).where(Lesson.origin == Origin.DECISION, Lesson.origin_id.in_(decisions)),
        select(LessonUse.lesson_id).where(LessonUse.used_in == UsedIn.DECISION, LessonUse.thing_id.in_(decisions)),
    )


def in_plan(plan: Any) -> Any:
    """The ids of the lessons around a whole plan, out or not. A plan may have thousands of actions and a town few
    lessons that came of one: a join lets the database begin at the fewest."""
    linked = select(Belonging.to_id).where(Belonging.plan_id == plan)
    of_action = ActionItem, (ActionItem.id == Lesson.origin_id) & (Lesson.origin == Origin.ACTION)
    made = select(Lesson.id).join(*of_action).where(ActionItem.plan_id == plan)
    return union(linked, made, *_of_decisions(linked))


def newest(lessons: AnySelect, *, by_words: bool) -> AnySelect:
    """These lessons, the newest that holds first; by words those in which they stand, in any of their forms."""
    found = lessons.order_by(None).join(LessonPlace, LessonPlace.lesson_id == Lesson.id).where(LessonPlace.number > 0)
    if by_words:
        found = found.where(LessonPlace.number.in_(select(_hits().c.n)))
    return found.order_by(LessonPlace.number.desc())


def _hits() -> Subquery:
    return WORDS.hits(MOST_FOUND, "asked_lessons").subquery("lesson_hits")


def asking(words: str) -> dict[str, str]:
    """The words as the index is asked for them."""
    return {"asked_lessons": WORDS.asking(fulltext.looked_for(words) or fulltext.looked_for(NOTHING_TOLD))}


def database() -> str:
    """Which database is asked: each has its own index of words."""
    return db.engine.dialect.name

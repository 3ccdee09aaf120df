"""Reading lessons: one with all that rights ask for, and what was made of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import packed, unpacked
from webapp.core.records import Together
from webapp.core.statements import prepared
from webapp.lessons.lifecycle import OUT
from webapp.lessons.models import Lesson, LessonChange, OtherTown
from webapp.lessons.use_models import Flag, HouseRule, LessonUse, Tag, Tried

IS_OUT = and_(Lesson.status.in_(OUT), ~Lesson.is_folded)
"""Of the whole network: a second person approved it, and it was not folded."""


def lesson(lesson_id: uuid.UUID) -> Lesson | None:
    """One lesson, with its other languages and who leads the session it came from. As much work for one that is not
    there as for one that is."""
    rows = _LESSON.rows({"lesson": lesson_id})
    if not rows:
        return None
    found = _LESSON.made_of(rows)
    found.circle_ids = frozenset(uuid.UUID(person_id) for (person_id,) in unpacked(rows[0].circle))
    return found


_LESSON = Together(
    Lesson,
    Lesson.translations,
    where=Lesson.id == given("lesson", Lesson.id),
    beside=lambda one: one.add_columns(packed(_leads_of(_session_of_lesson())).label("circle")),
)


def _session_of_lesson() -> ColumnElement[uuid.UUID | None]:
    same = aliased(Lesson)
    return select(same.session_id).where(same.id == given("lesson", Lesson.id)).scalar_subquery()


def lesson_to_read(lesson_id: uuid.UUID) -> Lesson | None:
    """The same for a second reader: with who wrote the words that wait, if others than those that are out do."""
    found = lesson(lesson_id)
    waits = waiting_change(lesson_id)
    if found is not None and waits is not None:
        found.reworded_by_ids = frozenset({waits.person_id})
    return found


def _leads_of(session_id: Any) -> AnySelect:
    """The area of sessions knows lessons, not the other way round, so its table is asked by name."""
    table = Lesson.metadata.tables["session_lead"]
    return select(table.c.person_id).where(table.c.session_id == session_id)


def waiting_change(lesson_id: uuid.UUID) -> LessonChange | None:
    """The words that wait for a second reader, if any."""
    return db.session.scalars(_changes(lesson_id).where(LessonChange.verdict.is_(None)).limit(1)).first()


def newest_change(lesson_id: uuid.UUID) -> LessonChange | None:
    """The words that somebody proposed last, whatever became of them."""
    return db.session.scalars(_changes(lesson_id).limit(1)).first()


def _changes(lesson_id: uuid.UUID) -> Select[Any]:
    query = select(LessonChange).options(joinedload(LessonChange.lesson)).where(LessonChange.lesson_id == lesson_id)
    return query.order_by(LessonChange.at.desc(), LessonChange.id)


def tried(tried_id: uuid.UUID) -> Tried | None:
    """What one organisation said of a lesson, with the lesson."""
    return db.session.get(Tried, tried_id, options=[joinedload(Tried.lesson)])


def tried_shown(tried_id: uuid.UUID) -> Tried | None:
    """The same, as far as the whole network reads it: of a lesson that is out, and not folded."""
    found = tried(tried_id)
    return found if found is not None and found.lesson.is_out and not found.is_folded else None


def tag(tag_id: uuid.UUID) -> Tag | None:
    """One tag."""
    return db.session.get(Tag, tag_id)


def flag(flag_id: uuid.UUID) -> Flag | None:
    """One flag, with the rule it cites."""
    return db.session.get(Flag, flag_id, options=[joinedload(Flag.rule)])


def house_rule(rule_id: uuid.UUID) -> HouseRule | None:
    """One house rule."""
    return db.session.get(HouseRule, rule_id)


def named(lesson_id: uuid.UUID) -> AnyRow | None:
    """The names that a lesson is signed with: its organisation and its author, or else another town; the theme of the
    session it came from, which the whole network knows; how often it is used, and whether it was said anew."""
    rows: Sequence[AnyRow] = read(_named(), {"lesson": lesson_id})
    return next(iter(rows), None)


@prepared
def _named() -> AnySelect:
    session = Lesson.metadata.tables["learning_session"]
    uses = select(func.count()).where(LessonUse.lesson_id == Lesson.id).correlate(Lesson).scalar_subquery()
    said_anew = exists().where(LessonChange.lesson_id == Lesson.id, LessonChange.was.is_not(None))
    return (
        select(
            Organisation.name.label("organisation"),
            Person.name.label("author"),
            OtherTown.name.label("town"),
            session.c.theme,
            uses.label("uses"),
            said_anew.label("was_said_anew"),
        )
        .select_from(Lesson)
        .outerjoin(Organisation, Organisation.id == Lesson.organisation_id)
        .outerjoin(Person, and_(Person.id == Lesson.author_id, Person.is_active))
        .outerjoin(OtherTown, OtherTown.id == Lesson.town_id)
        .outerjoin(session, session.c.id == Lesson.session_id)
        .where(Lesson.id == given("lesson", Lesson.id))
    )

"""Reading what others make of a lesson: who tried it too, its tags, in what it is used, what second readers said."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.lessons.codes import Helped, TagStatus, Verdict
from webapp.lessons.models import LessonChange, SecondRead
from webapp.lessons.use_models import LessonTag, Tag, Tried

IT_WORKED = (Helped.HELPED, Helped.ADAPTED)
"""What makes a lesson surer. That it did not help is as welcome, and changes nothing of what others saw."""

MOST_TRIED = 60
MOST_READS = 20
MOST_CHANGES = 20


def tried_at(lesson_id: uuid.UUID, organisation_id: uuid.UUID) -> Tried | None:
    """What one organisation said of a lesson."""
    query = select(Tried).where(Tried.lesson_id == lesson_id, Tried.organisation_id == organisation_id)
    return db.session.scalars(query).first()


def tried(lesson_id: uuid.UUID, *, folded: bool = False) -> Sequence[AnyRow]:
    """What organisations said of a lesson, the newest first; with `folded` what was folded too, for whoever may read
    it."""
    return read(_tried(folded=folded), {"lesson": lesson_id})


@prepared
def _tried(*, folded: bool) -> AnySelect:
    query = (
        select(
            Tried.id, Tried.organisation_id, Tried.person_id, Tried.same, Tried.different, Tried.helped,
            Tried.is_folded, Tried.at, Organisation.name, Organisation.kind,
        )
        .join(Organisation, Organisation.id == Tried.organisation_id)
        .where(Tried.lesson_id == given("lesson", Tried.lesson_id))
        .order_by(Tried.at.desc(), Tried.id)
        .limit(MOST_TRIED)
    )  # fmt: skip
    return query if folded else query.where(~Tried.is_folded)


def outcomes(lesson_id: uuid.UUID) -> tuple[int, int]:
    """At how many places a lesson worked, one way or another, and at how many it did not."""
    rows: Sequence[AnyRow] = read(_outcomes(), {"lesson": lesson_id})
    count = {row.helped: row.number for row in rows}
    return sum(count.get(one, 0) for one in IT_WORKED), count.get(Helped.NOT, 0)


@prepared
def _outcomes() -> AnySelect:
    seen = select(Tried.helped, func.count().label("number"))
    return seen.where(Tried.lesson_id == given("lesson", Tried.lesson_id), ~Tried.is_folded).group_by(Tried.helped)


def tags_of(lesson_id: uuid.UUID, *, proposed: bool = False) -> Sequence[AnyRow]:
    """The tags of a lesson that count, and with `proposed` those that wait too."""
    wanted = [TagStatus.ACCEPTED, TagStatus.PROPOSED] if proposed else [TagStatus.ACCEPTED]
    return read(_tags_of(), {"lesson": lesson_id, "wanted": wanted})


@prepared
def _tags_of() -> AnySelect:
    return (
        select(Tag.id, Tag.name, Tag.name_en, Tag.status, Tag.proposed_by_id)
        .join(LessonTag, LessonTag.tag_id == Tag.id)
        .where(
            LessonTag.lesson_id == given("lesson", LessonTag.lesson_id),
            Tag.status.in_(given("wanted", Tag.status, many=True)),
        )
        .order_by(Tag.name)
    )


def reads(lesson_id: uuid.UUID) -> Sequence[AnyRow]:
    """What second readers said, the last first, with who they were. For the circle of the lesson."""
    return read(_reads(), {"lesson": lesson_id})


@prepared
def _reads() -> AnySelect:
    return (
        select(SecondRead.verdict, SecondRead.words, SecondRead.at, SecondRead.change_id, Person.name)
        .outerjoin(Person, Person.id == SecondRead.person_id)
        .where(SecondRead.lesson_id == given("lesson", SecondRead.lesson_id))
        .order_by(SecondRead.at.desc(), SecondRead.id)
        .limit(MOST_READS)
    )


def before(lesson_id: uuid.UUID) -> Sequence[AnyRow]:
    """What a lesson said before it was said anew, the last time first: what changed, when and why."""
    return read(_before(), {"lesson": lesson_id})


@prepared
def _before() -> AnySelect:
    approved = (
        select(func.max(SecondRead.at)).where(SecondRead.change_id == LessonChange.id).correlate(LessonChange)
    ).scalar_subquery()
    return (
        select(LessonChange.id, LessonChange.was, LessonChange.why, approved.label("at"))
        .where(
            LessonChange.lesson_id == given("lesson", LessonChange.lesson_id),
            LessonChange.verdict == Verdict.APPROVED,
            LessonChange.was.is_not(None),
        )
        .order_by(LessonChange.at.desc(), LessonChange.id)
        .limit(MOST_CHANGES)
    )

"""The lessons that fit what somebody is writing: by the B's and strategies it is about, and by words that tags or the
lines that travel have too. What is looked up is written down nowhere."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal_column, select, union_all

from webapp.core import fulltext
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.fulltext import Group
from webapp.core.statements import prepared
from webapp.lessons import searching
from webapp.lessons.codes import Facet, Language
from webapp.lessons.index import WORDS
from webapp.lessons.models import Lesson, LessonPlace, LessonTranslation
from webapp.lessons.queries import IS_OUT
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

MOST = 3
MOST_LOOKED_AT = 120
BY_TAG = 2
"""A tag that the words stand for weighs as much as two B's."""
EVERYWHERE = frozenset(
    ["jongere", "jongeren", "jeugd", "kind", "kinderen", "vereniging", "verenigingen", "young", "people", "association"]
)
"""Words that stand in so many lessons that they tell nothing of what one is about."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody writes about: B's and strategies, and perhaps words or tags; and the lesson that it is itself."""

    codes: frozenset[str]
    words: str = ""
    tags: frozenset[uuid.UUID] = frozenset()
    but: uuid.UUID | None = None


def lessons(writing: Writing, *, language: str = "") -> list[AnyRow]:
    """At most three lessons that hold, what fits best first; none when nothing fits. As many queries for a small log
    as for a large one."""
    asked = _asked(writing)
    if not asked:
        return []
    WORDS.plan_by_index()
    values = {"language": Language(language) if language in [*Language] else None, **asked}
    found = [row for row in read(_found(tuple(asked), db.engine.dialect.name), values) if row.id != writing.but]
    stems = _stems([writing.words])
    ranked = sorted(found, key=lambda row: (-_fits(row, writing.codes, stems), -row.weight, -row.n))
    return ranked[:MOST]


def related(lesson: Lesson, tags: Iterable[uuid.UUID], *, language: str = "") -> list[AnyRow]:
    """At most three other lessons with the same tags, B's and strategies."""
    codes = frozenset[str]({*lesson.bs, *lesson.strategies})
    return lessons(Writing(codes, tags=frozenset(tags), but=lesson.id), language=language)


def _fits(row: AnyRow, codes: frozenset[str], stems: frozenset[str]) -> int:
    by_word = len(stems & _stems([row.title, row.line])) if stems else 0
    return len(codes & {*row.bs, *row.strategies}) + by_word + int(row.by_tag)


def _asked(writing: Writing) -> dict[str, str]:
    """What to ask the index for, by what it is: what has no answer is not asked."""
    facets = [
        *(Facet.B.token(one) for one in B if one in writing.codes),
        *(Facet.STRATEGY.token(one) for one in Strategy if one in writing.codes),
    ]
    telling = _telling(writing.words)
    words = fulltext.looked_for(" ".join([*telling, ""])) if telling else ()
    tags = {Facet.TAG.token(one.hex) for one in writing.tags}
    if telling:
        tags.update(*searching.tags_for(writing.words).values())
    one_of = {"facets": fulltext.any_of(facets), "tags": fulltext.any_of(sorted(tags)), "words": _together(words)}
    return {name: WORDS.asking([group], on_top=name == "words") for name, group in one_of.items() if group}


def _together(groups: Iterable[Group]) -> Group:
    return tuple(term for group in groups for term in group)


def _stems(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(fulltext.stem(word, fulltext.DUTCH) for text in texts for word in _telling(text))


def _telling(text: str) -> list[str]:
    return [word for word in fulltext.words(text) if word not in fulltext.COMMON and word not in EVERYWHERE]


@prepared
def _found(asked: tuple[str, ...], _database: str) -> AnySelect:
    hits = union_all(*(_hits(name) for name in asked)).subquery("hits")
    each = select(hits.c.n, func.max(hits.c.by_tag).label("by_tag")).group_by(hits.c.n).subquery("each_hit")
    said = (LessonTranslation.lesson_id == Lesson.id) & (
        LessonTranslation.language == given("language", LessonTranslation.language)
    )
    return (
        select(
            Lesson.id,
            func.coalesce(LessonTranslation.title, Lesson.title).label("title"),
            func.coalesce(LessonTranslation.line, Lesson.line).label("line"),
            Lesson.bs,
            Lesson.strategies,
            LessonPlace.weight,
            each.c.n,
            each.c.by_tag,
        )
        .select_from(each)
        .join(LessonPlace, LessonPlace.number == each.c.n)
        .join(Lesson, Lesson.id == LessonPlace.lesson_id)
        .outerjoin(LessonTranslation, said)
        .where(IS_OUT, each.c.n > 0)
    )


def _hits(name: str) -> AnySelect:
    newest = WORDS.hits(MOST_LOOKED_AT, name).subquery(name)
    return select(newest.c.n, literal_column(str(BY_TAG) if name == "tags" else "0").label("by_tag"))

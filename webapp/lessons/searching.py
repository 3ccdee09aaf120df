"""Looking in the log: words and filters are one question to the index, and cost the same in a log of any size.

What is asked with words and fits few lessons is ordered by how well it fits: in its title and line first, then what is
surer. Otherwise the newest come first. What no longer holds is always behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)

from webapp.core import fulltext
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.spans import Bound
from webapp.core.statements import prepared
from webapp.lessons.asked import Asked
from webapp.lessons.codes import Facet, Language, TagStatus
from webapp.lessons.index import WORDS
from webapp.lessons.models import TEXTS, Lesson, LessonPlace, LessonTranslation, OtherTown
from webapp.lessons.use_models import Tag, TagSynonym, Tried

PAGE_SIZE = 20
MOST_COUNTED = 300
"""Beyond this no number is told."""
MOST_RANKED = 200
MOST_CHOICES = 40
AHEAD = 1 << 20
"""So much higher ranks what holds than what no longer does."""

After = tuple[int, int]
"""How well the last lesson of the page before fits, and its number."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of lessons and one more, and how many there are in all, up to MOST_COUNTED + 1."""

    rows: Sequence[AnyRow]
    count: int


@dataclass(frozen=True, slots=True)
class Around:
    """What is needed around a search: the tags that its words are other words for, and the sources and years to choose
    from."""

    tags: dict[str, frozenset[str]]
    sources: tuple[str, ...]
    years: tuple[int, ...]


def lessons(asked: Asked, around: Around, *, language: str = "", after: After | None = None) -> Found:
    """The lessons that fit, in one query."""
    groups = looked_for(asked, around.tags)
    words = fulltext.looked_for(asked.q, around.tags)
    values = {
        "asked": WORDS.asking(groups),
        "top": WORDS.asking(words, on_top=True),
        "language": Language(language) if language in [*Language] else None,
        "rank": after and after[0],
        "number": after and after[1],
        "since": asked.sinds or 0,
    }
    WORDS.plan_by_index()
    rows = read(_page(bool(groups), bool(words), after is not None, asked.sinds is not None, _dialect()), values)
    return Found(rows, rows[0].found if rows else 0)


def looked_for(asked: Asked, tags: Mapping[str, frozenset[str]]) -> tuple[fulltext.Group, ...]:
    """What the index is asked for: words, in any of their forms, and filters."""
    return (*fulltext.looked_for(asked.q, tags), *(fulltext.any_of([one]) for one in asked.tokens()))


def _dialect() -> str:
    return db.engine.dialect.name


@prepared
def _page(is_asked: bool, has_words: bool, is_behind: bool, is_since: bool, _database: str) -> AnySelect:
    since = given("since", LessonPlace.number) if is_since else None
    hits = _hits(is_asked, MOST_COUNTED + 1, since).cte("hits")
    found = select(func.count()).select_from(hits).scalar_subquery()
    rank = _rank(hits.c.n, found) if has_words else literal_column("0")
    ranked = select(hits.c.n, rank.label("rank"), found.label("found"))
    if has_words:
        ranked = ranked.join(LessonPlace, LessonPlace.number == hits.c.n)
    chosen = ranked.subquery("ranked")
    if not is_behind:
        page = select(chosen).order_by(chosen.c.rank.desc(), chosen.c.n.desc()).limit(PAGE_SIZE + 1)
    else:
        below = _hits(is_asked, PAGE_SIZE + 1, since, given("number", LessonPlace.number)).subquery("below")
        newest = select(below.c.n, literal_column("0").label("rank"), found.label("found")).where(_is_zero())
        after = tuple_(given("rank", LessonPlace.number), given("number", LessonPlace.number))
        behind = select(chosen).where(tuple_(chosen.c.rank, chosen.c.n) < after, ~_is_zero())
        behind = behind.order_by(chosen.c.rank.desc(), chosen.c.n.desc()).limit(PAGE_SIZE + 1)
        parts = union_all(newest, select(behind.subquery("behind"))).subquery("both")
        page = select(parts).order_by(parts.c.rank.desc(), parts.c.n.desc()).limit(PAGE_SIZE + 1)
    return _cards(page.subquery("page"))


def came_out(most: int, number: int = 0) -> AnySelect:
    """The numbers of the lessons that came out since some second and still hold, the newest first. Several searches can
    be asked at once: the values of each, see `coming_out`, have a number of their own."""
    return WORDS.hits(most, f"asked{number}", since=given(f"since{number}", LessonPlace.number))


def coming_out(asked: Asked, tags: Mapping[str, frozenset[str]], number: int = 0) -> dict[str, Any]:
    """The values for `came_out`."""
    return {f"asked{number}": WORDS.asking(looked_for(asked, tags)), f"since{number}": asked.sinds or 1}


def _is_zero() -> ColumnElement[bool]:
    """Whether the page before stood in the order of the newest."""
    return given("rank", LessonPlace.number) == 0


def _hits(is_asked: bool, most: int, since: Bound, below: Bound = None) -> AnySelect:
    if is_asked:
        return WORDS.hits(most, since=since, below=below)
    number = LessonPlace.number
    every = select(number.label("n")).order_by(number.desc()).limit(most)
    if since is not None:
        every = every.where(number >= since)
    return every if below is None else every.where(number < below)


def _rank(number: Any, found: Any) -> ColumnElement[int]:
    """Zero when too many fit to look at each of them."""
    few = case((found <= MOST_RANKED, MOST_RANKED), else_=0)
    top = select(WORDS.hits(MOST_RANKED, "top").subquery("top").c.n).limit(few)
    fits = case((number.in_(top), 10), else_=0) + cast(LessonPlace.weight, Integer) + 1
    return case((found > MOST_RANKED, 0), (number < 0, fits), else_=fits + AHEAD)


def _cards(page: Any) -> AnySelect:
    """What a card shows, in the language of the page where there is one."""
    said = and_(
        LessonTranslation.lesson_id == Lesson.id,
        LessonTranslation.language == given("language", LessonTranslation.language),
    )
    tried = (
        select(func.count()).where(Tried.lesson_id == Lesson.id, ~Tried.is_folded).correlate(Lesson).scalar_subquery()
    )
    return (
        select(
            Lesson.id,
            *(_in_language(name) for name in TEXTS),
            Lesson.source,
            Lesson.year,
            Lesson.outdated_because,
            Lesson.bs,
            Lesson.strategies,
            Lesson.sureness,
            Lesson.status,
            OtherTown.name.label("town"),
            tried.label("tried"),
            page.c.n,
            page.c.rank,
            page.c.found,
        )
        .select_from(page)
        .join(LessonPlace, LessonPlace.number == page.c.n)
        .join(Lesson, Lesson.id == LessonPlace.lesson_id)
        .outerjoin(OtherTown, OtherTown.id == Lesson.town_id)
        .outerjoin(LessonTranslation, said)
        .order_by(page.c.rank.desc(), page.c.n.desc())
    )


def _in_language(name: str) -> ColumnElement[str]:
    return func.coalesce(getattr(LessonTranslation, name), getattr(Lesson, name)).label(name)


def around(asked: Asked) -> Around:
    """The tags that words stand for, and the sources and years of what is out; in one query."""
    rows = read(_around(), {"words": _spoken(asked.q)})
    sources = tuple(row.value for row in rows if row.kind == Facet.SOURCE)
    years = tuple(int(row.value) for row in rows if row.kind == Facet.YEAR)
    return Around(_by_word(rows), sources, tuple(sorted(years, reverse=True)))


def tags_for(*texts: str) -> dict[str, frozenset[str]]:
    """The tags that words stand for, as they stand in the index."""
    return _by_word(read(_tags(), {"words": sorted({word for text in texts for word in _spoken(text)})}))


def _spoken(text: str) -> list[str]:
    """The words of a text, each alone and with the next."""
    words = fulltext.words(text)[: fulltext.MOST_WORDS]
    return sorted({*words, *(" ".join(two) for two in pairwise(words))}) or [""]


def _by_word(rows: Sequence[AnyRow]) -> dict[str, frozenset[str]]:
    tags: dict[str, set[str]] = {}
    for row in rows:
        if row.kind == Facet.TAG:
            for word in row.word.lower().split():
                tags.setdefault(fulltext.fold(word), set()).add(Facet.TAG.token(row.value))
    return {word: frozenset(found) for word, found in tags.items()}


@prepared
def _around() -> Any:
    return union_all(_tags().build(), _values(Facet.SOURCE, LessonPlace.source), _values(Facet.YEAR, LessonPlace.year))


@prepared
def _tags() -> AnySelect:
    words = given("words", Tag.name, many=True)
    named = select(TagSynonym.tag_id, TagSynonym.word).where(func.lower(TagSynonym.word).in_(words))
    names = select(Tag.id, Tag.name).where(func.lower(Tag.name).in_(words))
    english = select(Tag.id, Tag.name_en).where(func.lower(Tag.name_en).in_(words))
    known = union_all(named, names, english).subquery()
    return (
        select(_kind(Facet.TAG), known.c.word, func.replace(cast(known.c.tag_id, String), "-", "").label("value"))
        .join(Tag, Tag.id == known.c.tag_id)
        .where(Tag.status == TagStatus.ACCEPTED)
    )


def _kind(facet: Facet) -> ColumnElement[str]:
    return literal_column(f"'{facet.value}'").label("kind")


def _values(facet: Facet, of: Any) -> AnySelect:
    """The values of a column, from the highest down, each found by one step in its index however many rows it has."""
    last = select(func.max(of).label("value"), literal(1).label("step")).cte(f"values_{facet.value}", recursive=True)
    lower = select(func.max(of)).where(of < last.c.value).correlate(last).scalar_subquery()
    several = last.union_all(
        select(lower, last.c.step + 1).where(last.c.value.is_not(None), last.c.step < MOST_CHOICES)
    )
    value = cast(several.c.value, String)
    return select(_kind(facet), literal("").label("word"), value.label("value")).where(value != "")


def key(row: AnyRow) -> tuple[int, int]:
    """Where a lesson stands in the list."""
    return row.rank, row.n

"""Looking in the log: the same lessons in the same order on each database, and nothing of what is not out."""

import uuid
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from tests.lessons import makers
from tests.people import Cast
from webapp.core import fulltext, outbox, spans
from webapp.core.db import db, given
from webapp.lessons import actions, index, searching
from webapp.lessons.asked import Asked
from webapp.lessons.codes import Language, LessonKind, Sureness, TagStatus
from webapp.lessons.models import Lesson, LessonPlace, LessonSpan
from webapp.lessons.use_models import LessonTag, Tag, TagSynonym
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

CANARY = "ZilverDraadKanarie"
IN_INDEX = b"draadkanarie"
"""The letters that only the index writes so; the first ones of a word it may share with its neighbour."""


def found(q: str = "", **filters: object) -> list[str]:
    asked = Asked(q=q, **filters)  # type: ignore[arg-type]
    return [row.title for row in searching.lessons(asked, searching.around(asked)).rows]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("begeleiding", "Begeleiders aan de poort"),
        ("begeleid ", "Begeleiders aan de poort"),
        ("POÓRT", "Begeleiders aan de poort"),
        ("begel", "Begeleiders aan de poort"),
        ("huis ", "Lege huizen"),
        ('"aan de poort"', "Begeleiders aan de poort"),
        ("helping ", "Lege huizen"),
        ("twijfelde", "Begeleiders aan de poort"),
    ],
)
def test_a_lesson_is_found_by_forms_of_its_words(cast: Cast, typed: str, title: str) -> None:
    makers.out(cast, "Begeleiders aan de poort", words={"situation": "Iedereen twijfelde."})
    lesson = makers.offered(cast, "Lege huizen")
    actions.translate(lesson, Language.EN, actions.Words("Empty houses", "We helped."), by=cast.actor("bram"))
    actions.approve(lesson, by=cast.actor("frank"))
    assert found(typed) == [title]


def test_words_in_quotes_stand_in_that_order_in_one_text(cast: Cast) -> None:
    makers.out(cast, "De poort aan", "Zo ging het.")
    assert found('"poort aan"') == ["De poort aan"]
    assert found('"aan poort"') == []
    assert found('"aan zo"') == []


def test_filters_give_exactly_what_has_them(cast: Cast) -> None:
    about = {"bs": (B.TRUST, B.REACH), "strategies": (Strategy.OUTREACH,), "side": Side.DEMAND, "year": 2024}
    makers.out(cast, "Een", **about, source="Project Plein")
    makers.out(cast, "Twee", bs=(B.TRUST,), kind=LessonKind.TRY, year=2025)
    assert found(b=B.TRUST) == ["Twee", "Een"]
    assert found(b=B.REACH) == found(strategie=Strategy.OUTREACH) == found(kant=Side.DEMAND) == ["Een"]
    assert found(bron="Project Plein") == found(jaar=2024) == ["Een"]
    assert found(soort=LessonKind.TRY) == ["Twee"]
    assert found(zeker=Sureness.ONCE) == ["Twee", "Een"]
    assert found("een ", b=B.TRUST, soort=LessonKind.TRY) == []
    around = searching.around(Asked())
    assert (around.sources, around.years) == (("Project Plein",), (2025, 2024))


def test_what_fits_best_comes_first_and_what_no_longer_holds_last(cast: Cast) -> None:
    outdated = makers.out(cast, "De poort van vroeger")
    makers.out(cast, "De poort staat open")
    makers.out(cast, "Iets anders", words={"did": "Aan de poort gestaan."})
    actions.outdate(outdated, "Het is anders nu.", by=cast.actor("frank"))
    assert found("poort ") == ["De poort staat open", "Iets anders", "De poort van vroeger"]
    assert found() == ["Iets anders", "De poort staat open", "De poort van vroeger"]
    actions.renew(outdated, by=cast.actor("frank"))
    assert found() == ["Iets anders", "De poort staat open", "De poort van vroeger"]


@pytest.mark.parametrize("typed", ["", "poort "])
@pytest.mark.parametrize("ranked", [0, 200])
def test_pages_together_are_the_list(cast: Cast, monkeypatch: pytest.MonkeyPatch, typed: str, ranked: int) -> None:
    lessons = [makers.out(cast, f"Poort {number}") for number in range(5)]
    actions.outdate(lessons[2], "Het is anders nu.", by=cast.actor("frank"))
    monkeypatch.setattr(searching, "MOST_RANKED", ranked)
    monkeypatch.setattr(searching, "PAGE_SIZE", 2)
    searching._page.cache_clear()
    asked, after, seen = Asked(q=typed), None, []
    for _ in range(3):
        page = searching.lessons(asked, searching.around(asked), after=after)
        assert page.count == 5
        seen += [row.title for row in page.rows[:2]]
        after = searching.key(page.rows[:2][-1])
    searching._page.cache_clear()
    assert seen == ["Poort 4", "Poort 3", "Poort 1", "Poort 0", "Poort 2"]


def test_another_word_for_a_tag_finds_it_once_it_is_accepted(cast: Cast) -> None:
    lesson = makers.out(cast, "Samen op weg")
    tag = Tag(name="buddy", status=TagStatus.PROPOSED, synonyms=[TagSynonym(word="maatje")])
    db.session.add(tag)
    db.session.flush()
    db.session.add(LessonTag(lesson_id=lesson.id, tag_id=tag.id))
    db.session.flush()
    index.put(lesson)
    assert found("maatje ") == []
    tag.status = TagStatus.ACCEPTED
    db.session.flush()
    assert found("maatje ") == found("buddy weg ") == ["Samen op weg"]
    assert found("maatje poort ") == []


def held(lesson: Lesson, cast: Cast) -> None:
    actions.hold(lesson, "Er staat te veel in.", by=cast.actor("frank"))


@pytest.mark.parametrize("away", [held, lambda lesson, _cast: makers.fold(lesson)])
def test_what_is_taken_out_leaves_no_word_behind(cast: Cast, away: Callable[[Lesson, Cast], None]) -> None:
    makers.offered(cast, f"{CANARY} wacht")
    makers.out(cast, "Een poort")
    lesson = makers.out(cast, f"{CANARY} aan de poort", bs=(B.TRUST,))
    db.session.commit()
    assert found(CANARY) == [lesson.title]
    assert kept_words() in (None, True)
    away(lesson, cast)
    db.session.commit()
    assert found(CANARY) == []
    assert found(b=B.TRUST) == []
    assert found() == ["Een poort"]
    while outbox.run_due("test"):
        pass
    assert not kept_words()


def kept_words() -> bool | None:
    """Whether the database file holds words that only the index writes so; PostgreSQL is not asked."""
    if db.engine.dialect.name != "sqlite":
        return None
    db.session.rollback()
    file = Path(str(db.engine.url.database))
    return any(IN_INDEX in part.read_bytes() for part in (file, file.with_name(file.name + "-wal")) if part.exists())


def test_a_lesson_that_is_deleted_is_not_found(cast: Cast) -> None:
    lesson = makers.out(cast, "Even maar")
    gone: uuid.UUID = lesson.id
    db.session.commit()
    db.session.execute(delete(Lesson).where(Lesson.id == gone))
    index.forget_what_went()
    db.session.commit()
    assert found("maar ") == []
    makers.out(cast, "Nog een")
    assert found() == ["Nog een"]


def test_the_words_of_lessons_can_be_put_in_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BATCH", 2)
    titles = [makers.out(cast, f"Poort {number}").title for number in range(3)]
    db.session.execute(update(LessonPlace).values(tokens=None))
    outbox.enqueue(index.ANEW, {})
    db.session.commit()
    while outbox.run_due("test"):
        pass
    assert sorted(found("poort ")) == sorted(found('"poort 1" ') + found("poort 0 ") + found("poort 2 ")) == titles


def test_a_log_in_many_spans_gives_the_newest_that_fit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL looks from span to span; what is found, and in which order, is what SQLite finds."""
    monkeypatch.setattr(spans, "SPAN", 4)
    for place in range(22):
        makers.out(cast, f"Poort {'rood' if place % 3 else 'blauw'} {place}")
    numbers = dict(zip(sorted(db.session.scalars(select(LessonPlace.number))), range(22), strict=True))
    begun = db.session.scalars(select(LessonSpan.begin)).all()
    assert len(begun) == (6 if db.engine.dialect.name == "postgresql" else 0)

    def hits(words: str, most: int, **bounds: int) -> list[int]:
        kinds = {name: given(name, LessonPlace.number) for name in bounds}
        newest = index.WORDS.hits(most, **kinds)
        asked = index.WORDS.asking(fulltext.looked_for(words))
        return [numbers[n] for n in db.session.scalars(newest, {"asked": asked, **bounds})]

    fit = {"poort ": {*range(22)}, "rood ": {n for n in range(22) if n % 3}, "17 ": {17}, "niets ": set[int]()}
    for few, (words, wanted) in product((0, 3, 100), fit.items()):
        monkeypatch.setattr(spans, "FEW", few)
        newest = sorted(wanted, reverse=True)
        for most in (1, 5, 30):
            assert hits(words, most) == newest[:most]
        for number, place in numbers.items():
            assert hits(words, 5, below=number) == [n for n in newest if n < place][:5]
            assert hits(words, 5, since=number) == [n for n in newest if n >= place][:5]


def test_a_lesson_that_is_changed_or_outdated_stays_in_a_span(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "SPAN", 2)
    lessons = [makers.out(cast, f"Poort {place}") for place in range(5)]
    for lesson in lessons[1:3]:
        lesson.title += " anders"
        index.put(lesson)
    actions.outdate(lessons[4], "Het is niet meer zo.", by=cast.actor("bram"))
    assert found("poort ") == ["Poort 3", "Poort 2 anders", "Poort 1 anders", "Poort 0", "Poort 4"]
    for lesson in lessons:
        index.take_out(lesson)
    assert found("poort ") == []
    assert makers.out(cast, "Poort opnieuw").title in found("poort ")

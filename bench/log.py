"""The log of lessons at any size: how long a search takes, in the database and as a page.

    python -m bench.log                      1,000 and 100,000 lessons
    python -m bench.log 1000000              the sizes you name
    python -m bench.postgres bench.log ...   the same on PostgreSQL

Lessons are made of the words of Elsterveer's, as often as they stand there, and of ever rarer compounds of two of them.
Timings never decide a test.
"""

import argparse
import contextlib
import random
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any

from flask import Flask
from sqlalchemy import Index, insert, select, text

from bench import measure
from bench.town import application, new_coordinator
from seeds.reading import read
from webapp.accounts import sessions
from webapp.accounts.models import Organisation
from webapp.core import clock, fulltext
from webapp.core.db import db
from webapp.lessons import index, searching
from webapp.lessons.asked import Asked
from webapp.lessons.codes import LessonKind, Sureness
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

SIZES = (1_000, 100_000)
BATCH = 2_000
RARE = 40_000
"""So many compounds there are."""
RARELY = 0.08
"""How often a word is one of them."""
REPEATS = 15
FIRST_YEAR, LAST_YEAR = 2015, 2026
LENGTHS = {"title": 5, "line": 14, "situation": 22, "did": 22, "happened": 18, "enough_for": 7, "not_yet_for": 8}
"""How many words each text of a lesson has, about as in Elsterveer."""


class Speech:
    """Words, drawn as often as people use them; the same seed says the same."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - sentences for a measurement
        told = read("lessons")
        texts = (str(one.get(name, "")) for one in told for name in LENGTHS)
        self._known = list(chain.from_iterable(map(fulltext.words, texts)))
        longer = sorted({word for word in self._known if len(word) > 4})
        self.rare = ["".join(self._draw.sample(longer, 2)) for _ in range(RARE)]
        self._weights = [1 / (place + 10) for place in range(RARE)]
        self._pool: list[str] = []

    def say(self, number: int) -> str:
        """So many words."""
        if len(self._pool) < number:
            rare = self._draw.choices(self.rare, self._weights, k=int(100_000 * RARELY))
            self._pool = [*self._draw.choices(self._known, k=100_000 - len(rare)), *rare]
            self._draw.shuffle(self._pool)
        said, self._pool = self._pool[:number], self._pool[number:]
        return " ".join(said).capitalize()

    def one_of(self, choices: Any) -> Any:
        """One of several, each as often."""
        return self._draw.choice(list(choices))


def fill(size: int, organisation_id: uuid.UUID, speech: Speech) -> None:
    """So many lessons that are out, in the log with their words."""
    first = clock.now() - timedelta(seconds=size)
    numbers = range(int(first.timestamp()), int(first.timestamp()) + size)
    for start in range(0, size, BATCH):
        some = numbers[start : start + BATCH]
        rows = [_lesson(organisation_id, first + timedelta(seconds=number - numbers[0]), speech) for number in some]
        db.session.execute(insert(Lesson), rows)
        lessons = list(zip(some, (SimpleNamespace(**row) for row in rows), strict=True))
        db.session.execute(insert(index.PLACES), [index.row(lesson, number) for number, lesson in lessons])
        index.WORDS.put(*((number, index.document(lesson, ())) for number, lesson in lessons))
        db.session.commit()


@contextlib.contextmanager
def ready_to_search() -> Iterator[None]:
    """Let the database know what is filled in. PostgreSQL builds an index of words over rows that are there in minutes;
    row by row it takes hours."""
    if db.engine.dialect.name != "postgresql":
        yield
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        return
    words = Index(index.WORDS.words, index.PLACES.c.tokens, postgresql_using="gin")
    words.drop(db.session.connection())
    db.session.commit()
    yield
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
        for setting in ("statement_timeout = 0", "maintenance_work_mem = '1GB'"):
            alone.execute(text(f"SET {setting}"))
        words.create(alone)
        alone.execute(text("VACUUM ANALYZE"))
        alone.invalidate()  # the settings go with it


def _lesson(organisation_id: uuid.UUID, moment: Any, speech: Speech) -> dict[str, Any]:
    said = {name: speech.say(number) for name, number in LENGTHS.items()}
    limits = {name: Lesson.__table__.c[name].type.length for name in LENGTHS}  # type: ignore[attr-defined]
    return {name: words[: limits[name]] for name, words in said.items()} | {
        "id": uuid.uuid4(),
        "organisation_id": organisation_id,
        "status": LessonStatus.PUBLISHED,
        "kind": speech.one_of(LessonKind),
        "side": speech.one_of(Side),
        "bs": (speech.one_of(B),),
        "strategies": (speech.one_of(Strategy),),
        "source": f"Project {speech.one_of(range(30)) + 1}",
        "year": speech.one_of(range(FIRST_YEAR, LAST_YEAR + 1)),
        "sureness": speech.one_of(Sureness),
        "is_folded": False,
        "held_because": "",
        "outdated_because": "",
        "created_at": moment,
        "published_at": moment,
        "changed_at": moment,
        "version": 1,
    }


def searches(speech: Speech) -> dict[str, Asked]:
    """What people ask, from nothing to everything."""
    return {
        "nothing asked": Asked(),
        "a word that stands in nearly all": Asked("een"),
        "one letter of it, two": Asked("ve"),
        "a common word form": Asked("begeleiders"),
        "two words": Asked("ploegen poort"),
        "four words": Asked("samen vroeg naar vrijwilliger"),
        "words in quotes": Asked('"een ploeg"'),
        "a rare word": Asked(speech.rare[-1]),
        "the beginning of a rare word": Asked(speech.rare[5][:6]),
        "common and rare": Asked(f"ploeg {speech.rare[20]}"),
        "no lesson": Asked("zeppelin"),
        "one filter": Asked(b=B.TRUST),
        "four filters": Asked(b=B.TRUST, strategie=Strategy.SUPPORT, kant=Side.SUPPLY, jaar=2020),
        "words and filters": Asked("vereniging", b=B.TRUST, soort=LessonKind.TRY),
        "a source": Asked(bron="Project 7"),
        "a source and a rare word": Asked(speech.rare[100], bron="Project 7"),
    }


def timed(do: Callable[[], Any]) -> list[float]:
    """Milliseconds on the clock, each on a session that knows nothing yet."""
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begin) * 1000)
        db.session.rollback()
    return taken


def line(name: str, taken: list[float], more: str = "") -> str:
    """One line of the table."""
    return f"{name:36} {median(taken):8.1f} {quantiles(taken, n=20)[-1]:8.1f} {more:>12}"


def ask(asked: Asked) -> searching.Found:
    """As the page asks it: what is around the search, and its first page."""
    return searching.lessons(asked, searching.around(asked))


def page(environ: dict[str, Any], app: Flask) -> str:
    """The whole page of a search."""
    status, length = measure.open_page(app, environ)
    name = "the page with a common word form" if status == 200 else f"the page answers {status}"
    return line(name, timed(lambda: measure.open_page(app, environ)), f"{length} B")


def changes() -> Iterator[str]:
    """What a change to one lesson costs, up to its commit."""
    oldest = select(index.PLACES.c.lesson_id).order_by(index.PLACES.c.number).limit(REPEATS)
    ids = db.session.scalars(oldest).all()

    def again(lesson_id: uuid.UUID) -> None:
        lesson = db.session.get_one(Lesson, lesson_id)
        lesson.title = f"{lesson.title[:70]} weer"
        index.put(lesson)
        db.session.commit()

    turns = iter(ids)
    yield line("other words for one of them", timed(lambda: again(next(turns))))


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(
        prog="bench.log", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of lessons")
    for size in parser.parse_args().sizes:
        begin, speech = time.monotonic(), Speech(7)
        with application() as app:
            person_id = new_coordinator()
            organisation_id = db.session.scalars(select(Organisation.id)).one()
            token = sessions.start(person_id, second_factor=True)
            db.session.commit()
            with ready_to_search():
                fill(size, organisation_id, speech)
            print(f"\n{size:,} lessons on {db.engine.dialect.name}, filled in {time.monotonic() - begin:.0f} s")
            print(f"{'search, on the clock':36} {'median':>8} {'p95':>8} {'found':>12}  (ms)")
            for name, asked in searches(speech).items():
                found = ask(asked).count
                most = f"{min(found, searching.MOST_COUNTED)}{'+' if found > searching.MOST_COUNTED else ''}"
                print(line(name, timed(lambda asked=asked: ask(asked)), most), flush=True)
            print(page(measure.environment(app, "/leren?q=begeleiders", token), app))
            for told in changes():
                print(told, flush=True)


if __name__ == "__main__":
    main()

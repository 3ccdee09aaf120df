"""The log of lessons at any size: how long a search takes, in the database and as a page.

    python -m bench.log                      1,000 and 100,000 lessons
    python -m bench.log 1000000              the sizes you name
    python -m bench.postgres bench.log ...   the same on PostgreSQL

Timings never decide a test.
"""

import argparse
import contextlib
import time
import uuid
from collections.abc import Callable, Iterator
from statistics import median, quantiles
from typing import Any

from flask import Flask
from sqlalchemy import Index, select, text

from bench import measure
from bench.lessons import Speech, fill
from bench.town import application, new_coordinator
from webapp.accounts import sessions
from webapp.accounts.models import Organisation
from webapp.core.db import db
from webapp.lessons import index, searching
from webapp.lessons.asked import Asked
from webapp.lessons.codes import LessonKind
from webapp.lessons.models import Lesson
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

SIZES = (1_000, 100_000)
REPEATS = 15


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
            organisation_ids = db.session.scalars(select(Organisation.id)).all()
            token = sessions.start(person_id, second_factor=True)
            db.session.commit()
            with ready_to_search():
                fill(size, organisation_ids, speech)
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

"""`./dev bench`: one table of ratios, bytes and queries per size of town, and every full scan.

    ./dev bench                       1,000 and 10,000 questions
    ./dev bench -- 1000 100000        the sizes you name

With TEST_DATABASE_URL it measures on that PostgreSQL server, in a database of its own.
"""

import argparse
import time
from dataclasses import replace

from flask import Flask

from bench import measure, writes
from bench.baseline import bare
from bench.town import PAGES, Main, Town, town
from webapp.core.db import db

SIZES = (1_000, 10_000)
HEAD = f"{'page':34} {'ratio':>6} {'goal':>5} {'ms':>7} {'bytes':>8} {'queries':>8}"


def line(here: Town, page: Main, base: Flask) -> tuple[str, float | None, list[str]]:
    """One line of the table, the ratio, and the full scans."""
    name = page.name
    if page.who not in here.tokens:
        return f"{name:34} nobody with this role in the town", None, []
    try:
        path = here.url(page)
    except LookupError as missing:
        return f"{name:34} nothing to open ({missing})", None, []
    environ = measure.environment(here.app, path, here.tokens[page.who])
    if page.instead_of:
        environ = measure.knows(here.app, environ)
    measure.open_page(here.app, environ)
    with measure.queries(db.engine) as asked:
        status, size = measure.open_page(here.app, environ)
    if status != (304 if page.instead_of else 200):
        return f"{name:34} answers {status}", None, []
    if page.instead_of:
        whole = here.url(replace(page, endpoint=page.instead_of))
        size = measure.open_page(here.app, measure.environment(here.app, whole, here.tokens[page.who]))[1]
    beside = measure.environment(here.app, "/", here.tokens[page.who], **{"X-Bytes": str(size)})
    times, milliseconds = measure.ratio((here.app, environ), (base, beside))
    scans = measure.full_scans(db.engine, asked)
    mark = " " if times <= page.goal else "!"
    text = f"{name:34} {times:6.2f}{mark}{page.goal:5.1f} {milliseconds:7.1f} {size:8} {len(asked):8}"
    return text, milliseconds, scans


def main() -> None:
    """Measure each size, and how much slower the largest town is than the smallest."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of questions")
    taken: dict[Main, list[float]] = {page: [] for page in PAGES}
    for size in parser.parse_args().sizes:
        begin = time.monotonic()
        with town(size) as here:
            config = {name: here.app.config[name] for name in ("SESSION_COOKIE_SECURE", "SECRET_KEY")}
            base = bare(db.engine, config)
            engine = db.engine.dialect.name
            print(f"\n{size:,} questions on {engine}, filled in {time.monotonic() - begin:.0f} s\n{HEAD}")
            for page in PAGES:
                text, milliseconds, scans = line(here, page, base)
                print(text, *[f"\n    full scan: {scan}" for scan in scans], sep="", flush=True)
                if milliseconds:
                    taken[page].append(milliseconds)
            print(*writes.lines(here, base), sep="\n")
    grown = [f"{page.name} {times[-1] / times[0]:.2f}" for page, times in taken.items() if len(times) > 1]
    if grown:
        print("\nThe largest town beside the smallest (goal 1.2): " + ", ".join(grown))


if __name__ == "__main__":
    main()

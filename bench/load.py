"""Many people at once, on a town served as for real: errors, times beside an unloaded server, memory.

    python -m bench.load                                 200 people for 2 minutes, 10,000 questions
    python -m bench.load --people 200 --seconds 600
    python -m bench.load --processes 1 2 4               how throughput grows, nobody pausing to think

On SQLite, or with TEST_DATABASE_URL on PostgreSQL. Timings never decide a test: this prints what was measured.
"""

import argparse
import os
import random
import time
from functools import partial
from statistics import median, quantiles

from bench.served import Seen, Visitor, at_once, memory, served, visitors
from bench.town import Town, town
from webapp.core.db import db

THINK = 5.0  # seconds between two pages, on average
WRITES = 0.1
ALONE = 60  # requests before the others come
SETTLING = 20  # requests that nobody counts


def go_about(visitor: Visitor, seen: Seen, until: float, think: float) -> None:
    """Read, think, and now and then write, until the time is over."""
    token, offer = visitor.form() if visitor.draft else ("", "")
    time.sleep(random.uniform(0, think * 2))  # noqa: S311
    while time.monotonic() < until:
        if offer and random.random() < WRITES * 2:  # noqa: S311 - half of the people write, so they do so twice as often
            visitor.write(seen, token, offer)
        else:
            visitor.read(seen)
        time.sleep(random.uniform(0, think * 2))  # noqa: S311


def together(everybody: list[Visitor], seconds: float, think: float) -> Seen:
    """Everybody at once."""
    seen, until = Seen(), time.monotonic() + seconds
    at_once(partial(go_about, one, seen, until, think) for one in everybody)
    return seen


def thinking(here: Town, people: int, seconds: float) -> None:
    """People who think between pages, beside one visitor alone."""
    with served(here, 2) as (port, process):
        everybody = visitors(here, port, people)
        alone = Seen()
        for _ in range(SETTLING):
            everybody[0].read(Seen())
        for number in range(ALONE):
            everybody[number % len(everybody)].read(alone)
        seen = together(everybody, seconds, THINK)
        every = sorted([*seen.times, *seen.writes])
        p95 = quantiles(every, n=20)[-1]
        base = median(alone.times)
        print(f"{people} people, {seconds:.0f} s: {len(every)} requests, {len(seen.writes)} of them writes")
        print(f"errors {len(seen.faults)} {seen.faults[:5] or ''}")
        print(
            f"alone, median {base * 1000:.1f} ms; together, median {median(every) * 1000:.1f}, p95 {p95 * 1000:.1f} ms"
        )
        print(f"p95 is {p95 / base:.1f} times the median alone (goal 10)")
        print(f"memory of two workers {memory(process):.0f} MiB (goal 160)")


def processes(here: Town, numbers: list[int], seconds: float) -> None:
    """Sixteen visitors who never pause, on one process and on more."""
    first = 0.0
    for number in numbers:
        with served(here, number) as (port, _):
            everybody = visitors(here, port, 16)
            seen = together(everybody, seconds, 0.0)
            rate = (len(seen.times) + len(seen.writes)) / seconds
            first = first or rate / number
            grown = rate / first / number
            print(f"{number} processes: {rate:.0f} a second, {grown:.2f} of linear, errors {len(seen.faults)}")


def main() -> None:
    """Read what was asked and run it."""
    parser = argparse.ArgumentParser(
        prog="bench.load", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--processes", type=int, nargs="+", help="measure throughput with so many processes instead")
    options = parser.parse_args()
    with town(options.questions) as here:
        print(f"{options.questions:,} questions on {db.engine.dialect.name}, {os.cpu_count()} cores")
        if options.processes:
            processes(here, options.processes, min(options.seconds, 20))
        else:
            thinking(here, options.people, options.seconds)


if __name__ == "__main__":
    main()

"""Eight who write beside eight who read, without a pause, on our application and on the bare one in turns.

    python -m bench.crowd                      60 seconds each, 100,000 questions
    python -m bench.crowd --seconds 20 --questions 1000

Every write likes an offer or lets it go; every read opens a main page. On the bare application a write changes one row,
and a read shows a list of as many bytes. Nobody thinks, so what is told apart is how they wait for each other.

Each visitor keeps one connection, and a worker answers those that came to it. Where the writers of one turn happen to
meet few readers there, a change takes a fifth of what it takes elsewhere: what counts is the mean of several turns.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import cycle
from statistics import mean, median

from flask import Flask
from sqlalchemy import create_engine

from bench.baseline import bare
from bench.served import Seen, Visitor, at_once, served, visitors
from bench.town import Town, town
from webapp.core.db import engine_options

WRITERS = READERS = 8
PROCESSES = 2
TURNS = 8  # people who take turns at one place to write, since each may change something 120 times a minute
BYTES = 16_000
IN_TURNS = 6
GOAL = 2.0


def bare_app() -> Flask:
    """The bare application as gunicorn serves it, on the database of our own."""
    url = os.environ["BRUG_DATABASE_URL"]
    engine = create_engine(url, **engine_options(url))
    return bare(engine, {"SECRET_KEY": "bare", "SESSION_COOKIE_SECURE": True})


def ours(here: Town, seconds: float, seen: Seen) -> None:
    """Everybody on our application for one turn."""
    with served(here, PROCESSES) as (port, _):
        everybody = visitors(here, port, 2 * WRITERS * TURNS)
        readers = [one for one in everybody if not one.draft][:READERS]
        forms = [(one, *one.form()) for one in everybody if one.draft]
        until = time.monotonic() + seconds
        turns = [cycle(forms[first::WRITERS]) for first in range(WRITERS)]
        writing = [partial(write_next, turn, seen) for turn in turns]
        go_on([*writing, *(partial(one.read, seen) for one in readers)], until)


def write_next(turn: Iterator[tuple[Visitor, str, str]], seen: Seen) -> None:
    """One change by whoever is next."""
    visitor, token, offer = next(turn)
    visitor.write(seen, token, offer)


def on_bare(here: Town, seconds: float, seen: Seen) -> None:
    """The same numbers of people on the bare one."""
    with served(here, PROCESSES, "bench.crowd:bare_app()") as (port, _):
        cookies = [one.cookie for one in visitors(here, port, WRITERS + READERS)]
        everybody = [Visitor(port, cookie, ["/"], headers={"X-Bytes": str(BYTES)}) for cookie in cookies]
        until = time.monotonic() + seconds
        writing = [partial(one.post, seen, "/", {}) for one in everybody[:WRITERS]]
        go_on([*writing, *(partial(one.read, seen) for one in everybody[WRITERS:])], until)


def go_on(doing: Iterable[Callable[[], object]], until: float) -> None:
    """Let everybody go on with what they do until the time is over."""

    def over_and_over(act: Callable[[], object]) -> None:
        while time.monotonic() < until:
            act()

    at_once(partial(over_and_over, act) for act in doing)


def line(name: str, seen: Seen, seconds: float) -> str:
    """What one application did."""
    what = "; ".join(
        f"{len(times) / seconds:.0f} {kind} a second, mean {mean(times) * 1e3:.1f} ms, median {median(times) * 1e3:.1f}"
        for kind, times in (("changes", seen.writes), ("pages", seen.times))
    )
    return f"{name}: {what}; errors {len(seen.faults)} {seen.faults[:3] or ''}"


def main() -> None:
    """Both, in turns."""
    parser = argparse.ArgumentParser(prog="bench.crowd", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--questions", type=int, default=100_000)
    options = parser.parse_args()
    on_ours, beside = Seen(), Seen()
    with town(options.questions) as here:
        for _ in range(IN_TURNS):
            ours(here, options.seconds / IN_TURNS, on_ours)
            on_bare(here, options.seconds / IN_TURNS, beside)
    for name, seen in (("Brug", on_ours), ("bare", beside)):
        print(line(name, seen, options.seconds))
    print(f"a change takes {mean(on_ours.writes) / mean(beside.writes):.1f} times a bare one (goal {GOAL})")


if __name__ == "__main__":
    main()

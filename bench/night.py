"""What comes back by itself, on a large town: how long each takes, and how much memory at most.

    python -m bench.night                     100,000 questions
    python -m bench.night 10000

The clocks run every ten minutes, what has to be forgotten every night. Both are run twice: the first time they find all
that a generated town left behind, the second time they find what an ordinary night finds.
"""

import argparse
import resource
import time
from collections.abc import Callable

from bench.town import town
from webapp.core import brake, clock, outbox
from webapp.core.db import db
from webapp.core.sweeps import SWEEPS

GOAL = 150  # MiB


def most_memory() -> float:
    """The most that this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(run: Callable[[], None]) -> float:
    """Seconds of one piece of work, with what it takes to keep it."""
    begin = time.perf_counter()
    run()
    db.session.commit()
    db.session.remove()
    return time.perf_counter() - begin


def main() -> None:
    """Everything twice, the slowest first."""
    parser = argparse.ArgumentParser(prog="bench.night", description=__doc__)
    parser.add_argument("questions", type=int, nargs="?", default=100_000)
    with town(parser.parse_args().questions):
        before = most_memory()
        for round_ in ("first", "second"):
            taken = {f"{one.__module__}.{one.__name__}": timed(one) for one in (*SWEEPS, *brake.FORGETS)}
            more = most_memory() - before
            print(f"\n{round_} time: {sum(taken.values()):.1f} s, at most {more:.0f} MiB more (goal {GOAL})")
            for name, seconds in sorted(taken.items(), key=lambda one: -one[1])[:6]:
                print(f"  {seconds:7.2f} s  {name.removeprefix('webapp.')}")
        waiting, _since = outbox.waiting()
        print(f"\n{waiting} jobs wait for the worker, {clock.today():%d-%m-%Y}")


if __name__ == "__main__":
    main()

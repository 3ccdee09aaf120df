"""Kill Brug again and again while people write, and count: `python -m tests.reliability.killing --cycles 200`.

Every process of Brug dies at once (SIGKILL), at a random moment, and is started again. What was confirmed must be
there; what was sent twice because nobody answered must be there once. With `--stop` it is asked to stop instead
(SIGTERM): then each time both processes must end well and in time. With `--postgres` all of it happens on a
PostgreSQL that keeps its promises (fsync), started for the occasion. Ctrl-C ends it
after the cycle at hand, and counts.
"""

import argparse
import contextlib
import random
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.reliability.house import Count, House, Writer, opened, writing
from tests.reliability.house import counted as count
from tests.support import postgres

LONGEST_LIFE = 2.0
GRACE = 30

Ended = tuple[list[int], float]
"""The exit codes of both processes, and how many seconds it took."""


class Outcome(NamedTuple):
    """How often Brug died, how many questions were confirmed, and everything that was wrong in the end."""

    cycles: int
    confirmed: int
    wrong: list[str]


def kill_and_count(data: Path, cycles: int, database_url: str = "", *, gently: bool = False) -> Outcome:
    """Let it live and die, and count."""
    with opened(data, database_url) as house:
        house.start()
        with writing(house, again=True) as writers:
            ended = _live_and_die(house, writers, cycles, gently=gently)
        ended.append(_stop(house))
        found = count(house)
    every: set[uuid.UUID] = set().union(*(ids for one in writers for ids in one.confirmed.values()))
    wrong = [*_wrong_with(found, every), *(told for one in writers for told in _wrong_for(one))]
    wrong += [f"exit codes {codes} after {took:.1f} s" for codes, took in ended if codes != [0, 0] or took > GRACE]
    return Outcome(len(ended) - 1, len(every), wrong)


def _live_and_die(house: House, writers: list[Writer], cycles: int, *, gently: bool) -> list[Ended]:
    """How each end went, until there were so many or somebody pressed Ctrl-C."""
    over, ended = threading.Event(), []
    before = signal.signal(signal.SIGINT, lambda *_: over.set())
    while len(ended) < cycles and not over.is_set():
        time.sleep(random.uniform(0.1, LONGEST_LIFE))  # noqa: S311 - any moment will do
        ended.append(_stop(house) if gently else _kill(house))
        house.start()
        if len(ended) % 10 == 0:
            print(f"{len(ended)} times, {sum(len(one.confirmed) for one in writers)} confirmed", flush=True)
    signal.signal(signal.SIGINT, before)
    return ended


def _wrong_with(found: Count, every: set[uuid.UUID]) -> Iterator[str]:
    if lost := every - found.referrals:
        yield f"lost: {len(lost)}"
    if doubled := found.referrals - every:
        yield f"doubled: {len(doubled)}"
    if found.begun_twice:
        yield f"begun twice: {found.begun_twice}"
    if found.log:
        yield f"the audit log is {found.log}"
    if found.integrity != "ok":
        yield f"the database: {found.integrity}"


def _wrong_for(writer: Writer) -> Iterator[str]:
    yield from (f"strange answer: {answer}" for answer in writer.strange)
    yield from (f"confirmed as two: {ids}" for ids in writer.confirmed.values() if len(ids) > 1)


def _kill(house: House) -> Ended:
    """The whole process group at once; as if it had ended well, for nobody asked it to."""
    house.kill()
    return [0, 0], 0.0


def _stop(house: House) -> Ended:
    """Ask it to stop: the exit codes, and how long it took."""
    begun = time.monotonic()
    return house.stop(), time.monotonic() - begun


def main() -> int:
    """As many cycles as asked, on SQLite or PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for it")
    parser.add_argument("--stop", action="store_true", help="ask to stop (SIGTERM) instead of killing")
    options = parser.parse_args()
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        address = options.database
        if options.postgres:
            stack.enter_context(postgres.server(fast=False))
            address = postgres.create_database()
        cycles, confirmed, wrong = kill_and_count(Path(folder), options.cycles, address, gently=options.stop)
    took, what = time.monotonic() - begun, "stops" if options.stop else "kills"
    told = "; ".join(wrong) or "nothing lost or doubled"
    print(f"{cycles} {what}, {confirmed} questions confirmed, {took:.0f} s: {told}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

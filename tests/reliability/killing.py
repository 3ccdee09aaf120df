"""Kill Brug again and again while people write, and count: `python -m tests.reliability.killing --cycles 200`.

Every process of Brug dies at once (SIGKILL), at a random moment, and is started again. What was confirmed must be
there; what was sent twice because nobody answered must be there once. With `--stop` it is asked to stop instead
(SIGTERM): then each time both processes must end well and in time. With `--postgres` all of it happens on a
PostgreSQL that keeps its promises (fsync), started for the occasion.
"""

import argparse
import contextlib
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.reliability.house import House, opened, writing
from tests.reliability.house import counted as count
from tests.support import postgres

LONGEST_LIFE = 2.0
GRACE = 30


def kill_and_count(data: Path, cycles: int, database_url: str = "", *, gently: bool = False) -> tuple[int, list[str]]:
    """How many questions were confirmed, and everything that was wrong in the end."""
    ended: list[tuple[list[int], float]] = []
    with opened(data, database_url) as house:
        house.start()
        with writing(house, again=True) as writers:
            for number in range(cycles):
                time.sleep(random.uniform(0.1, LONGEST_LIFE))  # noqa: S311 - any moment will do
                if gently:
                    ended.append(_stop(house))
                else:
                    house.kill()
                house.start()
                if cycles > 10 and number % 10 == 9:
                    print(f"{number + 1} kills, {sum(len(one.confirmed) for one in writers)} confirmed", flush=True)
        ended.append(_stop(house))
        found = count(house)
    confirmed = [ids for one in writers for ids in one.confirmed.values()]
    every = set().union(*confirmed)
    wrong = [f"strange answer: {answer}" for one in writers for answer in one.strange]
    wrong += [f"confirmed as two: {ids}" for ids in confirmed if len(ids) > 1]
    wrong += [f"lost: {len(every - found.referrals)}"] if every - found.referrals else []
    wrong += [f"doubled: {len(found.referrals - every)}"] if found.referrals - every else []
    wrong += [f"begun twice: {found.begun_twice}"] if found.begun_twice else []
    wrong += [f"the audit log is {found.log}"] if found.log else []
    wrong += [f"the database: {found.integrity}"] if found.integrity != "ok" else []
    wrong += [f"exit codes {codes} after {took:.1f} s" for codes, took in ended if codes != [0, 0] or took > GRACE]
    return len(every), wrong


def _stop(house: House) -> tuple[list[int], float]:
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
        confirmed, wrong = kill_and_count(Path(folder), options.cycles, address, gently=options.stop)
    took, what = time.monotonic() - begun, "stops" if options.stop else "kills"
    told = "; ".join(wrong) or "nothing lost or doubled"
    print(f"{options.cycles} {what}, {confirmed} questions confirmed, {took:.0f} s: {told}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

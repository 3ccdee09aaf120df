"""Kill Brug again and again while people write, and count: `python -m tests.reliability.killing --cycles 200`.

Every process of Brug dies at once (SIGKILL), at a random moment, and is started again. What was confirmed must be
there; what was sent twice because nobody answered must be there once.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.reliability.house import counted as count
from tests.reliability.house import opened, writing

LONGEST_LIFE = 2.0


def kill_and_count(data: Path, cycles: int, database_url: str = "") -> tuple[int, list[str]]:
    """How many questions were confirmed, and everything that was wrong in the end."""
    with opened(data, database_url) as house:
        house.start()
        with writing(house, again=True) as writers:
            for number in range(cycles):
                time.sleep(random.uniform(0.1, LONGEST_LIFE))  # noqa: S311 - any moment will do
                house.kill()
                house.start()
                if cycles > 10 and number % 10 == 9:
                    print(f"{number + 1} kills, {sum(len(one.confirmed) for one in writers)} confirmed", flush=True)
        codes = house.stop()
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
    wrong += [f"exit codes {codes}"] if codes != [0, 0] else []
    return len(every), wrong


def main() -> int:
    """As many cycles as asked, on SQLite."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        confirmed, wrong = kill_and_count(Path(folder), options.cycles, options.database)
    print(
        f"{options.cycles} kills, {confirmed} questions confirmed: " + ("; ".join(wrong) or "nothing lost or doubled")
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

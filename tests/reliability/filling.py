"""Fill the disk under PostgreSQL while somebody writes: `python -m tests.reliability.filling FOLDER`.

FOLDER lies on a small file system of its own (some 100 MB, such as a tmpfs): the database lies there, and
the rest is filled. What somebody changes is then answered with a page that says so, reading goes on, and as soon as
there is room it works again, in the same processes. Nothing may be half written: exactly what was confirmed is there.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.reliability.house import BEFORE, LOCATION, START, WHO, House, Visitor, counted, opened
from tests.support import postgres

BEFORE_IT_IS_FULL = 5
MOST = 200
"""Questions after which no disk can still be full."""
CHUNK = 1 << 12
WORDS = "Er kan nu niets bewaard worden"


@contextlib.contextmanager
def in_folder(folder: Path) -> Iterator[str]:
    """The address of a database that lies in the folder, and nowhere else."""
    url = postgres.create_database()
    name = sql.Identifier(make_url(url).database or "")
    with tempfile.TemporaryDirectory(dir=folder) as own:
        if who := postgres.unprivileged():
            os.chown(own, who["user"], who["group"])
        with psycopg.connect(postgres.address(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE TABLESPACE small LOCATION {}").format(own))
            connection.execute(sql.SQL("ALTER DATABASE {} SET TABLESPACE small").format(name))
        yield url
        postgres.drop_database(url)


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """No room left in the folder."""
    rest = folder / "rest"
    with rest.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(CHUNK)):
            pass
    try:
        yield
    finally:
        rest.unlink()


def ask(visitor: Visitor, number: int) -> tuple[int, uuid.UUID | None, str]:
    """Start a question: the status, the question, the page."""
    form = {**WHO, "csrf_token": visitor.csrf(), "once": f"a question for a full disk {number}"}
    answer = visitor.ask("POST", START, form)
    found = LOCATION.search(answer.headers.get("Location", ""))
    time.sleep(BEFORE)
    return answer.status, uuid.UUID(found[1]) if found else None, answer.text  # type: ignore[attr-defined]


def fill_and_see(house: House, folder: Path) -> tuple[int, list[str]]:
    """Write until the disk is full, make room, write again: how many questions were confirmed, and what was wrong."""
    house.start()
    visitor, wrong = Visitor(house.port, house.tokens[0]), []
    confirmed = {question for number in range(BEFORE_IT_IS_FULL) if (question := ask(visitor, number)[1])}
    with filled(folder):
        for number in range(BEFORE_IT_IS_FULL, MOST):
            status, question, page = ask(visitor, number)
            if not question:
                break
            confirmed.add(question)
        print(f"full after {len(confirmed)} questions: {status}")
        if status != 503 or WORDS not in page:
            wrong.append(f"answered with {status}")
        wrong += [f"{path}: {told}" for path in ("/", "/aanbod") if (told := visitor.ask("GET", path).status) != 200]
    status, question, _ = ask(visitor, MOST)
    if question:
        confirmed.add(question)
    else:
        wrong.append(f"with room again: {status}")
    house.stop()
    found = counted(house)
    if found.referrals != confirmed:
        wrong.append(f"{len(found.referrals)} questions, {len(confirmed)} confirmed")
    return len(confirmed), [*wrong, *([f"the audit log is {found.log}"] if found.log else [])]


def main() -> int:
    """On a PostgreSQL started for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with (
        postgres.server(),
        in_folder(folder) as url,
        tempfile.TemporaryDirectory() as data,
        opened(Path(data), url) as house,
    ):
        confirmed, wrong = fill_and_see(house, folder)
    print(f"{confirmed} confirmed; {'; '.join(wrong) or 'nothing lost, nothing half written'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""A drill: how long it takes to make a backup of a large town, to try it, and to bring it back.

    python -m bench.restoring                        1 GB: 100,000 questions, and photos of doors up to that size
    python -m bench.restoring --questions 1000 --megabytes 50
    python -m bench.postgres bench.restoring         the same on PostgreSQL

The goal of security.md is half an hour for 1 GB, by a person who follows docs/operations.md. What the person does there
(stop, one command, start) is not timed; the command is. It counts every row and walks the whole audit log.
"""

import argparse
import os
import time
import uuid
from collections.abc import Callable
from itertools import islice
from typing import Any

from sqlalchemy import insert, select, text

from bench.town import town
from webapp import create_app
from webapp.config import Settings
from webapp.core import crypto
from webapp.core.crypto import Place
from webapp.core.db import db
from webapp.directory.models import Offer, OfferPhoto
from webapp.operations import backups, restoring

MEGABYTE = 1_000_000
PHOTO = 200_000  # bytes, as a phone takes it after it is drawn again
BATCH = 100


def size() -> int:
    """Bytes of the database."""
    asked = {"sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"}
    statement = asked.get(db.engine.dialect.name, "SELECT pg_database_size(current_database())")
    return int(db.session.scalars(text(statement)).one())


def hang_photos(megabytes: int) -> None:
    """Photos at the doors, sealed, until the database is that large or every offer has one."""
    bare = iter(db.session.scalars(select(Offer.id).where(Offer.id.not_in(select(OfferPhoto.offer_id)))).all())
    while size() < megabytes * MEGABYTE and (some := [_photo(offer_id) for offer_id in islice(bare, BATCH)]):
        db.session.execute(insert(OfferPhoto), some)
        db.session.commit()


def _photo(offer_id: uuid.UUID) -> dict[str, Any]:
    ring = crypto.ring()
    key, place = ring.new_data_key(offer_id), Place("offer_photo", "picture", offer_id)
    return {"offer_id": offer_id, "data_key": key, "picture_sealed": ring.seal_bytes(key, place, os.urandom(PHOTO))}


def timed(name: str, do: Callable[[], Any]) -> Any:
    """Print the seconds that something takes."""
    begin = time.monotonic()
    done = do()
    print(f"{name:12} {time.monotonic() - begin:7.1f} s", flush=True)
    return done


def drill(settings: Settings) -> None:
    """Make one, try it, bring it back."""
    made = timed("a backup", lambda: backups.make(settings))
    print(f"its file     {made.file.stat().st_size / MEGABYTE:7.0f} MB")
    timed("a rehearsal", lambda: restoring.rehearse(settings, create_app))
    db.session.remove()
    db.engine.dispose()
    report = timed("a restore", lambda: restoring.restore(settings, made.file, create_app))
    print(f"{report.rows:,} rows came back")


def main() -> None:
    """Fill a town, and drill."""
    parser = argparse.ArgumentParser(
        prog="bench.restoring", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--megabytes", type=int, default=1000)
    options = parser.parse_args()
    with town(options.questions) as here:
        hang_photos(options.megabytes)
        print(f"the database {size() / MEGABYTE:7.0f} MB on {db.engine.dialect.name}")
        drill(here.app.config["SETTINGS"])


if __name__ == "__main__":
    main()

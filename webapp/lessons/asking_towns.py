"""Reading the feeds of other towns, in the background: about once an hour each, and never while a lock is held."""

import uuid

from webapp.core import outbox
from webapp.core.db import db
from webapp.core.fetching import Asked, NotFetched, fetch
from webapp.core.outbox import Claimed
from webapp.core.sweeps import sweep
from webapp.lessons import following, reading, towns
from webapp.lessons.models import OtherTown
from webapp.web.settings import current_settings

TASK = "read_town"
KINDS = (
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
)
NO_FEED = "no_feed"
"""What came is no feed: a fault of its own, beside those of fetching."""


def ask_soon(town: OtherTown) -> None:
    """Have a feed read by the worker, in the caller's transaction."""
    if town.next_at is not None:
        outbox.enqueue(TASK, {"town": str(town.id)}, dedupe_key=f"town:{town.id}:{town.next_at.isoformat()}")


@sweep
def ask_who_is_due() -> None:
    """Have the feeds read of which the hour has come; none while nobody switched it on."""
    for town in towns.due() if towns.switch() else ():
        ask_soon(town)


@outbox.task(TASK)
def read_town(job: Claimed) -> None:
    """Read one feed, and keep what it says or why it could not be read."""
    town_id = uuid.UUID(job.payload["town"])
    town = towns.town(town_id)
    if town is None or towns.switch() is None:
        return
    asked = Asked(town.feed, KINDS, town.etag, near=current_settings().follow_near)
    db.session.commit()  # no database lock is held while another server is spoken to
    feed, etag, fault = _read(asked)
    town = towns.town(town_id)
    if town is None or towns.switch() is None:
        return
    if fault:
        following.failed(town, fault)
    else:
        following.came(town, etag, feed)


def _read(asked: Asked) -> tuple[reading.Feed | None, str, str]:
    """What the feed says, its mark, and what went wrong."""
    try:
        answer = fetch(asked)
        return reading.read(answer.body) if answer.body is not None else None, answer.etag, ""
    except NotFetched as error:
        return None, "", error.fault.value
    except reading.NoFeed:
        return None, "", NO_FEED

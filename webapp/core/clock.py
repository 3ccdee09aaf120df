"""The only place that asks what time it is. Times are UTC and aware; days are those of Brussels."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment in UTC, or the moment set by `at`."""
    return _moment.get() or datetime.now(UTC)


def fixed() -> datetime | None:
    """The moment set by `at`, or None while the clock runs."""
    return _moment.get()


def today() -> date:
    """The present day in Brussels."""
    return now().astimezone(BRUSSELS).date()


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Brussels."""
    return moment.astimezone(BRUSSELS)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment`: seeds tell a past with it, tests move time."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moment.reset(token)

"""Lists in pages that stay fast at any size: a page begins after a key, never at an offset."""

import base64
import binascii
import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

PAGE_SIZE = 25
UNASKABLE = re.compile("[\\0\\ud800-\\udfff]")
"""NUL, and halves of a letter: no database can be asked for these."""

Row = TypeVar("Row")
First = TypeVar("First")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and the mark at which the next one begins (None on the last)."""

    rows: Sequence[Row]
    next: str | None


def cut(rows: Sequence[Row], key: Callable[[Row], Sequence[Any]], size: int = PAGE_SIZE) -> Page[Row]:
    """Make a page of up to `size` rows out of a query that asked for one more."""
    if len(rows) <= size:
        return Page(rows, None)
    shown = rows[:size]
    return Page(shown, mark([str(part) for part in key(shown[-1])]))


def mark(key: Sequence[str]) -> str:
    """A key as a short opaque text for a URL."""
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def after(text: str | None, parts: int) -> tuple[str, ...] | None:
    """The key in a mark; None when there is none, or it makes no sense (then the list begins at the top)."""
    if not text or len(text) > 400:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        return None
    if isinstance(key, list) and len(key) == parts and all(_is_text(part) for part in key):
        return tuple(key)
    return None


def _is_text(part: Any) -> bool:
    return isinstance(part, str) and not UNASKABLE.search(part)


def behind(text: str | None, first: Callable[[str], First]) -> tuple[First, uuid.UUID] | None:
    """The key of a list that is ordered by one thing and then by id. `first` reads that thing; when it raises
    ValueError, the list begins at the top."""
    key = after(text, 2)
    try:
        return (first(key[0]), uuid.UUID(key[1])) if key else None
    except ValueError:
        return None


def moment(text: str) -> datetime:
    """A moment in a key. Raises ValueError for one that the database could not compare: without a time zone, or
    outside the years when it is told in UTC."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment lies within the years that there are") from error

"""What is kept about somebody, in parts with lines: the same on a page, on paper and in a file."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from webapp.core import clock


class Part(NamedTuple):
    """A title, and lines of what it is and what is kept."""

    title: str
    lines: Sequence[tuple[str, str]]


def filled(*parts: Part) -> list[Part]:
    """The parts in which something stands, without empty lines."""
    found = [Part(part.title, [line for line in part.lines if line[1]]) for part in parts]
    return [part for part in found if part.lines]


def as_json(parts: Sequence[Part], **more: Any) -> str:
    """The same for a machine; `more` is what a page has no room for."""
    told = [
        {"title": part.title, "lines": [{"what": what, "is": value} for what, value in part.lines]} for part in parts
    ]
    return json.dumps({"made_at": clock.now().isoformat(), "parts": told, **more}, ensure_ascii=False, indent=2)

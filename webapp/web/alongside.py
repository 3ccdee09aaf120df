"""A small card that an area above puts on the page of a thing: each says it once, and that page knows nothing of it.

What it needs to know is asked with the numbers around the page, so that it costs no query; `beside` is for lists that
an area looks up by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from webapp.core.numbers import Numbers, together
from webapp.web.numbers import around


@dataclass(frozen=True, slots=True)
class Row:
    """One line of it: a text with a value at its end, and what became of it."""

    text: str
    value: str
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """The card, with where to read more."""

    key: str
    icon: str
    title: str
    rows: Sequence[Row]
    href: str
    link: str


Asks = Callable[[Any], Numbers]
Tells = Callable[[Any], Card | None]


def add(app: Flask, kind: str, asks: Asks, tells: Tells) -> None:
    """Let an area put a card on the page of every thing of a kind."""
    app.extensions.setdefault("alongside", {}).setdefault(kind, []).append((asks, tells))


def of(kind: str, thing: Any) -> list[Card]:
    """The cards on the page of this thing."""
    providers: list[tuple[Asks, Tells]] = current_app.extensions.get("alongside", {}).get(kind, [])
    around(together(asks(thing) for asks, _tells in providers))
    return [told for _asks, tells in providers if (told := tells(thing))]

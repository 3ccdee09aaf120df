"""What needs somebody now. Each area says it about its own things; the first page puts all of it in order.

An area registers a provider once; a provider asks the database a fixed number of questions, however much there is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from flask import Flask, current_app

from webapp.core.numbers import Numbers, together
from webapp.policy.actor import Actor


class Urgency(IntEnum):
    """What comes first: what goes on at this moment and passes by itself, then people who wait for an answer before
    people who wait for a next step, then upkeep."""

    NOW = 0
    ANSWER = 1
    CHOICE = 2
    MOMENT = 3
    CHECK_IN = 4
    STUCK = 5
    NEXT_STEP = 6
    UPKEEP = 7


@dataclass(frozen=True, slots=True)
class Way:
    """One button: a link, or with `fields` a form that answers in place."""

    label: str
    href: str
    icon: str = ""
    fields: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs somebody. `icon` stands in a pebble when it is about a question. `facts` (icon, words) and
    `tags` (kind of tag, words) are told where it stands on top."""

    key: str
    urgency: Urgency
    since: datetime
    title: str
    line: str
    icon: str
    ways: tuple[Way, ...]
    is_question: bool = True
    overline: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()


Provider = Callable[[Actor], Iterable[Need]]
Asks = Callable[[Actor], Numbers]


def add(app: Flask, provider: Provider, asks: Asks | None = None) -> None:
    """Let an area say what needs people, and which numbers it wants to know for that: all are asked in one query."""
    app.extensions.setdefault("needs", []).append(provider)
    if asks:
        app.extensions.setdefault("needs_numbers", []).append(asks)


def numbers(actor: Actor) -> Numbers:
    """The numbers that every area wants to know. To be asked before `of`."""
    asked: list[Asks] = current_app.extensions.get("needs_numbers", [])
    return together(ask(actor) for ask in asked)


def of(actor: Actor) -> list[Need]:
    """Everything that needs this person, the most pressing first."""
    providers: list[Provider] = current_app.extensions.get("needs", [])
    found = [need for provider in providers for need in provider(actor)]
    return sorted(found, key=lambda need: (need.urgency, need.since, need.key))

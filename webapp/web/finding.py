"""Looking for a word everywhere at once: each area finds among its own things what somebody may see.

An area registers a kind of thing once. What it finds are a few rows, with one query or two however much there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from webapp.policy.actor import Actor
from webapp.web.i18n import word

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `side` is the colour of its arch, or of a circle with initials; without one it is about
    a young person, in a pebble."""

    title: str
    line: str
    href: str
    icon: str
    side: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of one kind. `find` gives at most MOST_SHOWN and one for an actor and words; `everything` is the address
    where all of it stands, with filters."""

    title: str
    order: int
    find: Callable[[Actor, str], Sequence[Hit]]
    everything: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind, and where the rest stands when there is more."""

    title: str
    hits: Sequence[Hit]
    more: str


def add(app: Flask, kind: Kind) -> None:
    """Let an area be searched too."""
    kinds: list[Kind] = app.extensions.setdefault("finding", [])
    kinds.append(kind)
    kinds.sort(key=lambda one: one.order)


def of(actor: Actor, words: str) -> list[Found]:
    """What there is for these words, kind by kind; a kind in which nothing was found is left out."""
    kinds: list[Kind] = current_app.extensions.get("finding", [])
    each = [(kind, kind.find(actor, words)) for kind in kinds]
    return [
        Found(word(kind.title), hits[:MOST_SHOWN], _more(kind, words) if len(hits) > MOST_SHOWN else "")
        for kind, hits in each
        if hits
    ]


def _more(kind: Kind, words: str) -> str:
    return kind.everything(words) if kind.everything else ""

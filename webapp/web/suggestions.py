"""What may help somebody who is typing: a tool, a lesson, what others do. Each area says what it has; at most three are
shown, one of each before a second of any."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from flask import Flask, current_app

from webapp.policy.actor import Actor

MOST = 3


@dataclass(frozen=True, slots=True)
class About:
    """What somebody types about, in codes of the vocabulary: B's and strategies. `but` is what they are in already."""

    codes: tuple[str, ...]
    but: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may help: what it is called, what it is, and where."""

    title: str
    line: str
    href: str
    icon: str


Provider = Callable[[About, Actor], Sequence[Suggestion]]


def add(app: Flask, provider: Provider) -> None:
    """Let an area suggest. It gives only what the person may see, the best first, at most `MOST`."""
    app.extensions.setdefault("suggestions", []).append(provider)


def of(about: About, actor: Actor) -> list[Suggestion]:
    """At most three suggestions; none while nothing is said yet."""
    providers: list[Provider] = current_app.extensions.get("suggestions", [])
    found = [provider(about, actor) for provider in providers] if about.codes else []
    in_turn = chain.from_iterable(zip_longest(*found))
    return [one for one in in_turn if one is not None][:MOST]

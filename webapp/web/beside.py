"""What belongs to a thing but lives in an area above: a plan that a decision is part of, a lesson that came from it.

An area registers once which things it knows of. A page of an area below asks for everything beside what it shows, in
one query for each provider, and knows nothing of where it comes from.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from webapp.policy.actor import Actor


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that stands beside a thing: what it is called, what it is, and where; before it, the thing came from
    it."""

    title: str
    line: str
    href: str
    icon: str
    is_before: bool = False


Found = Mapping[uuid.UUID, Sequence[Beside]]
Provider = Callable[[Sequence[uuid.UUID], Actor], Found]


def add(app: Flask, provider: Provider) -> None:
    """Let an area say what it has beside the things of others. It gives only what the person may see."""
    app.extensions.setdefault("beside", []).append(provider)


def of(thing_ids: Sequence[uuid.UUID], actor: Actor) -> dict[uuid.UUID, list[Beside]]:
    """What stands beside these things, by thing."""
    providers: list[Provider] = current_app.extensions.get("beside", [])
    together: dict[uuid.UUID, list[Beside]] = {}
    for provider in providers if thing_ids else ():
        for thing_id, found in provider(thing_ids, actor).items():
            together.setdefault(thing_id, []).extend(found)
    return together

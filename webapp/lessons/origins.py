"""What a lesson is made of when it is no session: an action or a decision. The areas that keep those say which of them
somebody may read; a lesson of something else just has no origin."""

import uuid
from collections.abc import Callable

from webapp.lessons.actions import From
from webapp.lessons.codes import Origin
from webapp.policy.actor import Actor

MayRead = Callable[[uuid.UUID, Actor], bool]
_KNOWN: dict[Origin, MayRead] = {}


def knows(origin: Origin, may_read: MayRead) -> None:
    """Register how to see whether somebody may read what a lesson is made of."""
    _KNOWN[origin] = may_read


def found(said: str, by: Actor) -> From | None:
    """What a lesson is made of, by the code and the id in an address ("action:…"). None when somebody may not read it,
    or when it is nothing."""
    code, _colon, text = said.partition(":")
    try:
        origin, origin_id = Origin(code), uuid.UUID(text)
    except ValueError:
        return None
    return From(origin, origin_id) if origin in _KNOWN and _KNOWN[origin](origin_id, by) else None

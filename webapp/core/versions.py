"""Two people who change the same thing: whoever comes second is told, and nothing of the first is lost."""

from typing import Any

from webapp.core.errors import Conflict


def expect(thing: Any, version: int | None) -> None:
    """Raise Conflict when a thing is newer than the `version` that somebody saw of it; without one, any will do."""
    if version is not None and thing.version != version:
        raise Conflict()

"""Flask as Brug uses it: what a page asks many times over is answered without detours."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Flask, has_request_context, request

STAND_INS = tuple(uuid.uuid5(uuid.NAMESPACE_OID, f"part {number}") for number in range(3))


class Brug(Flask):
    """A Flask that builds the addresses of its pages once, and has no views that wait for each other.

    Flask looks every address up among all routes. The path of an endpoint hardly depends on what stands in it, so it is
    built once with stand-ins, and from then on the ids only have to be put in their place.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._patterns: dict[tuple[str, ...], str | None] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself. Flask looks at all that goes around a request whether it is a coroutine: none is."""
        return func

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """As Flask's own; quicker for a path within Brug where every part is an id."""
        is_plain = not (_anchor or _method or _scheme or _external) and has_request_context()
        if is_plain and all(type(value) is uuid.UUID for value in values.values()):
            key = (endpoint, *values)
            if key not in self._patterns:
                self._patterns[key] = self._pattern(endpoint, tuple(values))
            if pattern := self._patterns[key]:
                return request.script_root + pattern % values
        return super().url_for(
            endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values
        )

    def _pattern(self, endpoint: str, names: tuple[str, ...]) -> str | None:
        """The path with `%(name)s` for each part; None where only Flask can tell."""
        rules = [rule for rule in self.url_map.iter_rules() if rule.endpoint == endpoint]
        if len(rules) != 1 or rules[0].arguments != set(names) or len(names) > len(STAND_INS):
            return None
        parts = dict(zip(names, STAND_INS, strict=False))
        path = self.url_map.bind("").build(endpoint, parts).replace("%", "%%")
        for name, stand_in in parts.items():
            path = path.replace(str(stand_in), f"%({name})s")
        return path

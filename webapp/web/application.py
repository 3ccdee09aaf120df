"""Flask as Brug uses it: what a page asks many times over is answered without detours."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote_plus

from flask import Flask
from flask.globals import _cv_request  # docs/decisions/0030
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule

KEPT_IN_QUERY = "!$'()*,/:;?@"
PLAIN = (str, int, uuid.UUID)
STAND_INS = tuple(uuid.uuid5(uuid.NAMESPACE_OID, f"part {number}") for number in range(3))


class Visits(SecureCookieSessionInterface):
    """The signed cookie of a visit."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs it: made once, not at both ends of every request."""
        if "signs_visits" not in app.extensions:
            app.extensions["signs_visits"] = super().get_signing_serializer(app)
        return app.extensions["signs_visits"]  # type: ignore[no-any-return]


class LateRule(Rule):
    """A route that learns to write its address when it is first asked to.

    Werkzeug writes, compiles and keeps two functions for each of our hundreds of routes: a tenth of the start, for many
    that no link ever leads to.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        learn = partial(super()._compile_builder, append_unknown)

        def first_time(rule: Rule, **values: Any) -> tuple[str, str]:
            build: Callable[..., tuple[str, str]] = learn().__get__(rule, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", build)
            return build(**values)

        return first_time


class Brug(Flask):
    """A Flask that builds the addresses of its pages once, and has no views that wait for each other.

    Flask looks every address up among all routes. The path of an endpoint hardly depends on what stands in it, so it is
    built once with stand-ins, and from then on the ids only have to be put in their place.
    """

    session_interface = Visits()
    url_rule_class = LateRule

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ways: dict[tuple[str, ...], Way | None] = {}

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
        """As Flask's own; quicker for a path within Brug where every part is an id, and what follows it plain text
        or a number."""
        if not (_anchor or _method or _scheme or _external) and (visit := _cv_request.get(None)):
            key = (endpoint, *values)
            if key not in self._ways:
                self._ways[key] = self._way(endpoint, frozenset(values))
            if (way := self._ways[key]) and way.suits(values):
                return visit.request.root_path + way.to(values)
        return super().url_for(
            endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values
        )

    def _way(self, endpoint: str, names: frozenset[str]) -> "Way | None":
        """The way to an endpoint; None where only Flask can tell."""
        rules = [rule for rule in self.url_map.iter_rules() if rule.endpoint == endpoint]
        parts = frozenset(rules[0].arguments) if len(rules) == 1 else names
        if len(rules) != 1 or not parts <= names or len(parts) > len(STAND_INS):
            return None
        stand_ins = dict(zip(parts, STAND_INS, strict=False))
        path = self.url_map.bind("").build(endpoint, stand_ins)
        path = path.replace("%", "%%") if parts else path
        for name, stand_in in stand_ins.items():
            path = path.replace(str(stand_in), f"%({name})s")
        return Way(path, parts)


@dataclass(frozen=True, slots=True)
class Way:
    """A path with `%(name)s` for each of its parts; whatever else is given follows it as a query."""

    path: str
    parts: frozenset[str]

    def suits(self, values: dict[str, Any]) -> bool:
        """Whether these values can be put in their place as they are."""
        for name, value in values.items():
            if name in self.parts:
                if type(value) is not uuid.UUID:
                    return False
            elif not all(isinstance(one, PLAIN) for one in _each(value)):
                return False
        return True

    def to(self, values: dict[str, Any]) -> str:
        """The address for these values."""
        path = self.path % {name: _id(values[name]) for name in self.parts} if self.parts else self.path
        if len(values) == len(self.parts):
            return path
        asked = [(name, one) for name, value in values.items() if name not in self.parts for one in _each(value)]
        return f"{path}?{'&'.join(f'{name}={_quoted(one)}' for name, one in asked)}" if asked else path


_id: Callable[[uuid.UUID], str] = lru_cache(2000)(str)
"""An id as text: writing it takes three times as long as finding what was written."""


def _each(value: Any) -> Sequence[Any]:
    """What stands in a query for a value: nothing, itself, or each of several."""
    if value is None:
        return ()
    return value if isinstance(value, (list, tuple)) else (value,)


def _quoted(value: str | int | uuid.UUID) -> str:
    """A text, a number or an id as it stands in a query; most are a word."""
    text = _id(value) if type(value) is uuid.UUID else str(value)
    return text if text.replace("-", "").isalnum() and text.isascii() else quote_plus(text, safe=KEPT_IN_QUERY)

"""The numbers around a page, on the bell and in the menu: asked together with those of the page itself."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from flask import Flask, current_app, g

from webapp.core.numbers import Numbers, ask, together
from webapp.policy.actor import Actor
from webapp.web.who import actor

Provider = Callable[[Actor], Numbers]


def add(app: Flask, provider: Provider) -> None:
    """Let an area count something that stands around every page."""
    app.extensions.setdefault("numbers", []).append(provider)


def around(own: Numbers | None = None) -> Mapping[Hashable, Any]:
    """The numbers around the page and those of the page, by name. One query a request for a page that asks first."""
    if "numbers" not in g:
        providers: list[Provider] = current_app.extensions.get("numbers", [])
        who = actor()
        g.numbers = ask(together([*(provider(who) for provider in providers), own or Numbers()]))
    elif own:
        g.numbers |= ask(own)
    return g.numbers  # type: ignore[no-any-return]

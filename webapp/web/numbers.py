"""The numbers around a page, on the bell and in the menu: asked together with those of the page itself."""

from collections.abc import Callable, Hashable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from flask import Flask, current_app, g

from webapp.core.numbers import Numbers, ask
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
        asked = [provider(actor()) for provider in providers]
        g.numbers = ask(reduce(or_, [*asked, own or Numbers()]))
    elif own:
        g.numbers |= ask(own)
    return g.numbers  # type: ignore[no-any-return]

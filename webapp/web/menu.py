"""The menu: every area registers its entry once, and each visitor sees the entries they may follow."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import LazyString, lazy_gettext

from webapp.policy.actor import Actor
from webapp.web.guard import allows
from webapp.web.who import actor

ON_PHONE = 4
MORE = "today.more"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the menu. `badge` counts what needs this person, never news."""

    label: LazyString
    short_label: LazyString
    endpoint: str
    icon: str
    order: int
    shown: Callable[[Actor], bool] = lambda _actor: True
    badge: Callable[[Actor], int] = lambda _actor: 0


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as this visitor sees it."""

    label: str
    short_label: str
    href: str
    icon: str
    current: bool
    badge: int


def add(app: Flask, entry: Entry) -> None:
    """Put an entry in the menu."""
    app.extensions.setdefault("menu", []).append(entry)


def belongs(app: Flask, area: str, under: str) -> None:
    """Let the pages of an area light up the entry of another one."""
    app.extensions.setdefault("menu_belongs", {})[area] = under


def items() -> list[Item]:
    """The entries of this visitor, in order; made once a request."""
    if "menu" not in g:
        who = actor()
        entries: list[Entry] = sorted(current_app.extensions.get("menu", []), key=lambda entry: entry.order)
        g.menu = [
            _item(entry, who) for entry in entries if who.is_known and entry.shown(who) and allows(entry.endpoint)
        ]
    return g.menu  # type: ignore[no-any-return]


def phone_items() -> list[Item]:
    """At most five: the first four, and More for the rest."""
    more = Item(
        str(lazy_gettext("More")),
        str(lazy_gettext("More")),
        url_for(MORE),
        "menu",
        request.endpoint == MORE,
        0,
    )
    return [*items()[:ON_PHONE], more]


def _item(entry: Entry, who: Actor) -> Item:
    belonging: dict[str, str] = current_app.extensions.get("menu_belongs", {})
    area = (request.endpoint or "").split(".")[0]
    here = belonging.get(area, area) == entry.endpoint.split(".")[0] and request.endpoint != MORE
    return Item(str(entry.label), str(entry.short_label), url_for(entry.endpoint), entry.icon, here, entry.badge(who))

"""The menu: every area registers its entry once, and each visitor sees the entries they may follow."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from webapp.policy.actor import Actor
from webapp.web.guard import allows
from webapp.web.i18n import word
from webapp.web.who import actor

ON_PHONE = 4
WHEN_THERE_IS_ROOM = 9
MORE = "today.more"
UNDER_NONE = (MORE, "today.search", "today.look")
"""Pages that belong to no entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the menu. `badge` counts what needs this person, never news. The four with the lowest `phone` stand at
    the bottom of a phone; one that is not `wide` stands only there."""

    label: str
    short_label: str
    endpoint: str
    icon: str
    order: int
    shown: Callable[[Actor], bool] = lambda _actor: True
    badge: Callable[[Actor], int] = lambda _actor: 0
    phone: int = WHEN_THERE_IS_ROOM
    wide: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as this visitor sees it."""

    label: str
    short_label: str
    href: str
    icon: str
    current: bool
    badge: int
    phone: int = WHEN_THERE_IS_ROOM
    wide: bool = True


def add(app: Flask, entry: Entry) -> None:
    """Put an entry in the menu."""
    entries: list[Entry] = app.extensions.setdefault("menu", [])
    entries.append(entry)
    entries.sort(key=lambda one: one.order)


def belongs(app: Flask, area: str, under: str) -> None:
    """Let the pages of an area light up the entry of another one."""
    app.extensions.setdefault("menu_belongs", {})[area] = under


def under_more(app: Flask, endpoints: Iterable[str]) -> None:
    """Let the areas of these places light up More on a phone, where nothing else does."""
    app.extensions["menu_more"] = {_area(endpoint) for endpoint in endpoints}


def items() -> list[Item]:
    """The entries of this visitor on a wide screen, in order."""
    return [item for item in _items() if item.wide]


def _items() -> list[Item]:
    """All entries of this visitor, in order; made once a request."""
    if "menu" not in g:
        g.menu = _made(actor())
    return g.menu  # type: ignore[no-any-return]


def _made(who: Actor) -> list[Item]:
    entries: list[Entry] = current_app.extensions.get("menu", []) if who.is_known else []
    area = _area(request.endpoint or "")
    here = "" if request.endpoint in UNDER_NONE else current_app.extensions.get("menu_belongs", {}).get(area, area)
    return [
        Item(
            word(entry.label),
            word(entry.short_label),
            url_for(entry.endpoint),
            entry.icon,
            _area(entry.endpoint) == here or entry.endpoint == request.endpoint,
            entry.badge(who),
            entry.phone,
            entry.wide,
        )
        for entry in entries
        if entry.shown(who) and allows(entry.endpoint)
    ]


def _area(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def phone_items() -> list[Item]:
    """At most five: the four that somebody needs most on their way, and More for the rest."""
    first = sorted(_items(), key=lambda item: item.phone)[:ON_PHONE]
    shown = [item for item in _items() if item in first]
    is_under_more = not any(item.current for item in shown) and (
        request.endpoint == MORE
        or any(item.current for item in items())
        or _area(request.endpoint or "") in current_app.extensions.get("menu_more", ())
    )
    return [*shown, Item(_("More"), _("More"), url_for(MORE), "menu", is_under_more, 0)]

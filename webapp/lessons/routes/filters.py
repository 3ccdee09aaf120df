"""The filters of the log. Its address is shared and typed over, so what makes no sense is quietly left out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from webapp.core import fulltext
from webapp.lessons.asked import Asked
from webapp.lessons.asked import of as asked_of
from webapp.lessons.labels import KIND_LABELS, SURENESS_LABELS
from webapp.lessons.searching import Around
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.vocabulary.sides import SIDE_LABELS
from webapp.vocabulary.strategies import STRATEGY_LABELS
from webapp.web.dates import short_moment
from webapp.web.filters import line
from webapp.web.forms import UrlForm
from webapp.web.i18n import word

LONGEST = {"q": fulltext.MOST_TYPED, "bron": 120}
NAMES: dict[str, Any] = {
    "b": _l("B"),
    "strategie": _l("Strategy"),
    "kant": _l("For whom"),
    "bron": _l("Source"),
    "soort": _l("Kind"),
    "jaar": _l("Year"),
    "zeker": _l("How sure"),
}
MENU_NAMES = NAMES | {"b": _l("The seven B’s")}
"""What a menu is called before anything is chosen in it: one letter alone says nothing to whoever is new."""
LABELS: dict[str, Mapping[Any, Any]] = {
    "b": B_LABELS, "strategie": STRATEGY_LABELS, "kant": SIDE_LABELS, "soort": KIND_LABELS, "zeker": SURENESS_LABELS,
}  # fmt: skip


class SearchForm(UrlForm):
    """The one box above the log."""

    q = StringField(_l("Search in lessons"))


class Menu(NamedTuple):
    """A filter that is not on yet: what it is called, and its choices with the address of each."""

    label: str
    choices: list[tuple[str, str]]


def read() -> Asked:
    """The search in this address. Signs without a letter or a digit, as in "%", ask for nothing."""
    typed = {name: _typed(name) for name in LONGEST}
    has_words = bool(fulltext.words(typed["q"]))
    return asked_of({**request.args, **typed, "q": typed["q"] if has_words else ""})


def only_signs(asked: Asked) -> str:
    """What somebody typed in which there is no word to look for."""
    return "" if asked.q else _typed("q")


def _typed(name: str) -> str:
    return line(request.args.get(name, ""), LONGEST[name])


def address(asked: Asked, **more: Any) -> str:
    """The address of a search, to go to or to share."""
    return url_for("lessons.index", **asked.parameters(), **more)


def menus(asked: Asked, around: Around) -> list[Menu]:
    """The filters that are not on and have something to choose."""
    values: dict[str, tuple[Any, ...]] = {
        name: tuple(LABELS[name]) if name in LABELS else around.sources if name == "bron" else around.years
        for name in NAMES
    }
    return [
        Menu(str(label), [(_said(name, one), address(_with(asked, name, one))) for one in values[name]])
        for name, label in MENU_NAMES.items()
        if values[name] and not getattr(asked, name)
    ]


def _with(asked: Asked, name: str, value: Any) -> Asked:
    return replace(asked, **{name: value})


def _said(name: str, value: Any) -> str:
    return word(str(LABELS[name][value])) if name in LABELS else str(value)


def chosen(asked: Asked) -> list[tuple[str, str]]:
    """Every filter that is on, in words, each with the address without it."""
    on = [(_named(name, value), address(asked.without(name))) for name, value in _on(asked)]
    return [*on, *([(_since(asked.sinds), address(asked.without("sinds")))] if asked.sinds else [])]


def _since(second: int) -> str:
    return gettext("Came out since %(day)s", day=short_moment(datetime.fromtimestamp(second, UTC)))


def in_words(asked: Asked) -> str:
    """A search as somebody would say it."""
    words = [gettext("“%(words)s”", words=asked.q)] if asked.q else []
    return " · ".join([*words, *(_named(name, value) for name, value in _on(asked))])


def loosened(asked: Asked) -> list[tuple[str, str]]:
    """What to let go of when nothing is found: first the words, then each filter."""
    words = [(gettext("the word “%(word)s”", word=asked.q), address(asked.without("q")))] if asked.q else []
    return [*words, *chosen(asked)]


def _on(asked: Asked) -> list[tuple[str, Any]]:
    return [(name, value) for name in NAMES if (value := getattr(asked, name))]


def _named(name: str, value: Any) -> str:
    return gettext("%(filter)s: %(choice)s", filter=NAMES[name], choice=_said(name, value))

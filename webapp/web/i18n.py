"""Languages and themes: chosen by the visitor, kept in cookies of their own browser, never on an account."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from babel.lists import format_list
from flask import Flask, Response, current_app, request
from flask_babel import Babel, force_locale, get_locale, gettext

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT_LANGUAGE = "nl"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def language() -> str:
    """The language of this page: the visitor's choice, else Dutch."""
    asked = request.cookies.get("lang", "") if request else DEFAULT_LANGUAGE
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def theme() -> str:
    """'light', 'dark', or '' for what the device prefers."""
    asked = request.cookies.get("theme", "")
    return asked if asked in THEMES else ""


def remember(response: Response, name: str, value: str) -> None:
    """Keep a choice in the browser for a year; an empty value forgets it."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    if value:
        response.set_cookie(name, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")


def word(label: str) -> str:
    """A label of the vocabulary in the language of this page."""
    return gettext(label) if label else ""


def together(words: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    """As people list things: "a, b and c", or with the other style "a, b or c"."""
    return format_list(list(words), style=style, locale=get_locale() or DEFAULT_LANGUAGE)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Write in one language, whoever asks: mail goes out in the language of the installation."""
    with force_locale(code):
        yield


def init_app(app: Flask) -> None:
    """Set up translations; the catalogue lives in webapp/translations."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT_LANGUAGE)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/Brussels")
    Babel(app, locale_selector=language)

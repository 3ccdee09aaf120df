"""Languages and themes: chosen by the visitor, kept in cookies of their own browser, never on an account."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Literal, NamedTuple

import flask_babel
from babel import Locale
from babel.lists import format_list
from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, Domain, force_locale

from webapp.web.translations import CATALOGUES

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT_LANGUAGE = "nl"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


class Turn(NamedTuple):
    """What somebody wants to see otherwise in the middle of a form, as their browser keeps it."""

    cookie: str
    value: str


TURNS = {"taal": ("lang", tuple(LANGUAGES)), "thema": ("theme", (*THEMES, ""))}
"""How an address asks for that: the cookie it becomes, and what it may say."""


_now: ContextVar[str] = ContextVar("language")
"""The language of the page or mail that is being written. Every word asks for it: looking into the cookies each time
would take longer than the page itself."""


def language() -> str:
    """The language of this page: the visitor's choice, else Dutch."""
    asked = _chosen("lang") if request else DEFAULT_LANGUAGE
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def theme() -> str:
    """'light', 'dark', or '' for what the device prefers."""
    asked = _chosen("theme")
    return asked if asked in THEMES else ""


def turned_to() -> Turn | None:
    """The language or theme that somebody asks for in the middle of a form: they get it back that way as they typed it,
    and nothing is done yet. The button of a form can add this to its address; a link never can, for it is no GET."""
    if request.method == "POST":
        for name, (cookie, values) in TURNS.items():
            if (asked := request.args.get(name)) in values:
                return Turn(cookie, asked)
    return None


def _chosen(cookie: str) -> str:
    """What the visitor chose: a moment ago, or earlier in this browser."""
    turn = turned_to()
    return turn.value if turn and turn.cookie == cookie else request.cookies.get(cookie, "")


def remember(response: Response, name: str, value: str) -> None:
    """Keep a choice in the browser for a year; an empty value forgets it."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    if value:
        response.set_cookie(name, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")


def word(label: str) -> str:
    """A label of the vocabulary in the language of this page."""
    return catalogue(language_now()).ugettext(label) if label else ""


def capital(text: str) -> str:
    """The same text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def sentences(faults: Mapping[str, str]) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """What says the errors of an area in words, by field. A code without words is a mistake of ours: KeyError."""
    return lambda errors: {field: word(faults[code]) for field, code in errors.items()}


def together(words: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    """As people list things: "a, b and c", or with the other style "a, b or c"."""
    return format_list(list(words), style=style, locale=_locale(language_now()))


@cache
def _locale(code: str) -> Locale:
    """How a language writes lists and days, looked up once."""
    return Locale.parse(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Write in one language, whoever asks: mail goes out in the language of the installation."""
    token = _now.set(code)
    try:
        with force_locale(code):
            yield
    finally:
        _now.reset(token)


def language_now() -> str:
    """The language in which is written at this moment."""
    return _now.get(None) or language()


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations into one language, read once."""
    return Translations.load(CATALOGUES, [code])


class Words(Domain):
    """The one catalogue of Brug, found without asking for its folder and name at each word."""

    def get_translations(self) -> NullTranslations:
        """The translations into the language of this moment."""
        return catalogue(language_now())


class Catalogues(Babel):
    """Flask-Babel with that one catalogue."""

    domain_instance = Words()


def init_app(app: Flask) -> None:
    """Set up translations; the catalogue lives in webapp/translations."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT_LANGUAGE)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/Brussels")
    Catalogues(app, locale_selector=language)
    # there is but one, and Flask-Babel looks for it at each word
    flask_babel.get_domain = lambda: Catalogues.domain_instance  # type: ignore[attr-defined]

    @app.before_request
    def settle_language() -> None:
        g.language = _now.set(language())

    @app.after_request
    def keep_language(response: Response) -> Response:
        if turn := turned_to():
            remember(response, turn.cookie, turn.value)
            if response.status_code == 422:  # what is not sent yet has nothing to mend
                response.status_code = 200
        return response

    @app.teardown_request
    def leave_language(_error: BaseException | None) -> None:
        token = g.pop("language", None)
        if token:
            _now.reset(token)

"""What every template may use."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined

from webapp.config import Settings
from webapp.core import clock
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.functions import FUNCTION_LABELS
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web import addresses, bridge_svg, dates, i18n, menu, numbers, respond, turning
from webapp.web.forms import options
from webapp.web.guard import allows
from webapp.web.who import actor, draft_owner


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in person as the top bar shows them."""

    name: str
    initials: str
    side: str
    role_label: str
    organisation: str


def initials(name: str) -> str:
    """The letters in a person's circle: two at most."""
    parts = [part for part in name.replace("-", " ").split() if part]
    letters = [parts[0][0], parts[-1][0]] if len(parts) > 1 else [part[0] for part in parts]
    return "".join(letters).upper()


def beyond(line: str, title: str) -> str:
    """What a line says beyond the title above it: many begin with it as a sentence. Empty: no more."""
    rest = line.removeprefix(title)
    return rest.lstrip(".!? ") if rest != line and rest[:1] in (".", "!", "?", "") else line


def me() -> Me | None:
    """Who is signed in, or None."""
    who = actor()
    if not who.is_known:
        return None
    if not who.seats:
        return Me(who.name, initials(who.name), "host", "", "")
    seat = who.seats[0]
    side = ORGANISATION_TRAITS[seat.organisation_kind].side
    return Me(who.name, initials(who.name), side, i18n.word(FUNCTION_LABELS[seat.function]), seat.organisation_name)


def may(permission: str, thing: Any = None) -> bool:
    """Whether the visitor has a permission on a thing; templates ask before they show a button."""
    return can(actor(), Can(permission), thing)


def csrf_token() -> str:
    """The token that every form carries: the same all over a page."""
    return g.get("csrf_token") or str(generate_csrf())


def init_app(app: Flask, settings: Settings) -> None:
    """Set up Jinja: undefined names raise, and the names below exist everywhere."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(dates.FILTERS)
    app.jinja_env.filters.update(word=i18n.word, initials=initials, beyond=beyond, linked=addresses.linked)
    app.jinja_env.globals.update(
        may=may,
        allows=allows,
        messages=respond.messages,
        town=settings.town,
        network_name=settings.network,
        demo=settings.demo,
        help_name=settings.help_name,
        help_phone=settings.help_phone,
        languages=i18n.LANGUAGES,
        viaduct=bridge_svg.viaduct,
        options=options,
        draws=turning.draws,
        turn_button=turning.turn_button,
        typed_in=turning.typed_in,
        this_address=turning.this_address,
    )

    @app.context_processor
    def request_words() -> dict[str, Any]:
        if "words" not in g:
            who = actor()
            g.words = {
                "csrf_token": csrf_token,
                "locale": i18n.language(),
                "theme": i18n.theme(),
                "me": me(),
                "printed_on": clock.today(),
                "draft_owner": draft_owner(),
                "menu": menu.items(),
                "phone_menu": menu.phone_items() if who.is_known else [],
                "bell_count": numbers.around().get("bell", 0) if who.is_known else 0,
            }
        return g.words  # type: ignore[no-any-return]

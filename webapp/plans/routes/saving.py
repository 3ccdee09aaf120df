"""How a form of a plan answers: saved, or shown again with everything that was typed."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response

from webapp.core.errors import Conflict, Invalid
from webapp.plans.labels import in_words
from webapp.web.forms import Form
from webapp.web.respond import changed, invalid, page

Faults = Callable[[Mapping[str, str]], Mapping[str, str]]


def save(
    template: str,
    form: Any,
    shown: Mapping[str, Any],
    change: Callable[[], str],
    message: str,
    *,
    thing: Any = None,
    faults: Faults = in_words,
) -> Response:
    """Show a form, or make its change and go where that says. Who saves what somebody else changed meanwhile reads so,
    and saves once more: `thing` is what the form is about, by its version."""
    seen = {"form": form, "is_stale": False, **shown}
    if not form.submitted():
        return (invalid if form.errors else page)(template, **seen)
    try:
        to = change()
    except Invalid as refusal:
        form.take(faults(refusal.errors))
        return invalid(template, **seen)
    except Conflict:
        form.renew(thing.version)
        return invalid(template, status=409, **seen | {"is_stale": True})
    return changed(to, message=message)


def tap(change: Callable[[], object], to: str, message: str) -> Response:
    """Make a change of one button."""
    Form().refuse_unknown()
    change()
    return changed(to, message=message)

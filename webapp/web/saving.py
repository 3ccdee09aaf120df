"""How the page of a form answers: as it was asked for, or once more with everything that was typed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Response

from webapp.core.errors import Conflict, Invalid
from webapp.web.forms import Form
from webapp.web.respond import invalid

Faults = Callable[[Mapping[str, str]], Mapping[str, str]]


@contextmanager
def saving(form: Form, faults: Faults, thing: Any = None) -> Iterator[None]:
    """Make a change that may be refused; then the form knows why, and `form_page` shows it.

    `faults` says the errors of the area in sentences. `thing` is what the form is about, by its version: whoever saves
    what somebody else changed meanwhile reads so, and saves once more. A conflict about anything else goes on: to save
    once more would not mend it.
    """
    try:
        yield
    except Invalid as refusal:
        form.take(faults(refusal.errors))
    except Conflict:
        if thing is None or form.has_seen(thing.version):
            raise
        form.renew(thing.version)


def form_page(template: str, form: Form, /, fragment: str | None = None, **shown: Any) -> Response:
    """The page of a form, with the status that the form asks for. A page with several forms names this one itself."""
    return invalid(template, fragment=fragment, status=form.http_status, **{"form": form, **shown})

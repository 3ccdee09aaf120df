"""The attributes of fields and the options of lists, written at a fraction of the price: WTForms makes five safe texts
of each attribute, and fields have ten of them. Of each list it looks up how its options want to be written."""

from typing import Any

from markupsafe import Markup, escape
from wtforms.widgets import core
from wtforms.widgets.core import Button, clean_key  # type: ignore[attr-defined]  # the stubs are behind


def attributes(**values: Any) -> Markup:
    """What stands in a tag, in the order of the alphabet, as WTForms writes it: True is a name alone, False nothing."""
    written = []
    for name, value in sorted(values.items()):
        if value is True:
            written.append(clean_key(name))
        elif value is not False:
            text = str(escape(value)).replace('"', "&quot;")  # a text that is safe between tags may hold these
            written.append(f'{clean_key(name)}="{text}"')
    return Markup(" ".join(written))  # noqa: S704 - each value was escaped


def option(choice: Any) -> str:
    """One option of a list, as WTForms writes it."""
    value = str(choice.value) if isinstance(choice.value, bool) else choice.value
    named = {"value": value, **(choice.render_kw or {}), "selected": choice.selected}
    return f"<option {attributes(**named)}>{escape(choice.label or choice.value)}</option>"


def init_app(_app: object) -> None:
    """Let every widget write its attributes like this, and every list its options."""
    core.html_params = attributes
    core.Select._dispatch_render_option = staticmethod(lambda: option)  # type: ignore[attr-defined]  # its stubs leave it out
    for widget in (core.Input, Button):
        widget.html_params = staticmethod(attributes)  # type: ignore[method-assign]

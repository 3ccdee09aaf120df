"""The form that finds a question in a list."""

from flask_babel import lazy_gettext as _l

from webapp.web.forms import Form, Line


class SearchForm(Form):
    """An alias, or a part of it. Looking twice is fine, so it carries no key."""

    once = None  # type: ignore[assignment]
    words = Line(_l("Alias"), most=24)

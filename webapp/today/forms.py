"""The form that looks everywhere."""

from flask_babel import lazy_gettext as _l

from webapp.web.forms import Form, Line


class SearchForm(Form):
    """A word or two. Looking twice is fine, so it carries no key."""

    once = None  # type: ignore[assignment]
    words = Line(_l("What are you looking for?"), most=80)

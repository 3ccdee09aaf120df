"""The form that finds a question in a list."""

from flask_babel import lazy_gettext as _l

from webapp.web.forms import Line, RepeatableForm


class SearchForm(RepeatableForm):
    """An alias, or a part of it."""

    words = Line(_l("Alias"), most=24)

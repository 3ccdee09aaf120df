"""The form that looks everywhere."""

from flask_babel import lazy_gettext as _l

from webapp.web.forms import Line, RepeatableForm


class SearchForm(RepeatableForm):
    """A word or two."""

    words = Line(_l("What are you looking for?"), most=80)

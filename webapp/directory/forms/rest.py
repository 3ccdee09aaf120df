"""The form of a pause."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from webapp.vocabulary.rests import REST_LABELS, RestKind
from webapp.web.days import Day
from webapp.web.forms import Form, OneOf

FILL_IN = _l("Fill in a day.")


class RestForm(Form):
    """Why, for what, and from which day to which."""

    kind = OneOf(_l("What for?"), tuple(RestKind), REST_LABELS, needed=_l("Choose one of these."))
    first_day = Day(_l("First day"), [InputRequired(FILL_IN)])
    last_day = Day(_l("Last day"), [InputRequired(FILL_IN)])
    offer = SelectField(_l("Who rests?"), default="")

    def among(self, offers: Sequence[tuple[uuid.UUID, str]], wanted: Any = None) -> None:
        """Let the whole association rest, or one of these offers; begin with the one that was wanted."""
        self.offer.choices = [("", gettext("All of us")), *((str(one), name) for one, name in offers)]
        if not self.is_submitted() and wanted in {str(one) for one, _name in offers}:
            self.offer.data = wanted

    @property
    def offer_id(self) -> uuid.UUID | None:
        """The one offer that rests; None when all do."""
        return uuid.UUID(self.offer.data) if self.offer.data else None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day; only for a form that was found right."""
        if self.first_day.data is None or self.last_day.data is None:
            raise ValueError("a day is missing")
        return self.first_day.data, self.last_day.data

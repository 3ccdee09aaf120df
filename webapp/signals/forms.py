"""The forms of signals: what is missing, in codes alone, and what is done about it."""

from collections.abc import Iterable
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from webapp.signals.actions import Missing
from webapp.vocabulary.ages import AGE_LABELS, AgeBand
from webapp.vocabulary.days import WEEKDAY_LABELS, Weekday
from webapp.vocabulary.interests import INTEREST_LABELS, Interest
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.web.careful import CarefulForm
from webapp.web.forms import Form, SomeOf, Version, Words


class MissingForm(Form):
    """What is missing. Every part can be left out but what somebody wanted to do."""

    interests = SomeOf(
        _l("What is missing?"),
        tuple(Interest),
        INTEREST_LABELS,
        validators=[InputRequired(_l("Choose at least one thing to do."))],
    )
    age_band = SomeOf(_l("Age"), tuple(AgeBand), AGE_LABELS)
    area = SelectMultipleField(_l("Neighbourhood"), choices=[])
    days = SomeOf(_l("Days"), tuple(Weekday), WEEKDAY_LABELS)
    distances = SomeOf(_l("Distances"), tuple(B), B_LABELS)

    def near(self, areas: Iterable[str]) -> None:
        """Let these parts of town be named."""
        self.area.choices = [SelectChoice(area, area) for area in areas]

    def missing(self) -> Missing:
        """What is missing."""
        age = next(iter(self.age_band.data or ()), None)
        area = next(iter(self.area.data or ()), "")
        return Missing(self.interests.data or (), age, area, self.days.data or (), self.distances.data or ())


class PickUpForm(CarefulForm):
    """What is done about it, in a sentence that everybody may read."""

    watched: ClassVar[tuple[str, ...]] = ("told",)
    version = Version(needed=True)
    told = Words(_l("What is done about it?"), most=240, needed=_l("Say in a sentence what is done about it."))

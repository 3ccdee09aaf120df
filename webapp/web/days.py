"""The field for a day."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField

FIRST_YEAR, LAST_YEAR = 1900, 2199
OTHER_YEAR = _l("Write the whole year, from %(first)d to %(last)d.", first=FIRST_YEAR, last=LAST_YEAR)


class Day(DateField):
    """A day of these times. Who types 26 for the year, or a figure too many, reads so: nothing can be reckoned with the
    first and the last days that there are."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day, or say what is wrong with it."""
        super().process_formdata(valuelist)
        if self.data and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(OTHER_YEAR)


def day_in(field: Day) -> date:
    """The day that was filled in; only for a form that was found right."""
    if field.data is None:
        raise ValueError(f"{field.name} is empty")
    day: date = field.data
    return day

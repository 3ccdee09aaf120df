"""The forms of date polls."""

import uuid
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, FormField, SelectField, TimeField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe

from webapp.core import clock
from webapp.core.errors import Invalid
from webapp.directory.forms.fields import RowForm
from webapp.groups.minding import MindedForm
from webapp.polls.actions import About
from webapp.polls.codes import Says
from webapp.polls.labels import duration_words
from webapp.polls.queries import MOST_MOMENTS
from webapp.web.days import Day, day_in
from webapp.web.forms import Form, Line, SelectChoice, Version, Website, as_id

DURATIONS = (30, 60, 90, 120, 180)
ROWS_SHOWN = 5


def at_once(day: date, hour: time) -> datetime:
    """A day and an hour on a clock in Brussels."""
    return datetime.combine(day, hour, tzinfo=clock.BRUSSELS)


class AboutForm(MindedForm):
    """What a poll is about, where the group would meet, and until when people may answer."""

    watched, places = ("title", "place"), ("place",)
    version = Version()
    title = Line(_l("What do you ask?"), most=120, needed=_l("Say in a few words what you look for a moment for."))
    minutes = SelectField(_l("How long does it take?"), [InputRequired()], coerce=int)
    place = Line(_l("Where?"), most=160)
    link = Website(
        _l("Link for whoever joins from afar"),
        most=300,
        render_kw={"inputmode": "url", "autocomplete": "off"},
    )
    closes_on = Day(_l("Until when may people answer?"), [InputRequired(_l("Choose a day."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minutes.choices = [SelectChoice(number, duration_words(number)) for number in DURATIONS]

    def about(self) -> About:
        """What was filled in."""
        day: Any = self.closes_on.data
        return About(
            self.title.data or "",
            self.minutes.data,
            day,
            self.place.data or "",
            self.link.data or "",
        )


class MomentRow(RowForm):
    """One moment: a day and an hour."""

    day = Day(_l("Day"), [Maybe()])
    hour = TimeField(_l("Hour"), [Maybe()])


class StartForm(AboutForm):
    """A new poll with its moments; what stays empty counts for nothing."""

    moments = FieldList(FormField(MomentRow), _l("Which moments?"), min_entries=MOST_MOMENTS, max_entries=MOST_MOMENTS)

    def proposed(self) -> list[datetime]:
        """The moments that were filled in. A row without an hour takes that of the row above it; raises Invalid when
        there is none."""
        found: list[datetime] = []
        hour: Any = None
        for row in self.moments:
            hour = row.form.hour.data or hour
            if row.form.day.data and hour is None:
                raise Invalid({"moments": "hour_missing"})
            if row.form.day.data:
                found.append(at_once(row.form.day.data, hour))
        return found


class MomentForm(Form):
    """One more moment."""

    day = Day(_l("Day"), [InputRequired(_l("Choose a day."))])
    hour = TimeField(_l("Hour"), [InputRequired(_l("Choose an hour."))])

    def moment(self) -> datetime:
        """The day and the hour together."""
        day: Any = self.day.data
        hour: Any = self.hour.data
        return at_once(day, hour)


class ReopenForm(Form):
    """Until when people may answer once more."""

    until = Day(_l("Until when may people answer?"), [InputRequired(_l("Choose a day."))])

    def last_day(self) -> date:
        """The day."""
        return day_in(self.until)


class Sheet(Field):
    """What somebody says of each moment: one radio group per moment, named after it. `data` maps moments to answers."""

    data: dict[uuid.UUID, Says]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the groups that were sent, and leave out what is no answer or no moment."""
        self.data, self.process_errors, self.raw_data = {}, [], None
        for key in formdata or ():
            moment, says = key.removeprefix(f"{self.name}-"), formdata.get(key)
            if key.startswith(f"{self.name}-") and says in tuple(Says) and (one := as_id(moment)):
                self.data[one] = Says(says)


class SheetForm(Form):
    """A member says when they can."""

    when = Sheet(_l("When can you?"))

    def submitted(self) -> bool:
        """Whether at least one moment was answered."""
        right = super().submitted()
        if right and not self.when.data:
            self.when.errors = [_("Say of at least one moment whether you can.")]
            return False
        return right


class GuestForm(SheetForm):
    """A guest says when they can, and what people call them."""

    name = Line(_l("Your name"), most=60, needed=_l("Say what people call you."), render_kw={"autocomplete": "name"})


class ChooseForm(Form):
    """The moment that was chosen."""

    moment = Line(_l("Moment"), most=36, needed=_l("Choose a moment."))

    def chosen(self) -> uuid.UUID | None:
        """The moment, when it is one."""
        return as_id(self.moment.data)

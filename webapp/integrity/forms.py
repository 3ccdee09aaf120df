"""The forms of integrity. Short lines, days and ticks: there is nowhere to tell what happened to somebody."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Regexp, ValidationError
from wtforms.validators import Optional as Maybe

from webapp.integrity.actions import About, State
from webapp.web.addresses import web_address
from webapp.web.days import Day
from webapp.web.forms import Form, Line, Version
from webapp.web.i18n import word

NO_LINK = _l("This is no link to a website. Copy it from the bar of your browser; it begins with https://.")


class LineForm(Form):
    """A help line."""

    version = Version()
    name = Line(_l("What is it called?"), most=60, needed=_l("Give it a name that others recognise."))
    about = Line(_l("What is it for, and for whom?"), most=160, needed=_l("Say in one sentence what it is good for."))
    number = Line(_l("Phone number"), most=30)
    url = Line(_l("Website"), most=200)
    is_urgent = BooleanField(_l("For when there is danger now"))
    place = IntegerField(_l("Place in the list"), [Maybe(), NumberRange(0, 99)], default=0)

    def validate_number(self, field: Any) -> None:
        """Figures, and what people put between them."""
        if field.data:
            Regexp(r"\+?[\d ./()-]{2,30}$", message=_l("Write the number in figures, such as 1712."))(self, field)

    def validate_url(self, field: Any) -> None:
        """A place on the web that a browser opens."""
        if field.data and not web_address(field.data):
            raise ValidationError(word(str(NO_LINK)))

    def said(self) -> About:
        """What was filled in."""
        url = web_address(self.url.data) if self.url.data else ""
        place = self.place.data or 0
        return About(
            self.name.data or "", self.about.data or "", self.number.data or "", url, self.is_urgent.data, place
        )


class PolicyForm(Form):
    """How the policy of one's own association stands."""

    is_named = BooleanField(_l("We have an integrity contact person, and everybody knows who"))
    trained_on = Day(_l("When did they follow training?"), [Maybe()])
    has_protocol = BooleanField(_l("We have a protocol: who does what when something happens"))
    reviewed_on = Day(_l("When did you look through it last?"), [Maybe()])
    lines_posted = BooleanField(_l("The help lines hang where everybody sees them"))

    def state(self) -> State:
        """What was filled in."""
        return State(
            self.is_named.data,
            self.trained_on.data,
            self.has_protocol.data,
            self.reviewed_on.data,
            self.lines_posted.data,
        )

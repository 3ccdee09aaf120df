"""The forms of moments to look back."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from webapp.core import clock
from webapp.plans.chronicle import STORY_PARTS
from webapp.plans.minding import PlanWordsForm
from webapp.plans.reviewing import Seen
from webapp.plans.timeline import PARTS
from webapp.web.dates import plain_day
from webapp.web.days import Day
from webapp.web.forms import Form, Line, SelectChoice, UrlForm, Version, Words
from webapp.web.i18n import word


class StoryFilterForm(UrlForm):
    """Of which part the story is read."""

    deel = SelectField(_l("Of which part"))

    @classmethod
    def showing(cls, part: str) -> "StoryFilterForm":
        """The form as it stands for what is asked."""
        form = cls(formdata=None, data={"deel": part})
        form.deel.choices = [("", word(_l("Everything"))), *((code, word(STORY_PARTS[code])) for code in PARTS)]
        return form


class ReviewForm(PlanWordsForm):
    """When one looks back, and with whom."""

    watched = ("who",)
    version = Version()
    planned_on = Day(_l("On which day?"), [InputRequired(_l("Choose a day."))])
    who = Line(_l("With whom?"), most=200)

    @property
    def day(self) -> date:
        """The day that was chosen."""
        return cast(date, self.planned_on.data)


class HeldForm(PlanWordsForm):
    """What was seen, and what changes because of it."""

    watched = ("saw", "changes")
    version = Version()
    held_on = Day(_l("On which day did you look back?"), [InputRequired(_l("Choose a day."))])
    saw = Words(_l("What did you see?"), most=800, needed=_l("Say in a few words what you saw."))
    changes = Words(_l("What do you change because of it?"), most=800)

    def seen(self) -> Seen:
        """What was filled in."""
        return Seen(cast(date, self.held_on.data), self.saw.data or "", self.changes.data or "")


class CameFromForm(Form):
    """Which adjustments came from a look back."""

    adjustments = SelectMultipleField(_l("Which adjustments came from it?"), coerce=uuid.UUID)

    def offer(self, rows: Iterable[Any]) -> None:
        """Let somebody choose among these."""
        self.adjustments.choices = [
            SelectChoice(str(row.id), f"{row.title}: {row.why} ({plain_day(clock.local(row.at))})") for row in rows
        ]

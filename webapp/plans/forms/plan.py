"""The forms of a plan itself, and of saying why."""

from datetime import date
from typing import ClassVar, cast

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe
from wtforms.widgets import HiddenInput

from webapp.plans.actions import AboutPlan
from webapp.plans.minding import PlanWordsForm
from webapp.web.forms import Line, LongLine


class PlanForm(PlanWordsForm):
    """What a plan is about, and until when."""

    watched: ClassVar[tuple[str, ...]] = ("title", "about")
    title = Line(_l("What is the plan called?"), most=80, needed=_l("Give the plan a name."))
    about = LongLine(_l("What is it about, in one sentence?"), most=240)
    begins_on = DateField(_l("From which day?"), [InputRequired(_l("Choose the first day."))])
    ends_on = DateField(_l("Until which day?"), [InputRequired(_l("Choose the last day."))])

    def about_plan(self) -> AboutPlan:
        """What was filled in."""
        return AboutPlan(
            self.title.data or "",
            self.about.data or "",
            cast(date, self.begins_on.data),
            cast(date, self.ends_on.data),
        )


class WhyForm(PlanWordsForm):
    """Why something changes, in one line."""

    watched: ClassVar[tuple[str, ...]] = ("why",)
    version = IntegerField(widget=HiddenInput(), validators=[Maybe()])
    why = Line(
        _l("Why?"), most=240, needed=_l("Say in one line why. Whoever reads the plan later understands it then.")
    )


class AdjustPlanForm(PlanForm, WhyForm):
    """Saying anew what a plan is about, with a reason."""

    watched = ("title", "about", "why")

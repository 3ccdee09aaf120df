"""The forms of a plan itself, and of saying why."""

import uuid
from datetime import date
from typing import Any, ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from webapp.core.errors import Invalid
from webapp.plans import lookbacks
from webapp.plans.actions import AboutPlan
from webapp.plans.labels import look_back_words
from webapp.plans.minding import PlanWordsForm
from webapp.plans.queries import Planned
from webapp.plans.story import Because
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.days import Day
from webapp.web.forms import Line, LongLine, Version
from webapp.web.guard import loaded
from webapp.web.who import actor


class PlanForm(PlanWordsForm):
    """What a plan is about, and until when."""

    watched: ClassVar[tuple[str, ...]] = ("title", "about")
    title = Line(_l("What is the plan called?"), most=80, needed=_l("Give the plan a name."))
    about = LongLine(_l("What is it about, in one sentence?"), most=240)
    begins_on = Day(_l("From which day?"), [InputRequired(_l("Choose the first day."))])
    ends_on = Day(_l("Until which day?"), [InputRequired(_l("Choose the last day."))])

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
    version = Version()
    why = Line(
        _l("Why?"), most=240, needed=_l("Say in one line why. Whoever reads the plan later understands it then.")
    )


class BecauseForm(WhyForm):
    """Why something is adjusted; and the look back from which it came, while the plan was looked back on."""

    review = SelectField(_l("Does it come from a look back?"), choices=(), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        thing = loaded()
        adjusts = isinstance(thing, Planned) or can(actor(), Can.STEER_PLAN, thing)
        held = lookbacks.held(thing.plan) if adjusts else ()
        none = ("", gettext("From none in particular"))
        self.review.choices = [none, *((str(row.id), look_back_words(row.held_on, row.who)) for row in held)]

    def because(self) -> Because:
        """What was filled in. Raises Invalid for what is no look back."""
        try:
            return Because(self.why.data or "", uuid.UUID(self.review.data) if self.review.data else None)
        except ValueError:
            raise Invalid({"review": "not_in_plan"}) from None


class AdjustPlanForm(PlanForm, BecauseForm):
    """Saying anew what a plan is about, with a reason."""

    watched = ("title", "about", "why")

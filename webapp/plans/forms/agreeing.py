"""The forms of light agreements with partners."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional as Maybe

from webapp.core.errors import Invalid
from webapp.plans import lookbacks
from webapp.plans.agreeing import Terms
from webapp.plans.forms.bridge import PartnerForm
from webapp.plans.labels import look_back_words
from webapp.plans.minding import PlanWordsForm
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.days import Day
from webapp.web.forms import Form, LongLine, Version
from webapp.web.guard import loaded
from webapp.web.who import actor


class EndForm(Form):
    """Why an agreement ends."""

    why_ended = LongLine(_l("Why does it end?"), most=240, needed=_l("Say in one line why."))


class TermsForm(PlanWordsForm):
    """Who does what, what if it does not work, and when both look back."""

    watched = ("we_do", "they_do", "if_not")
    we_do = LongLine(_l("What do we do?"), most=400, needed=_l("Say what your side does."))
    they_do = LongLine(_l("What do they do?"), most=400, needed=_l("Say what the partner does."))
    if_not = LongLine(_l("And if it doesn't work?"), most=400)
    review = SelectField(_l("Together with a look back of the plan?"), choices=(), validate_choice=False)
    look_back_on = Day(_l("When do you look back together?"), [Maybe()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        thing = loaded()
        rows = lookbacks.to_come(thing.plan) if can(actor(), Can.STEER_PLAN, thing) else ()
        self.to_come = {str(row.id): row for row in rows}
        named = ((key, look_back_words(row.planned_on, row.who)) for key, row in self.to_come.items())
        self.review.choices = [("", gettext("No, on a day of our own")), *named]

    def terms(self) -> Terms:
        """What was filled in. Raises Invalid without a day."""
        chosen = self.to_come.get(self.review.data or "")
        if self.review.data and chosen is None:
            raise Invalid({"review": "not_in_plan"})
        day = chosen.planned_on if chosen else self.look_back_on.data
        if day is None:
            raise Invalid({"look_back_on": "look_back_missing"})
        return Terms(
            self.we_do.data or "", self.they_do.data or "", self.if_not.data or "", day, chosen.id if chosen else None
        )


class AgreeForm(PartnerForm, TermsForm):
    """A new agreement with a partner."""


class AdjustTermsForm(TermsForm):
    """Agreeing on something else, with a reason."""

    version = Version()
    why = LongLine(
        _l("Why?"), most=240, needed=_l("Say in one line why. Whoever reads the plan later understands it then.")
    )

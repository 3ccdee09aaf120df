"""The forms of light agreements with partners."""

from datetime import date
from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe
from wtforms.widgets import HiddenInput

from webapp.plans.agreeing import Terms
from webapp.plans.forms.bridge import PartnerForm
from webapp.plans.minding import PlanWordsForm
from webapp.web.forms import Form, LongLine


class EndForm(Form):
    """Why an agreement ends."""

    why_ended = LongLine(_l("Why does it end?"), most=240, needed=_l("Say in one line why."))


class TermsForm(PlanWordsForm):
    """Who does what, what if it does not work, and when both look back."""

    watched = ("we_do", "they_do", "if_not")
    we_do = LongLine(_l("What do we do?"), most=400, needed=_l("Say what your side does."))
    they_do = LongLine(_l("What do they do?"), most=400, needed=_l("Say what the partner does."))
    if_not = LongLine(_l("And if it doesn't work?"), most=400)
    look_back_on = DateField(_l("When do you look back together?"), [InputRequired(_l("Choose a day to look back."))])

    def terms(self) -> Terms:
        """What was filled in."""
        return Terms(
            self.we_do.data or "",
            self.they_do.data or "",
            self.if_not.data or "",
            cast(date, self.look_back_on.data),
        )


class AgreeForm(PartnerForm, TermsForm):
    """A new agreement with a partner."""


class AdjustTermsForm(TermsForm):
    """Agreeing on something else, with a reason."""

    version = IntegerField(widget=HiddenInput(), validators=[Maybe()])
    why = LongLine(
        _l("Why?"), most=240, needed=_l("Say in one line why. Whoever reads the plan later understands it then.")
    )

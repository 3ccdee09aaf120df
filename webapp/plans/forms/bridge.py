"""The forms of the bridge: what of it is shown, who helps to carry an arch, and what is missing there."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from webapp.core.errors import Invalid
from webapp.plans import arch
from webapp.plans.bridge import Asked
from webapp.plans.minding import PlanWordsForm
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.web.forms import Form, Line, UrlForm, as_id
from webapp.web.i18n import word


class BridgeFilterForm(UrlForm):
    """Of which B, and of which organisation, the bridge is shown."""

    b = SelectField(_l("Which B"))
    wie = SelectField(_l("Who takes part"))
    als = HiddenField()

    @classmethod
    def showing(cls, organisations: Iterable[Any], asked: Asked, way: str) -> "BridgeFilterForm":
        """The form as it stands for what is asked."""
        form = cls(formdata=None, data={"b": asked.b or "", "wie": str(asked.who or ""), "als": way})
        form.b.choices = [("", gettext("All seven B's")), *((b.value, word(label)) for b, label in B_LABELS.items())]
        form.wie.choices = [("", gettext("Everybody")), *((str(row.id), row.words) for row in organisations)]
        return form


class PartnerForm(Form):
    """Which organisation helps to carry an arch."""

    organisation = Line(_l("Which organisation?"), most=120, needed=_l("Type the name of an organisation."))

    def chosen(self) -> uuid.UUID:
        """Which one somebody means. Raises Invalid when that is not clear."""
        found = arch.organisation_named(self.organisation.data or "")
        if found is None:
            raise Invalid({"organisation": "no_such_name"})
        return found


class StepBackForm(Form):
    """Which organisation carries an arch no more."""

    organisation = HiddenField(validators=[InputRequired()])

    def chosen(self) -> uuid.UUID:
        """Which it is; nobody's id when it is none."""
        return as_id(self.organisation.data) or uuid.UUID(int=0)


class MissingForm(PlanWordsForm):
    """What is missing under an arch."""

    watched = ("words",)
    words = Line(_l("What is missing here?"), most=120, needed=_l("Say in a few words what is missing."))

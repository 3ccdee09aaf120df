"""The form that starts a plan, from nothing or from what is there."""

import uuid
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe

from webapp.core.errors import Invalid
from webapp.plans.copying import Suggested
from webapp.plans.forms.plan import PlanForm
from webapp.plans.templates import PATTERNS
from webapp.vocabulary.objectives import OBJECTIVE_LABELS, Objective
from webapp.web.forms import SomeOf
from webapp.web.i18n import word


class StartForm(PlanForm):
    """A new plan, which group carries it, and what it starts from."""

    group = SelectField(
        _l("Which group carries it?"), [InputRequired(_l("Choose a working group."))], choices=(), validate_choice=False
    )
    objectives = SomeOf(_l("From one or more of the seven objectives"), tuple(Objective), OBJECTIVE_LABELS)
    like = SelectField(_l("From another plan"), choices=(), validate_choice=False, validators=[Maybe()])
    barrier = SelectField(_l("From a barrier"), choices=(), validate_choice=False, validators=[Maybe()])

    def suggested(self) -> Sequence[Suggested]:
        """A choice and a goal for each objective, in the language of whoever starts."""
        chosen = [Objective(one) for one in self.objectives.data or ()]
        return [
            Suggested(one, found.distances, word(found.for_whom), word(found.title), word(found.sign))
            for one in chosen
            for found in (PATTERNS[one],)
        ]

    def source(self, name: str, fault: str) -> uuid.UUID | None:
        """The plan or barrier that was chosen, if any. Raises Invalid for what is no id."""
        code = self[name].data
        try:
            return uuid.UUID(code) if code else None
        except ValueError:
            raise Invalid({name: fault}) from None

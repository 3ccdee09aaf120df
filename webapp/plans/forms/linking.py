"""The forms of links between a plan and what groups talked about and decided."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from webapp.web.forms import Form, Line, RepeatableForm


class LinkForm(Form):
    """A topic or a decision to link to."""

    thing = SelectField(
        _l("What belongs with it?"), choices=(), validate_choice=False,
        validators=[InputRequired(_l("Choose what belongs with it."))],
    )  # fmt: skip


class UnlinkForm(Form):
    """The link to take away."""

    thing = HiddenField()


class LookForm(RepeatableForm):
    """Words by which a topic or a decision is looked for."""

    words = Line(_l("Words in it"), most=80)


class UseForm(Form):
    """The part of a plan in which a lesson is used."""

    thing = SelectField(
        _l("Where do you use it?"), choices=(), validate_choice=False,
        validators=[InputRequired(_l("Choose a part of a plan."))],
    )  # fmt: skip

"""Forms of a second reader, and of whoever keeps what is out right."""

from typing import ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Optional as Maybe
from wtforms.validators import ValidationError

from webapp.lessons.codes import Answer
from webapp.lessons.forms.minding import LessonWordsForm
from webapp.lessons.forms.writing import EditLessonForm, EnglishForm
from webapp.lessons.labels import ANSWER_LABELS
from webapp.web.days import Day
from webapp.web.forms import Form, OneOf, Version, Words


class ReadForm(LessonWordsForm):
    """What a second reader says. Whoever doesn't approve says why."""

    watched: ClassVar[tuple[str, ...]] = ("why",)
    version = Version()
    waits = HiddenField()
    answer = OneOf(_l("What is your answer?"), tuple(Answer), ANSWER_LABELS, needed=_l("Choose what you say."))
    why = Words(_l("Why, or which question?"), most=400)

    def validate_answer(self, _field: OneOf) -> None:
        """A word with everything but a yes."""
        if self.answer.data not in (None, Answer.APPROVE) and not self.why.data:
            raise ValidationError(gettext("Say below in a sentence why."))


class WhyForm(LessonWordsForm):
    """A decision, and why."""

    watched: ClassVar[tuple[str, ...]] = ("why",)
    why = Words(_l("Why?"), most=240, needed=_l("Say in a sentence why."))


class HoldForm(LessonWordsForm):
    """Holding back what is out."""

    watched: ClassVar[tuple[str, ...]] = ("why",)
    why = Words(_l("Why?"), most=400, needed=_l("Say in a sentence why."))


class LookAgainForm(Form):
    """Until when nobody needs to look again."""

    review_on = Day(_l("When does somebody look again?"), [Maybe()])


class ProposeForm(EditLessonForm, WhyForm):
    """Other words for a lesson that is out, and why."""

    watched = (*EditLessonForm.watched, "why")


class ProposeEnglishForm(EnglishForm, WhyForm):
    """Other English words for a lesson that is out, and why."""

    watched = (*EnglishForm.watched, "why")

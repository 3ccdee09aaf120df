"""The forms of a booklet."""

import uuid
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import Optional as Maybe
from wtforms.widgets import HiddenInput

from webapp.lessons.forms.minding import LessonWordsForm
from webapp.web.forms import Form, Line, Words


class StartForm(LessonWordsForm):
    """A new booklet."""

    watched: ClassVar[tuple[str, ...]] = ("title",)
    title = Line(_l("What is it called?"), most=80, needed=_l("Give the booklet a title."))


class CoverForm(StartForm):
    """What stands on the cover and before the lessons."""

    watched = ("title", "foreword")
    version = IntegerField(widget=HiddenInput(), validators=[Maybe()])
    foreword = Words(_l("A few words before the lessons"), most=600)


def _id(text: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


class PickForm(Form):
    """Several lessons of the log."""

    lesson = SelectMultipleField(validate_choice=False)

    def picked(self) -> list[uuid.UUID]:
        """The lessons that were ticked."""
        return [found for one in self.lesson.data or () if (found := _id(one))]

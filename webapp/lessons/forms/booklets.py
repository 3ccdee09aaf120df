"""The forms of a booklet."""

import uuid
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from webapp.lessons.forms.minding import LessonWordsForm
from webapp.web.forms import Form, Line, Version, Words, as_id


class StartForm(LessonWordsForm):
    """A new booklet."""

    watched: ClassVar[tuple[str, ...]] = ("title",)
    title = Line(_l("What is it called?"), most=80, needed=_l("Give the booklet a title."))


class CoverForm(StartForm):
    """What stands on the cover and before the lessons."""

    watched = ("title", "foreword")
    version = Version()
    foreword = Words(_l("A few words before the lessons"), most=600)


class PickForm(Form):
    """Several lessons of the log."""

    lesson = SelectMultipleField(validate_choice=False)

    def picked(self) -> list[uuid.UUID]:
        """The lessons that were ticked."""
        return [found for one in self.lesson.data or () if (found := as_id(one))]

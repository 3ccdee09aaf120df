"""The forms of "we tried this too"."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from webapp.lessons.codes import Helped
from webapp.lessons.forms.minding import LessonWordsForm
from webapp.lessons.labels import HELPED_LABELS
from webapp.lessons.trying import Saw
from webapp.web.forms import Form, OneOf, SelectChoice, Version, Words

Places = Mapping[uuid.UUID, str]


class PlaceField(SelectField):
    """One of the places for which somebody may speak; the first while nothing was chosen."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, [InputRequired(_l("Choose an organisation."))], **kwargs)

    def offer(self, places: Places) -> None:
        """Let it be one of these."""
        self.choices = [SelectChoice(str(place), name) for place, name in places.items()]
        self.data = self.data or next((str(place) for place in places), "")

    @property
    def chosen(self) -> uuid.UUID:
        """The organisation that was chosen."""
        return uuid.UUID(self.data)


class TriedForm(LessonWordsForm):
    """What an organisation saw: whether it helped, what was the same there, what was different."""

    watched: ClassVar[tuple[str, ...]] = ("same", "different")
    version = Version()
    organisation = PlaceField(_l("For which organisation do you speak?"))
    helped = OneOf(_l("Did it help?"), tuple(Helped), HELPED_LABELS, needed=_l("Say whether it helped."))
    same = Words(_l("What was the same at your place?"), most=300)
    different = Words(_l("What was different?"), most=300)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whoever did it another way says which: what may stay empty is not asked by a field of its own."""
        is_right = bool(super().validate(*args, **kwargs))
        if self.helped.data is Helped.ADAPTED and not self.different.data:
            self.take({"different": gettext("Say what you did differently: that is what others can use.")})
            return False
        return is_right

    def saw(self) -> Saw:
        """What was filled in."""
        return Saw(self.helped.data, self.same.data or "", self.different.data or "")


class TakeBackForm(Form):
    """For which organisation words are taken back."""

    organisation = PlaceField()

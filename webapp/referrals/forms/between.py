"""The forms between people: a few words, a colleague to ask, a bridge builder to bring in."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from webapp.core import clock
from webapp.vocabulary import care
from webapp.web.careful import CarefulForm, reasons_in
from webapp.web.days import Day, day_in
from webapp.web.forms import Form, SelectChoice, Words

MOST_WORDS = 400
A_WHILE = timedelta(weeks=4)


class WordsForm(CarefulForm):
    """A few words. What looks like a name or a number is shown once more first, with the reason; so is a name of
    `never`, that says who stays unknown."""

    never: Sequence[str] = ()

    @property
    def words(self) -> str:
        """What was written."""
        return "\n".join(self[name].data or "" for name in self.watched)

    def warnings(self, allow: Iterable[str]) -> list[str]:
        """What the words seem to say about somebody, and about who stays unknown."""
        if self.keep_words.data:
            return []
        told = [*super().warnings(allow), *reasons_in(self.words)]
        if care.says_one_of(self.words, self.never):
            told.append(str(_l("That says who asks the question, and you chose to stay unknown.")))
        return told


class MessageForm(WordsForm):
    """A few words to the other side."""

    watched = ("message",)
    message = Words(_l("Write a few words"), most=MOST_WORDS, needed=_l("Write a few words first."))


class NoteForm(WordsForm):
    """A few words for one's own organisation."""

    watched = ("note",)
    note = Words(_l("Write a note"), most=MOST_WORDS, needed=_l("Write a few words first."))


def _people(found: Sequence[Any]) -> list[SelectChoice]:
    return [SelectChoice(str(one.person_id), one.name) for one in found]


class HandOverForm(Form):
    """Which colleague."""

    colleague = RadioField(_l("Which colleague?"), [InputRequired(_l("Choose a colleague first."))], coerce=str)

    def among(self, colleagues: Sequence[Any]) -> None:
        """Let one of these be asked."""
        self.colleague.choices = _people(colleagues)

    @property
    def person_id(self) -> uuid.UUID:
        """Who was chosen."""
        return uuid.UUID(self.colleague.data)


class BringInForm(Form):
    """Which bridge builder, and until when."""

    person = RadioField(_l("Who?"), [InputRequired(_l("Choose somebody first."))], coerce=str)
    until = Day(_l("Until when?"), [InputRequired(_l("Fill in a day."))])

    def among(self, builders: Sequence[Any]) -> None:
        """Let one of these be asked; somebody who is the only one is chosen already."""
        self.person.choices = _people(builders)
        if len(builders) == 1 and not self.is_submitted():
            self.person.data = str(builders[0].person_id)
        if not self.is_submitted():
            self.until.data = clock.today() + A_WHILE

    @property
    def person_id(self) -> uuid.UUID:
        """Who was chosen."""
        return uuid.UUID(self.person.data)

    @property
    def day(self) -> date:
        """The last day."""
        return day_in(self.until)

"""Forms to prepare a session: what it is about, when and where, and its phases."""

import uuid
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange
from wtforms.validators import Optional as Maybe

from webapp.core import clock
from webapp.learning import listing
from webapp.learning.actions import About, PhaseWords
from webapp.learning.codes import Format, PhaseKind
from webapp.learning.forms.minding import SessionWordsForm
from webapp.learning.labels import FORMAT_LABELS, PHASE_LABELS
from webapp.learning.models import LearningSession, Phase
from webapp.web.days import Day
from webapp.web.forms import Line, LongLine, OneOf, SelectChoice, Version

NAMES = {"": _l("Anonymous"), "yes": _l("With names, for whoever leads")}


class AboutForm(SessionWordsForm):
    """What a session is about, when and where."""

    watched = ("theme", "question")  # a place is called after people now and then, and is no story about anybody
    version = Version()
    theme = Line(_l("What is it about?"), most=80, needed=_l("Give it a short name."))
    question = LongLine(_l("Which question do you come together for?"), most=240, needed=_l("Write one question."))
    organisation = SelectField(_l("Who hosts it?"), [InputRequired(_l("Choose an organisation."))])
    day = Day(_l("Which day?"), [InputRequired(_l("Fill in a day."))])
    begins = TimeField(_l("From when?"), [InputRequired(_l("Fill in an hour."))])
    minutes = IntegerField(
        _l("How many minutes?"),
        [InputRequired(_l("Between 10 and 480 minutes.")), NumberRange(10, 480, _l("Between 10 and 480 minutes."))],
    )
    place = Line(_l("Where?"), most=160)
    named = SelectField(_l("With or without names?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation.choices = [SelectChoice(str(row.id), row.name) for row in listing.hosts()]
        self.named.choices = [SelectChoice(value, text) for value, text in NAMES.items()]

    def about(self, kind: Format = Format.OPEN) -> About:
        """What was filled in."""
        day: Any = self.day.data
        hour: Any = self.begins.data
        return About(
            self.theme.data or "", self.question.data or "", uuid.UUID(self.organisation.data),
            datetime.combine(day, hour, clock.BRUSSELS), self.minutes.data or 90, self.place.data or "", kind,
            is_named=bool(self.named.data),
        )  # fmt: skip

    @classmethod
    def of(cls, session: LearningSession) -> "AboutForm":
        """The form as a session stands."""
        at = clock.local(session.happens_at)
        return cls(
            theme=session.theme, question=session.question, organisation=str(session.organisation_id), day=at.date(),
            begins=at.time(), minutes=session.minutes, place=session.place, named="yes" if session.is_named else "",
            version=session.version,
        )  # fmt: skip


class PrepareForm(AboutForm):
    """A new session, with a format from the shelf."""

    format = OneOf(_l("How do you go about it?"), tuple(Format), FORMAT_LABELS, needed=_l("Choose a way of working."))


class PhaseForm(SessionWordsForm):
    """A phase: what happens in it, its title, the question that people read, and how long."""

    watched = ("title", "prompt")
    version = Version()
    kind = OneOf(_l("What happens?"), tuple(PhaseKind), PHASE_LABELS, needed=_l("Choose what happens."))
    title = Line(_l("Name"), most=80, needed=_l("Give the phase a name."))
    prompt = LongLine(_l("The question that people read"), most=240)
    minutes = IntegerField(
        _l("How many minutes?"),
        [Maybe(), NumberRange(1, 480, _l("Between 1 and 480 minutes, or leave it empty."))],
    )

    def words(self) -> PhaseWords:
        """What was filled in."""
        return PhaseWords(self.kind.data, self.title.data or "", self.prompt.data or "", self.minutes.data)

    @classmethod
    def of(cls, phase: Phase) -> "PhaseForm":
        """The form as a phase stands."""
        return cls(obj=phase)

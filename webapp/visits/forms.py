"""The forms of a group visit. No field asks who anybody is."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import TimeField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe

from webapp.core import clock
from webapp.core.errors import Invalid
from webapp.visits.actions import STEPS, Answer, Days, Group
from webapp.visits.codes import GroupSize, VisitMood, VisitPurpose
from webapp.visits.labels import ANSWER_LABELS, PURPOSE_LABELS, SIZE_LABELS, VISIT_MOOD_LABELS
from webapp.visits.lifecycle import VisitStatus
from webapp.vocabulary.ages import AGE_LABELS, AgeBand
from webapp.web.careful import CarefulForm
from webapp.web.days import Day, day_in
from webapp.web.forms import Line, OneOf, Version, Words, choices


class DaysForm(CarefulForm):
    """On which days a group would come, and what is good to know."""

    watched: ClassVar[tuple[str, ...]] = ("note",)
    version = Version(needed=True)
    first_day = Day(_l("Which day?"), [InputRequired(_l("Fill in a day."))])
    other_day = Day(_l("Or which other day?"), [Maybe()])
    note = Words(_l("What is good to know?"), most=140)

    def days(self) -> Days:
        """When they would come."""
        return Days(first_day=day_in(self.first_day), other_day=self.other_day.data, note=self.note.data or "")


class VisitForm(CarefulForm):
    """About how many, how old, what for, and on which days."""

    watched: ClassVar[tuple[str, ...]] = ("note",)
    size = OneOf(_l("About how many?"), tuple(GroupSize), SIZE_LABELS, needed=_l("Choose about how many."))
    age_band = OneOf(_l("How old, about?"), tuple(AgeBand), AGE_LABELS, needed=_l("Choose an age."))
    purpose = OneOf(
        _l("What would you like to do there?"), tuple(VisitPurpose), PURPOSE_LABELS, needed=_l("Choose what for.")
    )
    first_day = Day(_l("Which day?"), [InputRequired(_l("Fill in a day."))])
    other_day = Day(_l("Or which other day?"), [Maybe()])
    note = Words(_l("What is good to know?"), most=140)

    def group(self) -> Group:
        """Who would come."""
        return Group(
            size=self.size.data,
            age_band=self.age_band.data,
            purpose=self.purpose.data,
            first_day=day_in(self.first_day),
            other_day=self.other_day.data,
            note=self.note.data or "",
        )


class AnswerVisitForm(CarefulForm):
    """What the association says."""

    watched: ClassVar[tuple[str, ...]] = ("message",)
    version = Version(needed=True)
    answer = OneOf(_l("What do you say?"), tuple(STEPS), ANSWER_LABELS, needed=_l("Choose an answer."))
    day = Day(_l("Which day?"), [Maybe()])
    time = TimeField(_l("At what time?"), [Maybe()])
    welcomer = Line(_l("Who waits at the door?"), most=40)
    message = Words(_l("Something to add?"), most=280)

    def among(self, answers: Sequence[VisitStatus]) -> None:
        """Let one of these be given: a yes that was said is not said again."""
        self.answer.codes = tuple(answers)
        self.answer.choices = choices(answers, ANSWER_LABELS)

    def suggest(self, day: date) -> None:
        """Begin with the first of the days that were asked for."""
        self.day.data = self.day.data or day

    def said(self) -> Answer:
        """What was answered. Raises Invalid for a yes without a day or an hour."""
        starts, is_yes = None, self.answer.data is VisitStatus.AGREED
        if is_yes and not self.day.data:
            raise Invalid({"day": "day_missing"})
        if is_yes and not self.time.data:
            raise Invalid({"time": "hour_missing"})
        if self.day.data and self.time.data:
            starts = datetime.combine(self.day.data, self.time.data or time(0), clock.BRUSSELS)
        return Answer(self.answer.data, starts, self.welcomer.data or "", self.message.data or "")


class LookBackForm(CarefulForm):
    """How it was."""

    watched: ClassVar[tuple[str, ...]] = ("look_back",)
    version = Version(needed=True)
    mood = OneOf(_l("How was it?"), tuple(VisitMood), VISIT_MOOD_LABELS, needed=_l("Choose how it was."))
    look_back = Words(_l("What do you take along?"), most=140)

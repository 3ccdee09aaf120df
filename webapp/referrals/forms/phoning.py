"""The forms for what was said on the phone: an answer to a question, or a whole question on one short page."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe

from webapp.core import clock
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import IdeaKind
from webapp.referrals.crossing_words import IDEA_LABELS
from webapp.referrals.forms.asking import OnBehalfForm, companies
from webapp.referrals.labels import ASK_STATUS_LABELS, FAULTS
from webapp.referrals.lifecycle import ANSWERS, AskStatus
from webapp.referrals.phoning import Heard, missing_in
from webapp.vocabulary.ages import AGE_LABELS, AgeBand
from webapp.web.careful import CarefulForm
from webapp.web.days import Day
from webapp.web.forms import Line, OneOf, Version, Words, choices
from webapp.web.i18n import word

AFTER_LIST_LABELS: dict[AskStatus, str] = {
    AskStatus.ACCEPTED: _l("Yes, there is room"),
    AskStatus.WAITING: _l("Still full, another day"),
    AskStatus.DECLINED: _l("No place after all"),
}
AFTER_YES_LABELS: dict[AskStatus, str] = {
    AskStatus.WAITING: _l("No place yet, they call back"),
    AskStatus.DECLINED: _l("No place after all"),
}


class AboutForm(OnBehalfForm, CarefulForm):
    """About whom and where a call was: an age and an offer. No name."""

    offer = SelectField(_l("Which offer did you call about?"), [InputRequired(_l("Choose an offer."))], choices=[])
    age_band = OneOf(_l("How old?"), tuple(AgeBand), AGE_LABELS, needed=_l("Choose an age."))
    friends = RadioField(_l("Alone, or together?"), coerce=int, default=0, choices=companies)

    def about(self, offers: Sequence[Any], first: uuid.UUID | None) -> None:
        """Let one of these offers be chosen; `first` stands ready."""
        named = [SelectChoice(str(one.id), f"{one.organisation}: {one.name}") for one in offers]
        self.offer.choices = [SelectChoice("", ""), *named]
        self.offer.data = self.offer.data or (str(first) if first else "")


class HeardForm(CarefulForm):
    """What an association said on the phone."""

    watched: ClassVar[tuple[str, ...]] = ("message", "moment_note")
    version = Version()
    answer = OneOf(_l("What did they say?"), ANSWERS, ASK_STATUS_LABELS, needed=_l("Choose what they said."))
    welcomer = Line(_l("Who waits at the door?"), most=40)
    day = Day(_l("Which day?"), [Maybe()])
    time = TimeField(_l("At what time?"), [Maybe()])
    moment_note = Line(_l("Or in words"), most=120)
    call_back_on = Day(_l("When do they call back?"), [Maybe()])
    kind = OneOf(_l("What kind of idea?"), tuple(IdeaKind), IDEA_LABELS)
    message = Words(_l("Tell it briefly"), most=280)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """All that is wrong at once: what this answer needs besides, too."""
        right = bool(super().validate(extra_validators))
        missing = {} if self.answer.errors else self._missing()
        if told := {name: word(FAULTS[code]) for name, code in missing.items() if not self[name].errors}:
            self.take(told)
        return right and not missing

    def _missing(self) -> dict[str, str]:
        """What is missing in what was said, by field: a moment is a day with an hour."""
        wrong = missing_in(self.heard())
        if moment := wrong.pop("moment", None):
            lacks_hour = moment == "moment_missing" and self.day.data
            wrong |= {"time": "hour_missing"} if lacks_hour else {"day": moment}
        return wrong

    def after_choice(self, *, is_on_list: bool) -> None:
        """Ask only what came of the place that was chosen: of a waiting list, or of a yes that cannot be kept."""
        self.answer.labels = AFTER_LIST_LABELS if is_on_list else AFTER_YES_LABELS
        self.answer.codes = tuple(self.answer.labels)
        self.answer.choices = choices(self.answer.codes, self.answer.labels)

    def heard(self) -> Heard:
        """What was said."""
        starts = None
        if self.day.data and self.time.data:
            starts = datetime.combine(self.day.data, self.time.data, clock.BRUSSELS)
        note = "" if starts else self.moment_note.data or ""
        welcome = Welcome(self.welcomer.data or "", starts, note)
        return Heard(self.answer.data, welcome, self.call_back_on.data, self.kind.data, self.message.data or "")


class CallForm(AboutForm, HeardForm):
    """A call about a young person, and what they said. Its fields, and what is wrong with them, come in this order."""

    is_another = BooleanField(_l("This is another young person"))  # than about whom the same was noted just now

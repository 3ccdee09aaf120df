"""The forms of an answer: three taps on a phone, everything filled in beforehand that we can know."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe

from webapp.accounts.queries import Holder
from webapp.core.errors import Invalid
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import IdeaKind
from webapp.referrals.crossing_words import IDEA_LABELS
from webapp.vocabulary.outcomes import NOT_NOW_LABELS, NotNow
from webapp.web.dates import long_day, moment
from webapp.web.days import Day
from webapp.web.forms import Form, Line, OneOf, SomeOf, VersionedForm, Words

OTHER = "other"


class YesForm(VersionedForm):
    """Yes: who waits at the door, and when."""

    welcomer = RadioField(_l("Who waits at the door?"), [InputRequired(_l("Choose who waits at the door."))])
    other_welcomer = Line(_l("First name"), most=40)
    moment = RadioField(_l("When does it suit?"), [InputRequired(_l("Choose when it suits."))])
    other_moment = Line(_l("Which moment?"), most=120)

    def offer(self, people: Sequence[Holder], moments: Sequence[datetime], me: uuid.UUID | None) -> None:
        """Let one of these people and moments be chosen; whoever answers comes first."""
        people = sorted(people, key=lambda one: one.person_id != me)
        self.first_names = {str(one.person_id): one.name.split()[0] for one in people}
        self.moments = {one.isoformat(): one for one in moments}
        self.welcomer.choices = [
            (key, gettext("I, %(name)s", name=name) if key == str(me) else name)
            for key, name in self.first_names.items()
        ] + [(OTHER, gettext("Somebody else"))]
        self.moment.choices = [(key, moment(one)) for key, one in self.moments.items()]
        self.moment.choices.append((OTHER, gettext("Another moment")))
        self.welcomer.data = self.welcomer.data or self.welcomer.choices[0][0]
        self.moment.data = self.moment.data or self.moment.choices[0][0]

    def welcome(self) -> Welcome:
        """What was said. Raises Invalid when "somebody else" or "another moment" stays empty."""
        errors = {}
        if self.welcomer.data == OTHER and not self.other_welcomer.data:
            errors["other_welcomer"] = "welcomer_missing"
        if self.moment.data == OTHER and not self.other_moment.data:
            errors["other_moment"] = "moment_missing"
        if errors:
            raise Invalid(errors)
        name = self.first_names.get(self.welcomer.data, self.other_welcomer.data or "")
        chosen = self.moments.get(self.moment.data)
        return Welcome(name, chosen, "" if chosen else self.other_moment.data or "")


class WaitForm(VersionedForm):
    """Waiting list: the day on which the association calls back."""

    when = RadioField(_l("When do you call back?"), [InputRequired(_l("Choose a day."))])
    call_back_on = Day(_l("Another day"), [Maybe()])

    def offer(self, days: Sequence[date]) -> None:
        """Let one of these days be chosen, or another."""
        self.when.choices = [(one.isoformat(), long_day(one)) for one in days] + [(OTHER, gettext("Another day"))]
        self.when.data = self.when.data or self.when.choices[0][0]

    def day(self) -> date:
        """The day that was chosen. Raises Invalid when there is none."""
        if self.when.data != OTHER:
            return date.fromisoformat(self.when.data)
        if self.call_back_on.data is None:
            raise Invalid({"call_back_on": "day_missing"})
        chosen: date = self.call_back_on.data
        return chosen


class IdeaForm(VersionedForm):
    """Another idea: what kind, and a few words."""

    kind = OneOf(_l("What kind of idea?"), tuple(IdeaKind), IDEA_LABELS, needed=_l("Choose what kind of idea it is."))
    message = Words(_l("Tell it briefly"), most=280, needed=_l("Say your idea in a few words."))


class HintForm(Form):
    """After a "not now": something to pass on, or nothing."""

    not_now = SomeOf(_l("Would you like to pass something on?"), tuple(NotNow), NOT_NOW_LABELS)

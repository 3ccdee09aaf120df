"""The forms of what a plan chooses, the signs it looks for, what was seen, and who was listened to."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, ValidationError
from wtforms.validators import Optional as Maybe

from webapp.plans.choosing_goals import Chosen, Sign
from webapp.plans.codes import Growth, VoiceOf
from webapp.plans.forms.knowing import Parts, chosen_id
from webapp.plans.forms.plan import BecauseForm
from webapp.plans.growing import Moment, Statement
from webapp.plans.labels import GROWTH_LABELS, VOICE_LABELS
from webapp.plans.minding import PlanWordsForm
from webapp.vocabulary.distances import DISTANCE_LABELS, Distance
from webapp.vocabulary.objectives import OBJECTIVE_LABELS, Objective
from webapp.web.days import Day
from webapp.web.forms import Line, LongLine, OneOf, SomeOf, Version, Words


class ChoiceForm(PlanWordsForm):
    """For whom, which distances, which objective, until when. `insists` is filled in once the question was asked
    whether everybody is meant."""

    watched: ClassVar[tuple[str, ...]] = ("for_whom",)
    for_whom = LongLine(_l("For whom?"), most=160, needed=_l("Say for whom. The more precise, the better it works."))
    objective = OneOf(
        _l("What do you want to reach?"), tuple(Objective), OBJECTIVE_LABELS, needed=_l("Choose one of the seven.")
    )
    distances = SomeOf(_l("Which distance do you make smaller?"), tuple(Distance), DISTANCE_LABELS)
    until = Day(_l("Until when?"), [InputRequired(_l("Choose a day. It can be moved later."))])
    is_highlighted = BooleanField(_l("Put it on top"))
    insists = HiddenField()

    def ask_back(self) -> None:
        """The question was asked now; whoever saves once more means it."""
        self.insists.raw_data, self.insists.data = None, "1"

    def chosen(self) -> Chosen:
        """What was filled in."""
        return Chosen(
            self.for_whom.data or "",
            self.objective.data,
            cast(date, self.until.data),
            tuple(self.distances.data or ()),
            bool(self.is_highlighted.data),
            bool(self.insists.data),
        )


class AdjustChoiceForm(ChoiceForm, BecauseForm):
    """Choosing otherwise, with a reason."""

    watched = ("for_whom", "why")


class SignForm(PlanWordsForm):
    """A sign of change: how it will be noticed must be said, a number may."""

    watched: ClassVar[tuple[str, ...]] = ("title", "sign")
    title = LongLine(_l("Which change do you look for?"), most=160, needed=_l("Say what will be different."))
    sign = LongLine(
        _l("How will we notice?"), most=240, needed=_l("Say how you will notice it. A number alone is no sign.")
    )
    number = Line(_l("A number with it"), most=80)
    until = Day(_l("By when?"), [Maybe()])
    choice = SelectField(_l("From which choice does it come?"), choices=(), validate_choice=False)
    barriers = Parts(_l("Which barrier does it make smaller?"))

    def offer(self, choices: Iterable[Any], barriers: Iterable[Any]) -> None:
        """Let it come from one of these choices, and make some of these barriers smaller."""
        self.choice.choices = [("", gettext("None in particular")), *((str(row.id), row.for_whom) for row in choices)]
        self.barriers.offer((row.id, row.words) for row in barriers)

    def validate_choice(self, field: Any) -> None:
        """An id, if anything."""
        try:
            chosen_id(field.data)
        except ValueError:
            raise ValidationError(gettext("Choose something from the list.")) from None

    def looked_for(self) -> Sign:
        """What was filled in."""
        return Sign(
            self.title.data or "",
            self.sign.data or "",
            self.number.data or "",
            self.until.data,
            chosen_id(self.choice.data),
            tuple(self.barriers.data or ()),
        )


class AdjustSignForm(SignForm, BecauseForm):
    """Looking for another change, with a reason."""

    watched = ("title", "sign", "why")


class SeenForm(PlanWordsForm):
    """An outcome: what changed, for whom, why it matters, our part in it, and how we know."""

    watched = ("who", "what", "why_it_matters", "our_part", "how_we_know")
    version = Version()
    growth = OneOf(_l("How much of it do you see?"), tuple(Growth), GROWTH_LABELS, needed=_l("Choose a word for it."))
    who = Line(_l("Who changed?"), most=160, needed=_l("Say who: a group, a crew, an organisation. Nobody by name."))
    what = LongLine(_l("What do they do differently?"), most=240, needed=_l("Say what is different."))
    why_it_matters = LongLine(_l("Why does it matter?"), most=240)
    our_part = LongLine(_l("What was our part in it?"), most=240)
    how_we_know = LongLine(_l("How do we know?"), most=240, needed=_l("Say who saw it, heard it or told it."))
    seen_on = Day(_l("When did you see it?"), [InputRequired(_l("Choose the day, or about the day."))])

    def statement(self) -> Statement:
        """What was filled in."""
        return Statement(
            self.growth.data,
            self.who.data or "",
            self.what.data or "",
            self.how_we_know.data or "",
            cast(date, self.seen_on.data),
            self.why_it_matters.data or "",
            self.our_part.data or "",
        )


class VoiceForm(PlanWordsForm):
    """When and how somebody was listened to, and what changed because of it."""

    watched = ("how", "heard", "changed")
    version = Version()
    of = OneOf(_l("Who did you listen to?"), tuple(VoiceOf), VOICE_LABELS, needed=_l("Choose who you listened to."))
    heard_on = Day(_l("When was that?"), [InputRequired(_l("Choose the day, or about the day."))])
    how = LongLine(_l("How did it go?"), most=240, needed=_l("Say where and how you listened."))
    heard = LongLine(_l("What did you hear?"), most=400)
    changed = LongLine(_l("What changed because of it?"), most=400)

    def moment(self) -> Moment:
        """What was filled in."""
        return Moment(
            self.of.data,
            cast(date, self.heard_on.data),
            self.how.data or "",
            self.heard.data or "",
            self.changed.data or "",
        )


class RemarkForm(PlanWordsForm):
    """What somebody thinks of a plan or a part of it."""

    watched = ("remark",)
    remark = Words(_l("What do you think of it?"), most=400, needed=_l("Write what you think of it."))

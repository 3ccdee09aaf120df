"""Forms to write a lesson, and to say it in English."""

import uuid
from typing import Any, ClassVar

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import NumberRange, ValidationError
from wtforms.validators import Optional as Maybe

from webapp.core import clock
from webapp.lessons.actions import About
from webapp.lessons.actions import Words as LessonWords
from webapp.lessons.asked import FIRST_YEAR, LAST_YEAR
from webapp.lessons.codes import LessonKind
from webapp.lessons.forms.minding import LessonWordsForm
from webapp.lessons.labels import KIND_LABELS
from webapp.lessons.models import LINE, TEXTS
from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FUNCTION_LABELS, FunctionKind
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.vocabulary.sides import SIDE_LABELS, Side
from webapp.vocabulary.strategies import STRATEGY_LABELS, Strategy
from webapp.web.days import Day
from webapp.web.forms import Line, LongLine, OneOf, SelectChoice, SomeOf, Version, Words, choices


class LineThatTravels(LongLine):
    """One line of at most `LINE` characters. Whoever types more keeps all of it, and hears how many are too many."""

    def __init__(self, label: Any = None, *, needed: Any = None, **kwargs: Any) -> None:
        super().__init__(label, most=10 * LINE, needed=needed, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Count."""
        over = len(self.data or "") - LINE
        if over > 0:
            raise ValidationError(
                ngettext(
                    "%(num)d character too many: at most %(most)d fit.",
                    "%(num)d characters too many: at most %(most)d fit.",
                    over,
                    most=LINE,
                )
            )


class WordsForm(LessonWordsForm):
    """What a lesson says, in one language."""

    watched: ClassVar[tuple[str, ...]] = TEXTS
    version = Version()
    title = Line(_l("Title"), most=80, needed=_l("Give the lesson a short name."))
    situation = Words(_l("How was it?"), most=800)
    did = Words(_l("What did you do?"), most=800)
    happened = Words(_l("What happened?"), most=800)
    line = LineThatTravels(_l("What do we take along?"), needed=_l("Write the one line that others can use."))
    enough_for = Line(_l("For whom is this enough?"), most=240)
    not_yet_for = Line(_l("For whom not yet?"), most=240)

    def words(self) -> LessonWords:
        """What was filled in."""
        return LessonWords(**{name: self[name].data or "" for name in TEXTS})

    def others(self, now: LessonWords) -> list[tuple[str, str]]:
        """What stands there now and differs from what was typed: (field, words)."""
        mine = self.words()
        differs = (name for name in TEXTS if getattr(now, name) != getattr(mine, name))
        return [(self[name].label.text, getattr(now, name)) for name in differs]


class LessonForm(WordsForm):
    """A lesson: what it says and what it is about."""

    kind = OneOf(_l("Keep doing, or trying out?"), tuple(LessonKind), KIND_LABELS, needed=_l("Choose one of the two."))
    side = OneOf(_l("For whom is this lesson?"), tuple(Side), SIDE_LABELS)
    bs = SomeOf(_l("Which distance does it make smaller?"), tuple(B), B_LABELS)
    strategies = SomeOf(_l("Which way of working?"), tuple(Strategy), STRATEGY_LABELS)
    source = Line(_l("From which project?"), most=120)
    year = IntegerField(
        _l("Which year?"), [Maybe(), NumberRange(FIRST_YEAR, LAST_YEAR, _l("Fill in a year, such as 2026."))]
    )
    organisation: Any = SelectField(_l("Of which organisation?"))
    owner_function = SelectField(_l("Who looks after it?"))
    review_on = Day(_l("When do you look again whether it still holds?"), [Maybe()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions = choices(FunctionKind, FUNCTION_LABELS)
        self.owner_function.choices = [SelectChoice("", gettext("The organisation as a whole")), *functions]

    def offer(self, by: Actor) -> None:
        """Let it belong to an organisation of theirs."""
        names = {str(seat.organisation_id): seat.organisation_name for seat in by.seats}
        self.organisation.choices = [SelectChoice(key, name) for key, name in names.items()]

    def of_organisation(self) -> uuid.UUID:
        """To which it belongs."""
        return uuid.UUID(self.organisation.data)

    def validate_review_on(self, field: Day) -> None:
        """Somebody can look again on a day to come."""
        if field.data and field.data <= clock.today() and field.data != field.object_data:
            raise ValidationError(gettext("Choose a day to come."))

    def about(self) -> About:
        """What was filled in."""
        return About(
            self.kind.data,
            self.side.data,
            tuple(self.bs.data or ()),
            tuple(self.strategies.data or ()),
            self.source.data or "",
            self.year.data or 0,
            self.review_on.data,
            FunctionKind(self.owner_function.data) if self.owner_function.data else None,
        )


class NewLessonForm(LessonForm):
    """A lesson that is not there yet, and what it is made of."""

    made_of = HiddenField()

    def stands_so_far(self) -> bool:
        """Whether what was typed up to now can be kept: the line that travels may come later, words that seem to point
        to somebody are not kept before their writer was asked."""
        if self.submitted():
            return True
        return not self.line.data and set(self.errors) == {"line"} and not self._points_to_somebody()


class EditLessonForm(LessonForm):
    """A lesson that is there already: it stays of its organisation."""

    organisation = None


class EnglishForm(WordsForm):
    """A lesson in English."""

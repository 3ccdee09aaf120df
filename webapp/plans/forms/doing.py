"""The forms of the actions of a plan."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as Maybe

from webapp.core.errors import Invalid
from webapp.groups import choosing, owning
from webapp.groups.labels import ITEM_LABELS
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner
from webapp.plans.doing import Wanted
from webapp.plans.forms.plan import BecauseForm, WhyForm
from webapp.plans.labels import SIDES, owned_by
from webapp.plans.minding import PlanWordsForm
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import STRATEGY_LABELS, Strategy
from webapp.web.days import Day
from webapp.web.forms import Form, Line, LongLine, OneOf, SomeOf, Version, VersionedForm

BANKS = (Side.DEMAND, Side.SUPPLY)


class ActionForm(PlanWordsForm):
    """What an action of a plan is, who carries it, when, and for whom it is enough."""

    watched: ClassVar[tuple[str, ...]] = ("title", "enough_for", "not_yet_for")
    title = LongLine(_l("What?"), most=160, needed=_l("Say in a few words what needs to happen."))
    strategy = OneOf(
        _l("By which strategy?"), tuple(Strategy), STRATEGY_LABELS, needed=_l("Choose the strategy that fits best.")
    )
    side = OneOf(_l("On which side?"), BANKS, SIDES)
    bs = SomeOf(_l("Which distance does it make smaller?"), tuple(B), B_LABELS)
    owner = Line(_l("Who carries it?"), most=160)
    goal = SelectField(_l("For which goal?"), choices=(), validate_choice=False)
    starts_on = Day(_l("From which day?"), [Maybe()])
    due_on = Day(_l("Until which day?"), [Maybe()])
    enough_for = Line(_l("For whom is this enough?"), most=160)
    not_yet_for = Line(_l("For whom not yet?"), most=160)

    def offer(self, goals: Iterable[Any]) -> None:
        """Let it be for one of these goals, or for none."""
        self.goal.choices = [("", gettext("None in particular")), *((str(row.id), row.title) for row in goals)]

    def wanted(self, item: ActionItem | None = None) -> Wanted:
        """What was filled in; who carries it stays as long as the same words are there. Raises Invalid when it is not
        clear who is meant."""
        return Wanted(
            self.title.data or "",
            self.strategy.data,
            self.side.data,
            tuple(self.bs.data or ()),
            self._owner(item),
            self._goal(),
            self.starts_on.data,
            self.due_on.data,
            self.enough_for.data or "",
            self.not_yet_for.data or "",
        )

    def _owner(self, item: ActionItem | None) -> Owner | None:
        typed = self.owner.data or ""
        if not typed:
            return None
        if item and typed == owned_by(item):
            return owning.of(item)
        return choosing.find_in_network(typed)

    def _goal(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.goal.data) if self.goal.data else None
        except ValueError:
            raise Invalid({"goal": "no_such_goal"}) from None


class AdjustActionForm(ActionForm, BecauseForm):
    """Saying anew what an action is, with a reason."""

    watched = (*ActionForm.watched, "why")

    @staticmethod
    def stands(item: ActionItem) -> dict[str, Any]:
        """How an action stands now, as it can be typed: whoever carries it is a person there, and a name here."""
        as_it_is = ("title", "strategy", "side", "bs", "starts_on", "due_on", "enough_for", "not_yet_for", "version")
        here = {name: getattr(item, name) for name in as_it_is}
        return here | {"owner": owned_by(item), "goal": str(item.goal_id or "")}


class StandForm(PlanWordsForm):
    """Where an action stands, perhaps with a few words."""

    watched = ("words",)
    version = Version()
    status = OneOf(_l("Where does it stand?"), tuple(ITEM_LABELS), ITEM_LABELS, needed=_l("Choose where it stands."))
    words = LongLine(_l("A few words"), most=240)


class ShiftForm(VersionedForm):
    """A card of the board goes somewhere else."""

    status = OneOf(_l("Where does it stand?"), tuple(ITEM_LABELS), ITEM_LABELS, needed=_l("Choose where it stands."))


class StepForm(PlanWordsForm):
    """A small step."""

    watched = ("words",)
    words = Line(_l("Which small step?"), most=120, needed=_l("Say in a few words what the step is."))


class OneStepForm(Form):
    """A small step that is done, is not done after all, or goes."""

    step = HiddenField()
    done = HiddenField()


class FirstForm(Form):
    """Which action must come first."""

    first = Line(_l("Which action must come first?"), most=160, needed=_l("Type two letters of what it is called."))


class TakeOutForm(WhyForm):
    """Taking an action out of its plan, with a reason."""


class PlaceForm(Form):
    """Into which plan an action of a group goes, and by which strategy and B's it works."""

    plan = SelectField(_l("In which plan?"), [InputRequired(_l("Choose a plan."))], choices=(), validate_choice=False)
    strategy = OneOf(
        _l("By which strategy?"), tuple(Strategy), STRATEGY_LABELS, needed=_l("Choose the strategy that fits best.")
    )
    bs = SomeOf(_l("Which distance does it make smaller?"), tuple(B), B_LABELS)

    def chosen(self) -> uuid.UUID:
        """The plan. Raises Invalid when it is none."""
        try:
            return uuid.UUID(self.plan.data or "")
        except ValueError:
            raise Invalid({"plan": "no_such_plan"}) from None

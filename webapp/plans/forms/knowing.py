"""The forms of what is known, and of what stands in the way."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, ValidationError
from wtforms.validators import Optional as Maybe

from webapp.plans.codes import EvidenceKind, Shared
from webapp.plans.forms.plan import BecauseForm
from webapp.plans.knowing import Hurdle, Known
from webapp.plans.labels import KIND_LABELS, SHARED_LABELS, SIDES
from webapp.plans.minding import PlanWordsForm
from webapp.shelf.forms import NO_LINK
from webapp.vocabulary.distances import DISTANCE_LABELS, Distance
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.vocabulary.sides import Side
from webapp.web.addresses import web_address
from webapp.web.days import Day
from webapp.web.forms import Line, LongLine, OneOf, SomeOf, Version
from webapp.web.i18n import word

MOST_HEARD = 1_000_000
BANKS = (Side.DEMAND, Side.SUPPLY)


def chosen_id(code: str | None) -> uuid.UUID | None:
    """The id that a list gives; None for none. Raises ValueError for nonsense."""
    return uuid.UUID(code) if code else None


def _as_id(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


class Parts(SelectMultipleField):
    """A few parts of the plan; `data` is a list of ids."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, coerce=_as_id, choices=(), validate_choice=False, **kwargs)

    def offer(self, parts: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Let these be chosen."""
        self.choices = list(parts)


class KnownForm(PlanWordsForm):
    """Something that is known: what was heard, from about how many, when, and where it can be read."""

    watched = ("heard",)
    version = Version()
    kind = OneOf(
        _l("Where does it come from?"), tuple(EvidenceKind), KIND_LABELS, needed=_l("Choose where it comes from.")
    )
    heard = LongLine(_l("What did you hear?"), most=400, needed=_l("Say in a sentence what you heard or saw."))
    about_how_many = IntegerField(_l("From about how many people?"), [Maybe(), NumberRange(max=MOST_HEARD)])
    heard_on = Day(_l("When was that?"), [InputRequired(_l("Choose the day, or about the day."))])
    link = Line(_l("Link"), most=500)
    tool = SelectField(_l("Or something on the shelf of the network"), choices=(), validate_choice=False)

    def offer(self, tools: Iterable[Any]) -> None:
        """Let it point to one of these tools, or to none."""
        self.tool.choices = [("", gettext("None")), *((str(row.id), row.title) for row in tools)]

    def validate_link(self, field: Any) -> None:
        """A website that a browser opens, if anything."""
        if not field.data:
            return
        if not (found := web_address(field.data)):
            raise ValidationError(word(str(NO_LINK)))
        field.data = found

    def validate_tool(self, field: Any) -> None:
        """An id, if anything."""
        try:
            chosen_id(field.data)
        except ValueError:
            raise ValidationError(gettext("Choose something from the list.")) from None

    def known(self) -> Known:
        """What was filled in."""
        return Known(
            self.kind.data,
            self.heard.data or "",
            cast(date, self.heard_on.data),
            self.about_how_many.data,
            self.link.data or "",
            chosen_id(self.tool.data),
        )


class HurdleForm(PlanWordsForm):
    """What stands in the way: on which side, by which B's and distances, where, by what it is known."""

    watched: ClassVar[tuple[str, ...]] = ("words", "setting")
    words = LongLine(_l("What stands in the way?"), most=200, needed=_l("Say in a sentence what stands in the way."))
    side = OneOf(_l("On which side?"), BANKS, SIDES, needed=_l("Choose the side where somebody can do something."))
    bs = SomeOf(_l("Which B does it touch?"), tuple(B), B_LABELS)
    distances = SomeOf(_l("Which distance is it?"), tuple(Distance), DISTANCE_LABELS)
    setting = Line(_l("Where do you meet it?"), most=120)
    shared = OneOf(
        _l("How many of those who know it see this too?"), tuple(Shared), SHARED_LABELS, needed=_l("Choose one.")
    )
    evidence = Parts(_l("How do you know it?"))

    def hurdle(self) -> Hurdle:
        """What was filled in."""
        return Hurdle(
            self.words.data or "",
            self.side.data,
            tuple(self.bs.data or ()),
            tuple(self.distances.data or ()),
            self.setting.data or "",
            self.shared.data,
            tuple(self.evidence.data or ()),
        )


class AdjustHurdleForm(HurdleForm, BecauseForm):
    """Saying anew what stands in the way, with a reason."""

    watched = ("words", "setting", "why")

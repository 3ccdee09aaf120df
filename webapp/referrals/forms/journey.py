"""The forms on the way over the bridge: choosing, agreeing, planning the first time, looking back, ending."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, TimeField
from wtforms.validators import InputRequired, ValidationError

from webapp.core import clock
from webapp.referrals import moments
from webapp.referrals.agreements import LONGEST, Identity, Said
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, Side
from webapp.referrals.crossing_words import AGREED_BY_LABELS, AGREED_HOW_LABELS, ROUTE_LABELS
from webapp.referrals.labels import FAULTS
from webapp.referrals.moments import Read
from webapp.referrals.welcome import Plan
from webapp.vocabulary.outcomes import MOOD_LABELS, OUTCOME_LABELS, Mood, Outcome
from webapp.web.days import Day, day_in
from webapp.web.forms import Form, Line, OneOf, Phone, Version, Words
from webapp.web.i18n import word

LASTS = timedelta(days=120)


class PickForm(Form):
    """Which answer the young person chose, and why, in their own words."""

    ask = RadioField(_l("Where do you want to try?"), [InputRequired(_l("Choose a door first."))], coerce=str)
    words = Words(_l("Why this one? In your own words"), most=280)

    def among(self, asks: Sequence[uuid.UUID]) -> None:
        """Let one of these be chosen."""
        self.ask.choices = [(str(one), str(one)) for one in asks]

    @property
    def ask_id(self) -> uuid.UUID:
        """The ask that was chosen."""
        return uuid.UUID(self.ask.data)


def _ticked(fault: str) -> Callable[[Any, Any], None]:
    """A box that has to be ticked."""

    def check(_: Form, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(word(FAULTS[fault]))

    return check


class AgreementForm(Form):
    """Who agreed, how, when and until when; and the card that this opens."""

    agreed_by = OneOf(_l("Who agrees?"), tuple(AgreedBy), AGREED_BY_LABELS, needed=_l("Choose who agrees."))
    agreed_how = OneOf(_l("How?"), tuple(AgreedHow), AGREED_HOW_LABELS, needed=_l("Choose how it was agreed."))
    agreed_on = Day(_l("On which day?"), [InputRequired(_l("Fill in a day."))])
    valid_until = Day(_l("Until when?"), [InputRequired(_l("Fill in a day."))])
    name = Line(_l("First name, or alias"), most=40, needed=_l("Fill in a first name, or the alias."))
    route = OneOf(
        _l("Who may be contacted?"), tuple(ContactRoute), ROUTE_LABELS, needed=_l("Choose who may be contacted.")
    )
    contact = Line(_l("Phone number or e-mail address"), most=120)
    friends_too = BooleanField(_l("Each friend agrees too"), [_ticked("friends_not_agreed")])
    understood = BooleanField(_l("Told, understood, agreed"), [_ticked("not_understood")])

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """All that is missing at once: a number or an address too, unless it goes through the guide."""
        right = bool(super().validate(extra_validators))
        if self.contact.data or self.route.data in (None, ContactRoute.GUIDE):
            return right
        self.take({"contact": word(FAULTS["contact_missing"])})
        return False

    def suggest(self) -> None:
        """Begin with today, and the time it mostly lasts."""
        self.agreed_on.data = self.agreed_on.data or clock.today()
        self.valid_until.data = self.valid_until.data or clock.today() + min(LASTS, LONGEST)

    def said(self) -> Said:
        """What was agreed."""
        return Said(
            self.agreed_by.data,
            self.agreed_how.data,
            day_in(self.agreed_on),
            day_in(self.valid_until),
            understood=self.understood.data,
            friends_too="friends_too" not in self or self.friends_too.data,
        )

    def identity(self) -> Identity:
        """What goes on the card."""
        return Identity(self.name.data or "", self.route.data, self.contact.data or "")


class PlanForm(Form):
    """The first time."""

    version = Version()
    welcomer = Line(_l("Who waits at the door?"), most=40, needed=_l("Fill in a first name."))
    welcomer_hint = Line(_l("How do you recognise them?"), most=160)
    day = Day(_l("Which day?"), [InputRequired(_l("Fill in a day."))])
    time = TimeField(_l("At what time?"), [InputRequired(_l("Fill in an hour."))])
    place = Line(_l("Where exactly?"), most=160, needed=_l("Fill in where somebody waits."))
    companion = Line(_l("Who comes along?"), most=80)
    bring = Line(_l("What to bring?"), most=160)
    phone_name = Line(_l("Who to call if nobody is there?"), most=40)
    phone = Phone(_l("Their phone number"), needed=_l("Fill in a number that somebody answers."))
    we_prepare = Words(_l("We prepare"), most=240)
    you_arrange = Words(_l("You arrange"), most=240)
    starts_at: datetime | None = None  # in the plan as it is

    @classmethod
    def showing(cls, row: Any, version: int) -> "PlanForm":
        """The form filled in with a plan, or with what is known of one."""
        starts = clock.local(row.starts_at) if row.starts_at else None
        form = cls(
            obj=row, version=version, day=starts.date() if starts else None, time=starts.time() if starts else None
        )
        form.starts_at = starts if version else None
        return form

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """All that is wrong at once: a moment that has passed too, unless it stood in the plan already."""
        right = bool(super().validate(extra_validators))
        if self.day.data and not self.day.errors and (wrong := self._wrong_moment()):
            self.take({"day": word(FAULTS[wrong])})
            return False
        return right

    def _wrong_moment(self) -> str | None:
        moment = self._moment(late=True)
        return None if moment == self.starts_at else moments.wrong_with(moment, clock.now())

    def _moment(self, *, late: bool = False) -> datetime:
        """The moment that was filled in; without an hour the start of that day, or its end."""
        hour = self.time.data or (time.max if late else time.min)
        return datetime.combine(day_in(self.day), hour, clock.BRUSSELS)

    def for_side(self, side: Side) -> None:
        """Call what each side does by whoever reads it."""
        if side is Side.ASSOCIATION:
            self.we_prepare.label.text, self.you_arrange.label.text = gettext("They prepare"), gettext("We arrange")

    def suggest(self, read: Read) -> None:
        """Begin with the day and the hour that were read in somebody's words."""
        if not self.is_submitted():
            self.day.data, self.time.data = self.day.data or read.day, self.time.data or read.hour

    def plan(self) -> Plan:
        """What was planned; the moment is one on a clock in Brussels."""
        texts = (
            "welcomer",
            "welcomer_hint",
            "place",
            "companion",
            "bring",
            "phone_name",
            "phone",
            "we_prepare",
            "you_arrange",
        )
        return Plan(starts_at=self._moment(), **{name: self[name].data or "" for name in texts})


class CheckInForm(Form):
    """How it goes, in one tap."""

    mood = OneOf("", tuple(Mood), MOOD_LABELS, needed=_l("Choose one of the three."))
    by_phone = BooleanField(_l("Heard by phone"))


class StopForm(Form):
    """Why it stops, as a code."""

    outcome = OneOf(_l("What made it stop?"), tuple(Outcome), OUTCOME_LABELS, needed=_l("Choose what fits best."))


class PauseForm(Form):
    """When to ask again."""

    ask_again_on = Day(_l("When do we ask again?"), [InputRequired(_l("Fill in a day."))])

    def suggest(self) -> None:
        """Begin with a month from now."""
        self.ask_again_on.data = self.ask_again_on.data or date.fromordinal(clock.today().toordinal() + 28)

    @property
    def day(self) -> date:
        """The day that was chosen."""
        return day_in(self.ask_again_on)

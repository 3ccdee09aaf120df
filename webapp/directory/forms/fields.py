"""Fields that only this area needs: money, rows that can be added, and icons."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FieldList, FormField, IntegerField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import NumberInput, TextInput

from webapp.vocabulary.days import WEEKDAY_LABELS, Weekday
from webapp.vocabulary.offers import CUSTOM_STANCE_LABELS, CUSTOM_TOPIC_LABELS, CustomStance, CustomTopic
from webapp.web.forms import InOurWords, LongLine, OneOf

MOST_FIGURES = 5
_AMOUNT = re.compile(r"(?:€|eur|euro)?\s*(\d+)(?:[.,](\d{1,2}))?\s*(?:€|eur|euro)?", re.IGNORECASE)


class Euros(Field):
    """An amount as people write it ("4", "4,50", "€ 4.5"); `data` is in cents."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not self.data:
            return ""
        whole, rest = divmod(self.data, 100)
        return f"{whole},{rest:02d}" if rest else str(whole)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read cents; raises ValueError, with how to mend it, when it is no amount."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = 0
        if not text:
            return
        match = _AMOUNT.fullmatch(text)
        if not match:
            raise ValueError(gettext("Write an amount in euros, such as 4 or 4,50."))
        if len(match[1]) > MOST_FIGURES:
            raise ValueError(gettext("That is more than this can hold. Write an amount under € 100,000."))
        self.data = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


class Number(IntegerField):
    """A whole number between two limits; nothing typed is None."""

    widget = NumberInput()

    def __init__(self, label: Any, *, least: int = 0, most: int = 999, needed: Any = None, **kwargs: Any) -> None:
        self.limits = _l("Write a whole number from %(least)d to %(most)d.", least=least, most=most)
        first = InputRequired(needed) if needed else Optional()
        rules = [first, NumberRange(least, most, message=self.limits)]
        super().__init__(label, rules, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; nothing typed is None."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = int(text)
            except ValueError as error:
                raise ValueError(str(self.limits)) from error


class MaybeOneOf(OneOf):
    """One code of an enum, or nothing: the list begins with an empty choice."""

    def __init__(self, label: Any, codes: Sequence[Any], labels: Mapping[Any, Any], **kwargs: Any) -> None:
        super().__init__(label, codes, labels, **kwargs)
        known = self.choices
        self.choices = [("", gettext("Choose")), *(known() if callable(known) else known or [])]


class RowForm(FlaskForm):  # type: ignore[misc]
    """One row of several. A row in which nothing was filled in does not count."""

    class Meta(InOurWords):
        """As every form of ours; the form around it holds the token."""

        csrf = False

    @property
    def is_blank(self) -> bool:
        """Whether somebody left this row alone."""
        return not any(field.data for field in self)


class SlotForm(RowForm):
    """One moment in the week."""

    weekday = MaybeOneOf(_l("Day"), tuple(Weekday), WEEKDAY_LABELS)
    starts = TimeField(_l("From"), [Optional()])
    ends = TimeField(_l("Until"), [Optional()])
    holidays_only = BooleanField(_l("Only in the school holidays"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A moment has a day and two hours, or is left alone."""
        fine = bool(super().validate(extra_validators))
        if self.is_blank:
            return fine
        for field, sentence in (
            (self.weekday, gettext("Choose the day.")),
            (self.starts, gettext("Write when it begins, such as 14:00.")),
            (self.ends, gettext("Write when it ends, such as 17:00.")),
        ):
            if field.data is None:
                field.errors = [sentence]
                fine = False
        return fine


class CustomForm(RowForm):
    """One custom of the group, and how firmly it stands."""

    topic = MaybeOneOf(_l("About"), tuple(CustomTopic), CUSTOM_TOPIC_LABELS)
    stance = MaybeOneOf(_l("How fixed is it?"), tuple(CustomStance), CUSTOM_STANCE_LABELS)
    note = LongLine(_l("In your own words"), most=120)

    def validate(self, extra_validators: Any = None) -> bool:
        """A custom has a topic and a stance, or is left alone."""
        fine = bool(super().validate(extra_validators))
        if self.is_blank:
            return fine
        for field, sentence in (
            (self.topic, gettext("Choose what it is about.")),
            (self.stance, gettext("Choose whether it stays, can move, or is open to talk about.")),
        ):
            if field.data is None:
                field.errors = [sentence]
                fine = False
        return fine


class Rows(FieldList):  # type: ignore[type-arg]
    """Rows of one small form, with one more on request and any of them taken away, without JavaScript too."""

    def __init__(self, label: Any, row: type[RowForm], *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(FormField(row), label, max_entries=None, **kwargs)

    @property
    def filled(self) -> Sequence[RowForm]:
        """The rows that hold something."""
        return [entry.form for entry in self.entries if not entry.form.is_blank]

    def one_more(self) -> None:
        """Show an empty row at the end."""
        if len(self.entries) < self.most:
            self.append_entry()

    def take_away(self, name: str) -> None:
        """Leave out the row with this name."""
        self.entries = [entry for entry in self.entries if entry.name != name]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Every row is right, and there are not too many."""
        fine = bool(super().validate(form, extra_validators))
        if len(self.filled) > self.most:
            self.errors = [gettext("Keep at most %(most)d of these.", most=self.most)]
            return False
        if not fine:
            self.errors = [gettext("One of these rows isn't complete yet."), *self.errors]
        return fine


def clock_words(value: time | None) -> str:
    """An hour as it stands in a comparison of two versions."""
    return value.strftime("%H:%M") if value else ""

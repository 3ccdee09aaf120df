"""The kit for forms: what a form accepts, how enum choices read, and how free text is tidied."""

import enum
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

from flask import abort, current_app, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectFieldBase,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # the stubs are behind
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput, TelInput, TextArea

from webapp.web.addresses import web_address
from webapp.web.form_words import KitWords
from webapp.web.i18n import turned_to, word
from webapp.web.once import FIELD, new_key

ALWAYS = {"csrf_token", FIELD}
MOST_DIGITS = 9


class InOurWords(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF tells no types
    """How a form speaks."""

    def get_translations(self, form: FlaskForm) -> KitWords:
        """The words of WTForms."""
        return KitWords()

    def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
        """What was sent, unless a form is filled otherwise: words, and a file where the form has a field for one. A
        field of text cannot read a file, and JSON is no form: nobody types those."""
        found = super().wrap_formdata(form, formdata)
        if found is formdata or not form.is_submitted():
            return found
        files = [(name, file) for name, file in request.files.items(multi=True) if takes_file(form, name)]
        return CombinedMultiDict((MultiDict(files), request.form))


def takes_file(form: FlaskForm, name: str) -> bool:
    """Whether a form has a field of this name for a file."""
    return isinstance(form._fields.get(name), FileField)


class Form(FlaskForm):  # type: ignore[misc]
    """A form that works once, keeps what was typed, and accepts the fields it names and no others."""

    class Meta(InOurWords):
        """As every form of ours."""

    once = HiddenField(default=new_key)
    is_refused = False  # by the action, whatever it says about it
    is_stale = False  # somebody else changed meanwhile what it is about

    @property
    def http_status(self) -> int:
        """How the page of this form answers: as asked for, with something to mend, or because somebody was first."""
        if self.is_stale:
            return 409
        return 422 if self.is_refused or self.errors else 200

    def submitted(self) -> bool:
        """Whether this request sends the form and everything in it is right. Unknown fields are refused with 400. Who
        asks for it in the other language does not send it yet."""
        if request.method != "POST":
            return False
        self.refuse_unknown()
        return not turned_to() and bool(self.validate())

    @classmethod
    def sent(cls) -> Self:
        """What a button or a dragged row sends: nobody types there, so what is not right comes from no page of ours and
        is answered with 400."""
        form = cls()
        if not form.submitted():
            abort(400)
        return form

    def refuse_unknown(self) -> None:
        """Answer 400 to fields that this form does not have: nobody types those."""
        names = {field.name for field in self} | ALWAYS
        unknown = [name for name in request.form if name not in names and name.split("-")[0] not in names]
        unknown += [name for name in request.files if not takes_file(self, name)]
        if unknown:
            current_app.logger.warning("unknown fields", extra={"facts": {"fields": [name[:40] for name in unknown]}})
            abort(400)

    def take(self, errors: Mapping[str, str]) -> None:
        """Put the errors of an action beside the fields they are about; the rest go on top."""
        self.is_refused = True
        for name, text in errors.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(text)
            else:
                field.errors = [*field.errors, text]

    def has_seen(self, version: int) -> bool:
        """Whether this is the version that the page was made from."""
        return str(self._fields["version"].data) == str(version)

    def renew(self, version: int) -> None:
        """Keep what was typed for the version that somebody else saved meanwhile: sent once more, it is saved."""
        self.is_stale = True
        field = self._fields["version"]
        field.raw_data, field.data = None, version


class RepeatableForm(Form):
    """A form that may be sent twice, as whoever looks for something does: it carries no key."""

    once = None  # type: ignore[assignment]  # so WTForms lets go of a field


class UrlForm(FlaskForm):  # type: ignore[misc]
    """What a list is narrowed down by. It is sent by GET, so that the URL says what was asked and can be shared."""

    class Meta(InOurWords):
        """As every form of ours, without a token: it changes nothing."""

        csrf = False


def choices(codes: Iterable[enum.StrEnum], labels: Mapping[Any, str]) -> list[SelectChoice]:
    """Choices of an enum in the language of this page."""
    return [SelectChoice(code.value, word(labels[code])) for code in codes]


class Option(NamedTuple):
    """One of the choices of a field, as a template shows it."""

    id: str
    name: str
    data: str
    text: str
    checked: bool


def options(field: SelectFieldBase) -> list[Option]:
    """The choices of a field. To go through the field itself makes a whole field of each of them."""
    if isinstance(field, OneOf | SomeOf):
        return _of_codes(field)
    return [
        Option(f"{field.id}-{number}", field.name, value, label or value, selected)
        for number, (value, label, selected, _more) in enumerate(field.iter_choices())
    ]


def _of_codes(field: "OneOf | SomeOf") -> list[Option]:
    chosen = field.data if isinstance(field, SomeOf) else (field.data,)
    return [
        Option(f"{field.id}-{number}", field.name, code.value, word(field.labels[code]), code in (chosen or ()))
        for number, code in enumerate(field.codes)
    ]


def as_id(text: str | None) -> uuid.UUID | None:
    """The id that was sent, when it is one."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def as_number(text: str | None) -> int | None:
    """The number that was sent, when it is one: at most nine plain digits. Others are no number to everybody."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


class Version(IntegerField):
    """The version of a thing that the page was made from; nobody sees it."""

    widget = HiddenInput()

    def __init__(self, *, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(validators=[DataRequired() if needed else Optional()], **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """What is no number is as none: nobody types this."""
        self.data = as_number(next(iter(valuelist), None))


class VersionedForm(Form):
    """A form about a thing as it was when the page was made: a button alone, or with fields of its own."""

    version = Version(needed=True)


# Characters that nobody types: no database, mail or file is better for them.
# Among them signs without width, and those that let a line run the other way than it is read; never the joiners that
# some languages and pictures need.
UNSEEN = (0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
CONTROLS = dict.fromkeys(code for code in (*range(32), 127, *UNSEEN) if chr(code) not in "\t\n\r")


def _clean(text: str | None) -> str:
    return " ".join(text.translate(CONTROLS).split()) if text else ""


def _clean_lines(text: str | None) -> str:
    return "\n".join(line.strip() for line in text.translate(CONTROLS).strip().splitlines()) if text else ""


class Line(StringField):
    """One line of text, at most `most` characters; spaces at the ends do not count."""

    def __init__(self, label: Any = None, *, most: int = 120, needed: Any = None, **kwargs: Any) -> None:
        super().__init__(label, _rules(most, needed), filters=[_clean], **kwargs)


class LongLine(Line):
    """One line of text that may be longer than a phone is wide: its box grows with it. A line break is a space."""

    widget = TextArea()

    def __call__(self, **kwargs: Any) -> Any:
        """The box, two rows high where a browser cannot let it grow."""
        kwargs["class_"] = f"{kwargs.get('class_', '')} long-line".strip()
        return super().__call__(**{"rows": 2, **kwargs})


class Phone(Line):
    """A phone number: digits, spaces and a few signs."""

    widget = TelInput()

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, most=40, **kwargs)
        self.validators = [*self.validators, _is_phone]


def _is_phone(_form: Any, field: Any) -> None:
    if field.data and not re.fullmatch(r"\+?[\d ./()-]{6,24}", field.data):
        raise ValidationError(gettext("Write a phone number with digits only, such as 0470 12 34 56."))


class Website(Line):
    """The address of a website, with https:// before what somebody left it out of."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.validators = [*self.validators, _is_website]


def _is_website(_form: Any, field: Any) -> None:
    if not field.data:
        return
    if not (found := web_address(field.data)):
        raise ValidationError(gettext("Write the whole address, such as https://www.jeugdhuis.example."))
    field.data = found


class Words(TextAreaField):
    """A few lines of text, at most `most` characters."""

    def __init__(self, label: Any = None, *, most: int = 280, needed: Any = None, **kwargs: Any) -> None:
        super().__init__(label, _rules(most, needed), filters=[_clean_lines], **kwargs)


def _rules(most: int, needed: Any) -> list[Any]:
    too_long = _l("This is too long. Keep it under %(max)d characters.", max=most)
    first = DataRequired(needed) if needed else Optional()  # spaces alone are no answer
    return [first, Length(max=most, message=too_long)]


class OneOf(SelectField):
    """One code of an enum; `data` is the member, or None when nothing was chosen and that is fine."""

    def __init__(
        self, label: Any, codes: Sequence[enum.StrEnum], labels: Mapping[Any, str], *, needed: Any = None, **kwargs: Any
    ) -> None:
        self.codes, self.labels = tuple(codes), labels
        rules = [InputRequired(needed)] if needed else [Optional()]
        super().__init__(label, rules, coerce=self._member, choices=lambda: choices(self.codes, labels), **kwargs)

    def _member(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        return type(self.codes[0])(value)

    def pre_validate(self, form: Any) -> None:
        """A value outside the list is a mistake only when something was chosen."""
        if self.data is not None and self.data not in self.codes:
            raise ValidationError(self.gettext("Not a valid choice."))


class SomeOf(SelectMultipleField):
    """A few codes of an enum; `data` is a list of members."""

    def __init__(self, label: Any, codes: Sequence[enum.StrEnum], labels: Mapping[Any, str], **kwargs: Any) -> None:
        self.codes, self.labels = tuple(codes), labels
        rules = kwargs.pop("validators", [])
        super().__init__(
            label, rules, coerce=type(self.codes[0]), choices=lambda: choices(self.codes, labels), **kwargs
        )

"""Two versions of one form side by side, when somebody else saved first."""

from typing import Any, NamedTuple

from flask_babel import gettext
from wtforms import BooleanField, FieldList, HiddenField, SelectField, SelectMultipleField, TimeField

from webapp.directory.forms.fields import Euros, clock_words
from webapp.web.dates import euros


class Difference(NamedTuple):
    """One field in which two versions differ, in words."""

    label: str
    id: str
    theirs: str
    mine: str


def differences(mine: Any, theirs: Any) -> list[Difference]:
    """Where the form as typed differs from the form as it is stored now."""
    found = []
    for field in mine:
        if isinstance(field, HiddenField) or field.short_name not in theirs or field.type == "CSRFTokenField":
            continue
        new, old = _said(field), _said(theirs[field.short_name])
        if new != old:
            nothing = gettext("nothing")
            found.append(Difference(str(field.label.text), field.id, old or nothing, new or nothing))
    return found


def _said(field: Any) -> str:
    if isinstance(field, FieldList):
        return "; ".join(_row(entry.form) for entry in field.entries if not entry.form.is_blank)
    if isinstance(field, BooleanField):
        return gettext("yes") if field.data else gettext("no")
    if isinstance(field, Euros):
        return euros(field.data) if field.data else ""
    if isinstance(field, SelectMultipleField | SelectField):
        return ", ".join(str(label) for _value, label, is_chosen, *_more in field.iter_choices() if is_chosen)
    return "" if field.data is None else str(field.data)


def _row(form: Any) -> str:
    fields = [one for one in form if not isinstance(one, BooleanField)]
    words = [clock_words(one.data) if isinstance(one, TimeField) else _said(one) for one in fields]
    return " ".join(part for part in words if part)

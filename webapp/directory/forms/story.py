"""The history of an offer in words: what was done, by whom, and each field with what it was and became."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from webapp.core.db import AnyRow
from webapp.directory.actions import FIELD
from webapp.directory.forms.fields import Euros
from webapp.directory.forms.offer import OfferForm
from webapp.directory.labels import SHARING_LABELS
from webapp.vocabulary.offers import ROOM_LABELS
from webapp.web.dates import euros, short_moment
from webapp.web.forms import OneOf
from webapp.web.i18n import word

STEPS = {
    "add": (_l("Written"), "plus"),
    "edit": (_l("Changed"), "pencil"),
    "confirm": (_l("Still right"), "check"),
    "room": (_l("Room and waiting list"), "users"),
    "photo": (_l("Photo of the door"), "camera"),
    "photo_away": (_l("Photo of the door taken away"), "camera"),
    "share": (_l("Who may read it"), "eye"),
}
BESIDE: dict[str, dict[Any, Any]] = {"room": ROOM_LABELS, "share": SHARING_LABELS, "edit": SHARING_LABELS}

Line = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One step as the page tells it. `fields` are label, what it was and what it became."""

    what: str
    icon: str
    when: str
    who: str
    fields: list[Line] = field(default_factory=list)


def told(rows: Iterable[AnyRow]) -> list[Told]:
    """The steps, newest first, each with the fields that changed in it."""
    form = OfferForm(formdata=None)
    found: list[Told] = []
    lines: list[Line] = []
    for row in sorted(rows, key=lambda row: (row.at, row.step.startswith(FIELD)), reverse=True):
        if row.step.startswith(FIELD):
            lines.append(_line(form, row))
        elif row.step in STEPS:
            what, icon = STEPS[row.step]
            shown = [*_beside(row), *reversed(lines)]
            found.append(Told(word(what), icon, short_moment(row.at), row.name or "", shown))
            lines = []
    return found


def _beside(row: AnyRow) -> list[Line]:
    labels = BESIDE.get(row.step)
    if labels is None or row.before == row.after or row.before is None:
        return []
    before, after = (next((word(text) for code, text in labels.items() if code == one), "") for one in row[2:4])
    return [(word(STEPS["share" if row.step == "edit" else row.step][0]), before, after)]


def _line(form: OfferForm, row: AnyRow) -> Line:
    one = form[row.step.removeprefix(FIELD)]
    if row.before is None and row.after is None:
        return str(one.label.text), "", ""
    return str(one.label.text), _said(one, row.before), _said(one, row.after)


def _said(one: Any, value: str | None) -> str:
    if value is None:
        return gettext("nothing")
    if isinstance(one, BooleanField):
        return gettext("yes") if value == "yes" else gettext("no")
    if isinstance(one, Euros):
        return euros(int(value))
    if isinstance(one, OneOf):
        return next((word(text) for code, text in one.labels.items() if code == value), "")
    return value

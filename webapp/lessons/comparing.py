"""What a lesson says field by field, in words: to read before it goes out, or beside what it said before."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext

from webapp.lessons.changing import ENGLISH, fields_of
from webapp.lessons.codes import LessonKind
from webapp.lessons.labels import KIND_LABELS
from webapp.lessons.models import Lesson
from webapp.vocabulary.functions import FUNCTION_LABELS, FunctionKind
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.vocabulary.sides import SIDE_LABELS, Side
from webapp.vocabulary.strategies import STRATEGY_LABELS, Strategy
from webapp.vocabulary.words import _l
from webapp.web.dates import plain_day
from webapp.web.i18n import word

NAMES: dict[str, str] = {
    "title": _l("Title"),
    "situation": _l("How it was"),
    "did": _l("What we did"),
    "happened": _l("What happened"),
    "line": _l("What we take along"),
    "enough_for": _l("Enough for"),
    "not_yet_for": _l("Not yet for"),
    "kind": _l("Kind"),
    "side": _l("For whom"),
    "bs": _l("Which B’s"),
    "strategies": _l("Strategy"),
    "source": _l("Source"),
    "year": _l("Year"),
    "owner_function": _l("Who looks after it?"),
    "review_on": _l("Look again"),
}
CODES: dict[str, tuple[Any, Mapping[Any, str]]] = {
    "kind": (LessonKind, KIND_LABELS),
    "side": (Side, SIDE_LABELS),
    "bs": (B, B_LABELS),
    "strategies": (Strategy, STRATEGY_LABELS),
    "owner_function": (FunctionKind, FUNCTION_LABELS),
}
FREE = ("title", "situation", "did", "happened", "line", "enough_for", "not_yet_for", "source")


class Said(NamedTuple):
    """One field: its name, what it says, and what it said before; the words may be English."""

    name: str
    now: str
    before: str
    language: str | None = None


def said(lesson: Lesson) -> list[Said]:
    """Everything that a lesson says."""
    return [one for one in compared(fields_of(lesson), {}) if one.now]


def changes(lesson: Lesson, became: Mapping[str, Any]) -> list[Said]:
    """What a change makes of a lesson, beside what it says now."""
    old = fields_of(lesson)
    return [one for one in compared({**old, **became}, old) if one.now != one.before]


def compared(fields: Mapping[str, Any], old: Mapping[str, Any]) -> list[Said]:
    """Fields in words, beside the same fields before."""
    dutch = [Said(word(name), _text(key, fields.get(key)), _text(key, old.get(key))) for key, name in NAMES.items()]
    new, was = fields.get(ENGLISH) or {}, old.get(ENGLISH) or {}
    english = [
        Said(gettext("%(field)s, in English", field=word(name)), new.get(key, ""), was.get(key, ""), ENGLISH)
        for key, name in NAMES.items()
    ]
    return [*dutch, *english]


def _text(key: str, value: Any) -> str:
    if not value:
        return ""
    if key == "review_on":
        return plain_day(date.fromisoformat(value))
    if key not in CODES:
        return str(value)
    codes, labels = CODES[key]
    values = [value] if isinstance(value, str) else value
    return ", ".join(word(labels[codes(one)]) for one in values)


def free_texts(rows: list[Said]) -> list[tuple[str, str]]:
    """The fields in which somebody typed what they liked."""
    names = {word(NAMES[key]) for key in FREE}
    return [(one.name, one.now) for one in rows if one.name in names or one.language]

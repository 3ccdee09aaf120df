"""The story of a plan in words: what it said before, what it says now, who changed it and why."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext

from webapp.core.db import AnyRow
from webapp.groups.labels import ITEM_LABELS
from webapp.plans import labels, told
from webapp.plans.codes import Part
from webapp.vocabulary.distances import DISTANCE_LABELS
from webapp.vocabulary.functions import FUNCTION_LABELS
from webapp.vocabulary.objectives import OBJECTIVE_LABELS
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.vocabulary.strategies import STRATEGY_LABELS
from webapp.vocabulary.words import _l
from webapp.web.dates import plain_day
from webapp.web.i18n import together, word

Names = Mapping[uuid.UUID, str]


class Line(NamedTuple):
    """One field that changed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Told:
    """One adjustment in words."""

    id: uuid.UUID
    part: Part
    thing_id: uuid.UUID
    title: str
    at: datetime
    who: str
    why: str
    lines: Sequence[Line]


FIELD_LABELS: dict[str, str] = {
    "title": _l("Name"),
    "about": _l("About"),
    "begins_on": _l("From"),
    "ends_on": _l("Until"),
    "status": _l("Where it stands"),
    "side": _l("Side"),
    "bs": _l("B's"),
    "distances": _l("Distances"),
    "words": _l("What stands in the way"),
    "setting": _l("Where"),
    "shared": _l("Who sees it"),
    "evidence": _l("Known by"),
    "for_whom": _l("For whom"),
    "objective": _l("Objective"),
    "until": _l("Until"),
    "is_open": _l("Still chosen"),
    "is_highlighted": _l("On top"),
    "sign": _l("How we notice"),
    "number": _l("Number"),
    "choice_id": _l("Choice"),
    "barriers": _l("Makes smaller"),
    "strategy": _l("Strategy"),
    "owner_organisation_id": _l("Carried by"),
    "owner_function": _l("Function"),
    "owner_id": _l("Person"),
    "group_id": _l("Group that does it"),
    "plan": _l("Plan"),
    "goal_id": _l("Goal"),
    "starts_on": _l("Begins"),
    "due_on": _l("By when"),
    "enough_for": _l("Enough for"),
    "not_yet_for": _l("Not yet for"),
    "we_do": _l("We do"),
    "they_do": _l("They do"),
    "if_not": _l("If it doesn't work"),
    "look_back_on": _l("We look back on"),
}
CODES: dict[str, Mapping[Any, str]] = {
    "side": labels.SIDES,
    "bs": B_LABELS,
    "distances": DISTANCE_LABELS,
    "shared": labels.SHARED_LABELS,
    "objective": OBJECTIVE_LABELS,
    "strategy": STRATEGY_LABELS,
    "owner_function": FUNCTION_LABELS,
}
DAYS = frozenset({"begins_on", "ends_on", "until", "starts_on", "due_on", "look_back_on"})
IDS = frozenset({"evidence", "barriers", "choice_id", "goal_id", "owner_id", "owner_organisation_id", "group_id"})


def story_of(thing_id: uuid.UUID) -> list[Told]:
    """What was adjusted in one thing, in the order in which it happened."""
    return in_words(told.of_thing(thing_id))[::-1]


def in_words(rows: Sequence[AnyRow]) -> list[Told]:
    """Adjustments in words, in the order in which they come."""
    names = told.called(one for row in rows for values in (row.was, row.became) for one in _ids(values))
    return [_told(row, names) for row in rows]


def _ids(values: Mapping[str, Any]) -> Iterable[uuid.UUID]:
    for field in IDS & values.keys():
        found = values[field]
        yield from (uuid.UUID(one) for one in (found if isinstance(found, list) else [found]) if one)


def _told(row: AnyRow, names: Names) -> Told:
    fields = [field for field in FIELD_LABELS if field in row.was or field in row.became]
    lines = [
        Line(
            word(FIELD_LABELS[field]),
            _said(row.part, field, row.was.get(field), names),
            _said(row.part, field, row.became.get(field), names),
        )
        for field in fields
    ]
    who = ", ".join(part for part in (row.person, row.organisation) if part) or gettext("Somebody")
    return Told(row.id, row.part, row.thing_id, row.title, row.at, who, row.why, lines)


def _said(part: Part, field: str, value: Any, names: Names) -> str:
    """A value in words; empty for nothing."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    say = _words_of(part, field, names)
    return together(say(one) for one in value) if isinstance(value, list) else say(value)


def _words_of(part: Part, field: str, names: Names) -> Callable[[Any], str]:
    if field in DAYS:
        return lambda value: plain_day(date.fromisoformat(value))
    if field in IDS:
        return lambda value: names.get(uuid.UUID(value)) or gettext("something that is gone")
    codes = CODES.get(field, {})
    if field == "status":
        codes = ITEM_LABELS if part is Part.ACTION else labels.STATUS_LABELS
    return lambda value: word(codes.get(value, "")) or str(value)

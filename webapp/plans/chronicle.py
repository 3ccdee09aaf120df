"""What happened in a plan, in words: each event with a head, a title, what it said before and says now, and why."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from types import SimpleNamespace
from typing import Any, NamedTuple

from flask_babel import gettext

from webapp.core.db import AnyRow
from webapp.groups.labels import ITEM_LABELS, due_words
from webapp.groups.lifecycle import ItemStatus
from webapp.plans import story_words
from webapp.plans.codes import Growth, Part, VoiceOf
from webapp.plans.drawing import carried_by
from webapp.plans.labels import GROWTH_LABELS, PART_LABELS, VOICE_LABELS
from webapp.plans.story_words import Line
from webapp.plans.timeline import ADJUSTED, DECISION, DONE, LESSON, OUTCOME, REVIEW, VOICE, Event
from webapp.vocabulary.words import _l
from webapp.web.dates import plain_day
from webapp.web.i18n import capital, word

KIND_ICONS = {
    OUTCOME: "sprout", REVIEW: "history", VOICE: "messages-square", DONE: "check", DECISION: "scale",
    ADJUSTED: "git-branch", LESSON: "lightbulb",
}  # fmt: skip
STORY_PARTS: dict[str, str] = {
    **{part.value: label for part, label in PART_LABELS.items()},
    REVIEW: _l("Looking back"),
    VOICE: _l("Who was listened to"),
    DECISION: _l("Decisions"),
    LESSON: _l("Lessons"),
}
"""Of what the story can be read alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words: a head, a title, what it said before and says now, and why."""

    id: uuid.UUID
    kind: str
    icon: str
    number: int
    head: str
    title: str
    words: str = ""
    lines: Sequence[Line] = field(default=())
    facts: Sequence[tuple[str, str]] = field(default=())
    thing_id: uuid.UUID | None = None
    part: str = ""


class Next(NamedTuple):
    """An action that is still to come."""

    id: uuid.UUID
    title: str
    line: str


def to_come(rows: Sequence[AnyRow]) -> list[Next]:
    """Actions that somebody still does something for, each with until when and who carries it."""
    return [Next(row.id, row.title, _line(row)) for row in rows]


def _line(row: AnyRow) -> str:
    """Until when and who, behind where it stands once it began."""
    until = due_words(row.due_on, plain_day) or gettext("without a last day")
    if row.status == ItemStatus.TO_START:
        return f"{capital(until)}, {carried_by(row)}"
    return f"{word(ITEM_LABELS[row.status])}, {until}, {carried_by(row)}"


def in_words(events: Sequence[Event]) -> list[Told]:
    """What happened, in words, in the same order."""
    changes = {
        one.id: one for one in story_words.in_words([_as_row(event) for event in events if event.was or event.became])
    }
    return [_told(event, changes) for event in events]


def _as_row(event: Event) -> Any:
    """An adjustment as `story_words` reads it."""
    return SimpleNamespace(
        id=event.id, part=Part(event.part), thing_id=event.thing_id, title=event.title, was=event.was,
        became=event.became, why=event.words, at=datetime.combine(event.day, time(), UTC), person=event.person,
        organisation=event.organisation,
    )  # fmt: skip


def _told(event: Event, changes: Mapping[uuid.UUID, Any]) -> Told:
    head, title, words, facts = SAID[event.kind](event)
    if event.kind != DONE:  # which says its day itself
        head = f"{plain_day(event.day)}, {head}"
    change = changes.get(event.id)
    return Told(
        event.id, event.kind, KIND_ICONS[event.kind], event.number, head, title, words,
        change.lines if change else (), facts, event.thing_id, event.part,
    )  # fmt: skip


Said = tuple[str, str, str, list[tuple[str, str]]]


def _adjusted(event: Event) -> Said:
    who = ", ".join(part for part in (event.person, event.organisation) if part) or gettext("Somebody")
    return who, event.title, event.words, []


def _outcome(event: Event) -> Said:
    known = [(gettext("How we know"), event.words)] + ([(gettext("Our part"), event.more)] if event.more else [])
    said = f"{word(GROWTH_LABELS[Growth(event.code)])}: {event.organisation}"
    return said, f"{event.person}: {event.title}", "", known


def _review(event: Event) -> Said:
    changes = [(gettext("What we change"), event.words)] if event.words else []
    head = gettext("looked back, %(who)s", who=event.more) if event.more else gettext("looked back")
    return head, gettext("What we saw"), event.title, changes


def _voice(event: Event) -> Said:
    facts = [(gettext("Heard"), event.words)] if event.words else []
    facts += [(gettext("What changed because of it"), event.more)] if event.more else []
    return gettext("listened to: %(who)s", who=word(VOICE_LABELS[VoiceOf(event.code)])), event.title, "", facts


def _done(event: Event) -> Said:
    facts = [(gettext("What we learned"), event.words)] if event.words else []
    head = gettext("Done on %(day)s", day=plain_day(event.day))
    return ", ".join(part for part in (head, event.organisation) if part), event.title, "", facts


def _decision(event: Event) -> Said:
    return gettext("decided by %(group)s", group=event.organisation), event.title, "", []


def _lesson(event: Event) -> Said:
    who = gettext("a lesson of %(organisation)s", organisation=event.organisation)
    return who if event.organisation else gettext("a lesson"), event.title, event.words, []


SAID = {
    ADJUSTED: _adjusted, OUTCOME: _outcome, REVIEW: _review, VOICE: _voice, DONE: _done, DECISION: _decision,
    LESSON: _lesson,
}  # fmt: skip

"""A lesson as it leaves the pages of Brug: on paper, in a book, in a chat, in a feed. Signed by an organisation or a
town, never by a person; only lessons that are out come here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from webapp.lessons import labels
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, LessonTranslation
from webapp.vocabulary.seven_bs import B_TRAITS
from webapp.vocabulary.strategies import STRATEGY_TRAITS
from webapp.vocabulary.words import _l
from webapp.web.i18n import DEFAULT_LANGUAGE, language_now, word

STEPS: tuple[tuple[str, str, str], ...] = (
    ("situation", _l("How it was"), "map-pin"),
    ("did", _l("What we did"), "hand-heart"),
    ("happened", _l("What happened"), "sparkles"),
)
TAKE_ALONG = _l("What we take along")
LIMITS: tuple[tuple[str, str], ...] = (
    ("enough_for", _l("Enough for")),
    ("not_yet_for", _l("Not yet for")),
)


TITLE = _l("Title")
PARTS: tuple[tuple[str, str], ...] = (
    ("title", TITLE),
    *((key, name) for key, name, _icon in STEPS),
    ("line", TAKE_ALONG),
    *LIMITS,
)
"""What a lesson says, by the fields in which it stands."""


def said_before(was: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a lesson said before, as (heading, text): its words, and not by what it is found."""
    return [(word(name), was[key]) for key, name in PARTS if was.get(key)]


@dataclass(frozen=True, slots=True)
class Told:
    """A lesson in words. `steps` are (heading, text, icon); `limits` are (heading, text)."""

    title: str
    line: str
    language: str
    steps: tuple[tuple[str, str, str], ...]
    limits: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    warning: str
    source: str


def told(lesson: Lesson, whose: str, language: str = "") -> Told:
    """A lesson in a language, or else in that of this moment, or else in Dutch."""
    said: Lesson | LessonTranslation = lesson
    for other in lesson.translations:
        if other.language.value == (language or language_now()):
            said = other
    return Told(
        title=said.title,
        line=said.line,
        language=said.language.value if isinstance(said, LessonTranslation) else DEFAULT_LANGUAGE,
        steps=tuple((word(name), getattr(said, key), icon) for key, name, icon in STEPS if getattr(said, key)),
        limits=tuple((word(name), getattr(said, key)) for key, name in LIMITS if getattr(said, key)),
        facts=facts(lesson),
        warning=warning(lesson),
        source=source(lesson, whose),
    )


def facts(lesson: Lesson) -> tuple[str, ...]:
    """How sure it is, whether to keep doing it, and which distances and ways of working it is about."""
    return (
        word(labels.SURENESS_LABELS[lesson.sureness]),
        word(labels.KIND_LABELS[lesson.kind]),
        *(word(B_TRAITS[b].label) for b in lesson.bs),
        *(word(STRATEGY_TRAITS[one].label) for one in lesson.strategies),
    )


def warning(lesson: Lesson) -> str:
    """Why a lesson no longer holds; nothing while it does."""
    if lesson.status is not LessonStatus.OUTDATED:
        return ""
    why = lesson.outdated_because
    return gettext("This no longer holds: %(why)s", why=why) if why else gettext("This no longer holds.")


def source(lesson: Lesson, whose: str) -> str:
    """Where a lesson comes from: whose it is, from which project, in which year."""
    return ", ".join(part for part in (whose, lesson.source, str(lesson.year)) if part)


def for_chat(one: Told, address: str) -> str:
    """What to paste in a chat: what we take along, whose it is, and where the rest stands. Nobody's name."""
    return "\n".join((one.title, one.line, f"{one.source}: {address}"))

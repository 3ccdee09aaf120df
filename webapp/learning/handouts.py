"""A session on paper: what is asked and when, and lines to write on. Nobody's name stands on it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext

from webapp.core import clock
from webapp.learning.codes import PhaseKind
from webapp.learning.models import LearningSession, Phase
from webapp.web import paper
from webapp.web.dates import clock_time, long_day, plain_day, time_range
from webapp.web.i18n import language_now

LINES = {PhaseKind.ASK: 10, PhaseKind.GATHER: 8}
"""So many lines to write on has a phase; the others have none of their own."""


def sheet(session: LearningSession, phases: Iterable[Phase], town: str) -> bytes:
    """A session as a PDF of A4 that a screen reader reads too (PDF/UA)."""
    return paper.pdf("session", told(session, phases) | {"foot": f"Brug {town}, {plain_day(clock.now())}"})


def told(session: LearningSession, phases: Iterable[Phase]) -> dict[str, Any]:
    """What stands on it."""
    kept = [one for one in phases if not one.is_skipped]
    where = [long_day(session.happens_at), clock_time(session.happens_at), session.place]
    return {
        "lang": language_now(),
        "title": f"{session.theme}, {plain_day(session.happens_at)}",
        "theme": session.theme,
        "question": session.question,
        "when": ", ".join(part for part in where if part),
        "care": gettext("Tell what happened, and leave out who it was. Whoever leads types it in afterwards."),
        "course": gettext("How it goes"),
        "phases": _timed(session, kept),
        "sheets": [_sheet(one.title, one.prompt, LINES[one.kind]) for one in kept if one.kind in LINES],
        "end": _end(),
    }


def _timed(session: LearningSession, phases: Sequence[Phase]) -> list[dict[str, str]]:
    """The phases with their hours, as long as each says how long it takes."""
    at: datetime | None = clock.local(session.happens_at)
    rows = []
    for one in phases:
        ends = at + timedelta(minutes=one.minutes) if at and one.minutes else None
        time = time_range(at.time(), ends.time()) if at and ends else clock_time(at) if at else ""
        rows.append({"time": time, "title": one.title, "prompt": one.prompt})
        at = ends
    return rows


def _end() -> list[dict[str, Any]]:
    """What is asked when a session closes, in the same order as on the page where it is typed."""
    return [
        _sheet(gettext("What came of it, in three lines?"), "", 3),
        _sheet(gettext("Lessons"), gettext("A short name, and the one line that others can use."), 6),
        _sheet(gettext("Actions"), gettext("What, and in which working group or plan?"), 4),
    ]


def _sheet(title: str, prompt: str, lines: int) -> dict[str, Any]:
    return {"title": title, "prompt": prompt, "lines": lines}

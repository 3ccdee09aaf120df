"""Other words for a lesson that is out: they wait for a second reader, and until then the old ones stand."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Response, abort, url_for
from flask_babel import gettext as _

from webapp.lessons import changing, queries
from webapp.lessons.actions import About, Words
from webapp.lessons.codes import Verdict
from webapp.lessons.forms.reading import ProposeEnglishForm, ProposeForm
from webapp.lessons.labels import in_words
from webapp.lessons.lifecycle import OUT
from webapp.lessons.models import Lesson
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

edits = requires(Can.EDIT_LESSON, sees=Can.READ_LESSON, of=queries.lesson)
Filled = Callable[[Any], tuple[Words, About, Words | None]]


@bp.route("/lessen/<uuid:lesson_id>/voorstellen", methods=["GET", "POST"])
@edits
def propose(lesson: Lesson) -> Response:
    """Say it anew."""
    words, about, english = _now(lesson)
    form = ProposeForm(data=asdict(words) | asdict(about) | _waits(lesson))
    return _answer("lessons/propose.html", lesson, form, lambda form: (form.words(), form.about(), english), words)


@bp.route("/lessen/<uuid:lesson_id>/voorstellen/engels", methods=["GET", "POST"])
@edits
def propose_english(lesson: Lesson) -> Response:
    """Say the English anew, or for the first time."""
    words, about, english = _now(lesson)
    form = ProposeEnglishForm(data=(asdict(english) if english else {}) | _waits(lesson))
    shown = english or Words("", "")
    return _answer("lessons/propose_english.html", lesson, form, lambda form: (words, about, form.words()), shown)


def _now(lesson: Lesson) -> tuple[Words, About, Words | None]:
    """What it says, with the words that wait already, or that were held back the last time: they are mended."""
    if lesson.status not in OUT:
        abort(409)
    last = queries.newest_change(lesson.id)
    return changing.said(last.became if last and last.verdict is not Verdict.APPROVED else {}, lesson)


def _waits(lesson: Lesson) -> dict[str, Any]:
    waits = queries.waiting_change(lesson.id)
    return {"version": (waits or lesson).version, "why": waits.why if waits else ""}


def _answer(template: str, lesson: Lesson, form: Any, filled: Filled, now: Words) -> Response:
    waits = queries.waiting_change(lesson.id)
    if form.submitted():
        words, about, english = filled(form)
        why, version = form.why.data or "", form.version.data
        with saving(form, in_words, waits or lesson):
            changing.propose(lesson, words, about, why, by=actor(), english=english, waiting=waits, version=version)
            message = _("Proposed. Until a second reader approves it, the old words stand.")
            return changed(url_for("lessons.lesson", lesson_id=lesson.id), message=message)
    return form_page(template, form, lesson=lesson, waits=waits, others=form.others(now) if form.is_stale else None)


@bp.post("/lessen/<uuid:lesson_id>/voorstellen/weg")
@edits
def leave_words(lesson: Lesson) -> Response:
    """Leave the old words as they are."""
    Form().refuse_unknown()
    waits = queries.waiting_change(lesson.id)
    if waits is not None:
        changing.take_back(waits, by=actor())
    return changed(url_for("lessons.lesson", lesson_id=lesson.id), message=_("Taken back. The old words stand."))

"""The second reader: what waits, and what they say of it."""

from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.lessons import actions, around, changing, comparing, queries, waiting
from webapp.lessons.codes import Answer
from webapp.lessons.forms.minding import signs_in
from webapp.lessons.forms.reading import ReadForm
from webapp.lessons.labels import ANSWER_HINTS, ANSWER_LABELS
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, LessonChange
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import choices
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page
from webapp.web.who import actor


@bp.get("/leren/nalezen")
@requires(Can.READ_ALONG)
def reading() -> Response:
    """What waits for a second reader."""
    new, other = waiting.to_read(actor())
    return page("lessons/reading.html", new=new, other=other)


@bp.route("/lessen/<uuid:lesson_id>/nalezen", methods=["GET", "POST"])
@requires(Can.SECOND_READ, sees=Can.READ_LESSON, of=queries.lesson_to_read)
def read_lesson(lesson: Lesson) -> Response:
    """Read one before the network does."""
    change = None if lesson.status is LessonStatus.OFFERED else queries.waiting_change(lesson.id)
    form = ReadForm(version=(change or lesson).version, waits=_key(change))
    if lesson.status is not LessonStatus.OFFERED and change is None:
        return _nothing_waits(lesson, form)
    if change is not None:
        form.answer.choices = choices((Answer.APPROVE, Answer.HOLD), ANSWER_LABELS)
    if not form.submitted():
        return form_page("lessons/read.html", form, **_shown(lesson, change, form))
    try:
        if form.waits.data != _key(change):
            raise Conflict()
        _say(lesson, change, form)
    except Conflict:
        form.renew((change or lesson).version)
        form.waits.raw_data, form.waits.data = None, _key(change)
        return invalid("lessons/read.html", status=409, **_shown(lesson, change, form))
    return changed(url_for("lessons.reading"), message=_said(form.answer.data))


def _key(change: LessonChange | None) -> str:
    return str(change.id) if change else ""


def _nothing_waits(lesson: Lesson, form: ReadForm) -> Response:
    """Somebody else read it, or its writer took it back: what came too late stays on the page."""
    if request.method == "POST":
        form.refuse_unknown()
        reads, typed = around.reads(lesson.id), form.why.data
        return invalid("lessons/read_late.html", status=409, lesson=lesson, reads=reads, typed=typed)
    return make_response(redirect(url_for("lessons.lesson", lesson_id=lesson.id)))


def _shown(lesson: Lesson, change: LessonChange | None, form: ReadForm) -> dict[str, Any]:
    rows = comparing.changes(lesson, change.became) if change else comparing.said(lesson)
    return {
        "lesson": lesson,
        "change": change,
        "form": form,
        "rows": rows,
        "reads": () if change else around.reads(lesson.id),
        "signs": signs_in(comparing.free_texts(rows)),
        "named": queries.named(lesson.id),
        "hints": {answer.value: word(text) for answer, text in ANSWER_HINTS.items()},
    }


def _say(lesson: Lesson, change: LessonChange | None, form: ReadForm) -> None:
    version, why, by = form.version.data, form.why.data or "", actor()
    if change is not None:
        if form.answer.data is Answer.APPROVE:
            changing.approve(change, by=by, version=version)
        else:
            changing.hold(change, why, by=by, version=version)
    elif form.answer.data is Answer.APPROVE:
        actions.approve(lesson, by=by, version=version)
    elif form.answer.data is Answer.ASK:
        actions.send_back(lesson, why, by=by, version=version)
    else:
        actions.hold(lesson, why, by=by, version=version)


def _said(answer: Answer) -> str:
    return {
        Answer.APPROVE: _("Approved. It is in the log."),
        Answer.ASK: _("It is back with its writer, with your question."),
        Answer.HOLD: _("Held back. Its writer reads why."),
    }[answer]

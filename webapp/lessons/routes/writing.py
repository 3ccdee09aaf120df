"""Writing a lesson, changing it while it is not out, saying it in English, and offering it to a second reader."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core.db import AnyRow
from webapp.lessons import actions, changing, origins, queries, waiting
from webapp.lessons.actions import Words
from webapp.lessons.codes import Language, LessonKind
from webapp.lessons.forms.writing import EditLessonForm, EnglishForm, NewLessonForm
from webapp.lessons.labels import in_words
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy
from webapp.web import once
from webapp.web.filters import asked_for
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

edits = requires(Can.EDIT_LESSON, sees=Can.READ_LESSON, of=queries.lesson)


@bp.get("/leren/mijn-lessen")
@requires(Can.WRITE_LESSON)
def mine() -> Response:
    """What this person and their organisation are still writing."""
    rows = waiting.unfinished(actor())
    ways = (LessonStatus.HELD, LessonStatus.DRAFT, LessonStatus.OFFERED)
    return page("lessons/mine.html", groups=[(one, _of(rows, one)) for one in ways])


def _of(rows: Sequence[AnyRow], status: LessonStatus) -> list[AnyRow]:
    return [row for row in rows if row.status is status]


@bp.route("/lessen/nieuw", methods=["GET", "POST"])
@requires(Can.WRITE_LESSON)
def write() -> Response:
    """Write a lesson; the address may bring what it is about."""
    form = NewLessonForm(data=_brought())
    form.offer(actor())
    if form.submitted():
        with saving(form, in_words):
            return changed(to(_written(form)), message=_("Saved as a draft. Nobody outside your organisation sees it."))
    return form_page("lessons/write.html", form)


@bp.post("/lessen/nieuw/bewaar")
@requires(Can.WRITE_LESSON)
def autosave() -> Response:
    """Keep what is there of a new lesson while somebody types; not over what they sent meanwhile, nor over what a
    colleague made of it."""
    form = NewLessonForm()
    form.offer(actor())
    if not form.stands_so_far():
        return Response("", 422)
    here = url_for("lessons.write")
    if actions.went_on(once.id_for(here)):
        return Response("", 409)
    if not once.was_sent(here):
        _written(form)
    return Response("", 204)


def _written(form: NewLessonForm) -> Lesson:
    return actions.write(
        form.words(),
        form.about(),
        form.of_organisation(),
        by=actor(),
        came_from=origins.found(form.made_of.data or "", actor()),
        kept_as=once.id_for(url_for("lessons.write")),
    )


def _brought() -> dict[str, Any]:
    known = {one.value for one in B}
    return {
        "bs": [B(one) for one in request.args.getlist("b") if one in known],
        "strategies": [one for one in [asked_for(Strategy, "strategie")] if one],
        "side": asked_for(Side, "kant"),
        "kind": asked_for(LessonKind, "soort") or LessonKind.KEEP,
        "made_of": request.args.get("uit", ""),
    }


@bp.route("/lessen/<uuid:lesson_id>/bewerken", methods=["GET", "POST"])
@edits
def edit(lesson: Lesson) -> Response:
    """Say a lesson anew while it is not out."""
    form = EditLessonForm(obj=lesson)
    if form.submitted():
        with saving(form, in_words, lesson):
            actions.edit(lesson, form.words(), form.about(), by=actor(), version=form.version.data)
            return changed(to(lesson), message=_("Saved."))
    others = form.others(Words.of(lesson))
    return form_page("lessons/edit.html", form, lesson=lesson, others=others)


@bp.route("/lessen/<uuid:lesson_id>/engels", methods=["GET", "POST"])
@edits
def english(lesson: Lesson) -> Response:
    """Say it in English too."""
    said = changing.english_of(lesson)
    form = EnglishForm(obj=said, version=lesson.version)
    if form.submitted():
        with saving(form, in_words, lesson):
            actions.translate(lesson, Language.EN, form.words(), by=actor(), version=form.version.data)
            return changed(to(lesson), message=_("Saved."))
    others = form.others(said) if said else []
    return form_page("lessons/english.html", form, lesson=lesson, has_english=said is not None, others=others)


@bp.post("/lessen/<uuid:lesson_id>/engels/weg")
@edits
def leave_english(lesson: Lesson) -> Response:
    """No longer in English."""
    Form().refuse_unknown()
    actions.translate(lesson, Language.EN, None, by=actor())
    return changed(to(lesson), message=_("The English words are gone."))


@bp.post("/lessen/<uuid:lesson_id>/aanbieden")
@edits
def offer(lesson: Lesson) -> Response:
    """Let a second reader look at it."""
    Form().refuse_unknown()
    actions.take_step(lesson, "offer", by=actor())
    return changed(to(lesson), message=_("Offered. A second reader looks at it before the network does."))


@bp.post("/lessen/<uuid:lesson_id>/terugnemen")
@edits
def take_back(lesson: Lesson) -> Response:
    """It is not ready after all."""
    Form().refuse_unknown()
    actions.take_step(lesson, "take_back", by=actor())
    return changed(to(lesson), message=_("It is a draft again."))


@bp.route("/lessen/<uuid:lesson_id>/weggooien", methods=["GET", "POST"])
@requires(Can.THROW_AWAY_LESSON, sees=Can.READ_LESSON, of=queries.lesson)
def throw_away_lesson(lesson: Lesson) -> Response:
    """Throw a draft away, after a question."""
    if not Form().submitted():
        return page("lessons/throw_away.html", lesson=lesson)
    actions.throw_away(lesson, by=actor())
    return changed(url_for("lessons.mine"), message=_("The draft is gone."))


def to(lesson: Lesson) -> str:
    """The page of a lesson."""
    return url_for("lessons.lesson", lesson_id=lesson.id)

"""Tags: the words by which lessons are found, proposing one, and deciding about one."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Invalid
from webapp.lessons import around, lists, queries, tagging
from webapp.lessons.codes import TagStatus
from webapp.lessons.forms.tags import DeclineForm, LookForm, MergeForm, OnLessonForm, ProposeForm, RewordForm
from webapp.lessons.models import Lesson
from webapp.lessons.routes.blueprint import bp
from webapp.lessons.tag_words import in_words
from webapp.lessons.use_models import Tag
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import paging
from webapp.web.filters import line
from webapp.web.forms import Form, as_id
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/leren/trefwoorden")
@requires(Can.SEE_LOG)
def tags() -> Response:
    """The tags of the log, and what became of the words that one proposed."""
    return page("lessons/tags.html", **_listed(), form=ProposeForm(formdata=None))


@bp.post("/leren/trefwoorden")
@requires(Can.WRITE_LESSON)
def propose_tag() -> Response:
    """A word is missing."""
    form = ProposeForm()
    if form.submitted():
        with saving(form, in_words):
            tagging.propose_word(form.word.data or "", form.why.data or "", by=actor())
            return changed(
                url_for("lessons.tags"), message=_("Proposed. A facilitator looks at it; the answer stands here.")
            )
    return form_page("lessons/tags.html", form, **_listed())


def _listed() -> dict[str, Any]:
    looks_for = line(request.args.get("q", ""), tagging.LONGEST).casefold()
    start = (paging.after(request.args.get("na"), 1) or ("",))[0]
    listed = paging.cut(lists.tags(TagStatus.ACCEPTED, start, looks_for), lambda row: (row.name,), lists.PAGE_SIZE)
    keeps = can(actor(), Can.KEEP_LOG)
    waiting = lists.tags(TagStatus.PROPOSED)[: lists.PAGE_SIZE] if keeps else ()
    asked = looks_for or None
    return {
        "look": LookForm(formdata=None, q=looks_for),
        "looks_for": looks_for,
        "rows": listed.rows,
        "others": lists.other_words(row.id for row in listed.rows),
        "next_url": url_for("lessons.tags", q=asked, na=listed.next) if listed.next else "",
        "first_url": url_for("lessons.tags", q=asked) if start else "",
        "waiting": waiting,
        "declined": lists.tags(TagStatus.DECLINED)[: lists.PAGE_SIZE] if keeps else (),
        "own": lists.proposed_by(actor().person_id),
    }


@bp.route("/leren/trefwoorden/<uuid:tag_id>", methods=["GET", "POST"])
@requires(Can.KEEP_LOG, of=queries.tag)
def tag(tag: Tag) -> Response:
    """One tag: what it is called, by which other words it is found, and what becomes of it."""
    if request.method == "GET":
        return page("lessons/tag.html", **_about(tag))
    form = RewordForm()
    if form.submitted():
        said = form.name.data or "", form.name_en.data or "", form.others()
        with saving(form, _reworded, tag):
            tagging.reword(tag, *said, by=actor(), version=form.version.data)
            return changed(url_for("lessons.tag", tag_id=tag.id), message=_("Saved."))
    return form_page("lessons/tag.html", form, **_about(tag, form=form))


def _reworded(errors: Mapping[str, str]) -> dict[str, str]:
    return in_words({"name" if name == "word" else name: code for name, code in errors.items()})


@bp.post("/leren/trefwoorden/<uuid:tag_id>/aanvaarden")
@requires(Can.KEEP_LOG, of=queries.tag)
def accept_tag(tag: Tag) -> Response:
    """It counts from now on."""
    Form().refuse_unknown()
    tagging.accept(tag, by=actor())
    return changed(url_for("lessons.tags"), message=_("“%(tag)s” counts from now on.", tag=tag.name))


@bp.post("/leren/trefwoorden/<uuid:tag_id>/weigeren")
@requires(Can.KEEP_LOG, of=queries.tag)
def decline_tag(tag: Tag) -> Response:
    """It is no tag for this log."""
    form = DeclineForm()
    if form.submitted():
        tagging.decline(tag, form.answer.data or "", by=actor())
        return changed(url_for("lessons.tags"), message=_("Not taken. Whoever proposed it reads why."))
    return form_page("lessons/tag.html", form, **_about(tag, decline=form))


@bp.post("/leren/trefwoorden/<uuid:tag_id>/samenvoegen")
@requires(Can.KEEP_LOG, of=queries.tag)
def merge_tag(tag: Tag) -> Response:
    """It means the same as another tag."""
    form, name = MergeForm(), tag.name
    if form.submitted():
        into = lists.tag_called(tagging.plain(form.into.data or ""))
        with saving(form, in_words):
            if into is None:
                raise Invalid({"into": "no_such_tag"})
            tagging.merge(tag, into, by=actor())
            return changed(
                url_for("lessons.tag", tag_id=into.id),
                message=_("“%(word)s” leads to “%(tag)s” now.", word=name, tag=into.name),
            )
    return form_page("lessons/tag.html", form, **_about(tag, merge=form))


def _about(
    tag: Tag,
    *,
    form: RewordForm | None = None,
    decline: DeclineForm | None = None,
    merge: MergeForm | None = None,
) -> dict[str, Any]:
    others = "\n".join(row.word for row in tag.synonyms)
    return {
        "tag_row": tag,
        "form": form or RewordForm(formdata=None, obj=tag, synonyms=others),
        "decline": decline or DeclineForm(formdata=None),
        "merge": merge or MergeForm(formdata=None),
        "known": [row.name for row in lists.tags(TagStatus.ACCEPTED) if row.id != tag.id],
    }


@bp.route("/lessen/<uuid:lesson_id>/trefwoorden", methods=["GET", "POST"])
@requires(Can.KEEP_LESSON, sees=Can.READ_LESSON, of=queries.lesson)
def tags_of_lesson(lesson: Lesson) -> Response:
    """The tags of one lesson: put one on it, take one off."""
    form = OnLessonForm()
    if form.submitted():
        with saving(form, in_words):
            tag = tagging.propose(lesson, form.word.data or "", by=actor())
            counts = tag.status is TagStatus.ACCEPTED
            return changed(
                url_for("lessons.tags_of_lesson", lesson_id=lesson.id),
                message=_("“%(tag)s” is on it.", tag=tag.name)
                if counts
                else _("On it, once a facilitator accepts the word."),
            )
    return form_page("lessons/lesson_tags.html", form, **_on(lesson, form))


def _on(lesson: Lesson, form: OnLessonForm) -> dict[str, Any]:
    rows = around.tags_of(lesson.id, proposed=True)
    known = [row.name for row in lists.tags(TagStatus.ACCEPTED)]
    return {"lesson": lesson, "form": form, "rows": rows, "known": known}


@bp.post("/lessen/<uuid:lesson_id>/trefwoorden/weg")
@requires(Can.KEEP_LESSON, sees=Can.READ_LESSON, of=queries.lesson)
def untag_lesson(lesson: Lesson) -> Response:
    """Take a tag off a lesson."""
    tag_id = as_id(request.form.get("tag"))
    if tag_id is None:
        abort(400)
    if (tag := queries.tag(tag_id)) is not None:
        tagging.take_off(lesson, tag, by=actor())
    return changed(url_for("lessons.tags_of_lesson", lesson_id=lesson.id), message=_("Taken off."))

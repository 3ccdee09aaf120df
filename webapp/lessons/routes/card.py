"""The page of one lesson."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.lessons import around, booklets, changing, fitting, queries
from webapp.lessons.codes import Verdict
from webapp.lessons.labels import evidence, look_again
from webapp.lessons.lifecycle import OUT, LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.retelling import Told, for_chat, said_before, told
from webapp.lessons.routes.blueprint import bp
from webapp.lessons.routes.trying import own_places
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import beside, numbers
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import DEFAULT_LANGUAGE, language_now
from webapp.web.respond import changed, page
from webapp.web.who import actor

LANGUAGES = {DEFAULT_LANGUAGE: "Nederlands", "en": "English"}
"""Each called as whoever reads it calls it."""


@bp.get("/lessen/<uuid:lesson_id>")
@requires(Can.READ_LESSON, of=queries.lesson)
def lesson(lesson: Lesson) -> Response:
    """The story of a lesson, the line that travels, what it is about, and who tried it too."""
    named, tags = queries.named(lesson.id), around.tags_of(lesson.id)
    tried, own = (around.tried(lesson.id), own_places(lesson)) if lesson.is_out else ((), {})
    heard = {row.organisation_id for row in tried}
    circle = _of_circle(lesson)
    said = told(lesson, (named.organisation or named.town) if named else "", request.args.get("taal", ""))
    return page(
        "lessons/lesson.html",
        lesson=lesson,
        told=said,
        told_in=_languages(lesson, said),
        named=named,
        signed=_signed(named),
        tags=tags,
        related=fitting.related(lesson, (one.id for one in tags), language=language_now()),
        belongings=beside.of([lesson.id], actor()).get(lesson.id, []),
        **_along(lesson, said),
        **circle,
        again=_again(lesson, len(tried)) if circle["change"] is None else "",
        tried=tried,
        own=own,
        unsaid=next((place for place in own if place not in heard), None),
        before=_before(lesson) if named and named.was_said_anew else [],
        evidence=evidence([row.helped for row in tried]),
    )


@bp.post("/lessen/<uuid:lesson_id>/vroeger")
@requires(Can.KEEP_LESSON, sees=Can.READ_LESSON, of=queries.lesson)
def forget_before(lesson: Lesson) -> Response:
    """Let nobody read any more what it said before."""
    Form().refuse_unknown()
    changing.forget_before(lesson, by=actor())
    return changed(url_for("lessons.lesson", lesson_id=lesson.id), message=_("Gone. Only what it says now stays."))


def _of_circle(lesson: Lesson) -> dict[str, Any]:
    """What second readers said while it is not out, and of words for it that wait or were held back: for whoever
    writes it and whoever reads along."""
    if not (can(actor(), Can.EDIT_LESSON, lesson) or can(actor(), Can.SECOND_READ, lesson)):
        return {"reads": (), "change": None}
    if lesson.status not in OUT:
        return {"reads": around.reads(lesson.id), "change": None}
    change = queries.newest_change(lesson.id)
    if change is None or change.verdict is Verdict.APPROVED:
        return {"reads": (), "change": None}
    if change.verdict is Verdict.HELD:
        return {"reads": [row for row in around.reads(lesson.id) if row.change_id == change.id], "change": None}
    lesson.reworded_by_ids = frozenset({change.person_id})
    return {"reads": (), "change": change}


def _again(lesson: Lesson, places: int) -> str:
    """Why somebody who may say that a lesson no longer holds looks at it again, if there is a reason."""
    is_time = lesson.review_on is not None and lesson.review_on <= clock.today()
    is_asked = lesson.is_out and lesson.status is not LessonStatus.OUTDATED and (lesson.doubted_at or is_time)
    if not (is_asked and can(actor(), Can.KEEP_LESSON, lesson)):
        return ""
    return look_again(places, None if lesson.doubted_at else lesson.review_on)


def _along(lesson: Lesson, said: Told) -> dict[str, Any]:
    """What is needed to take a lesson along: the words for a chat, with the address that most may open, and whether it
    stands in the booklet at hand. Nothing for one that may not leave."""
    me = actor().person_id
    if me is None or not booklets.may_go_along(lesson):
        return {"chat": ""}
    along = numbers.around(booklets.along(me, lesson.id))
    page_of_it = "lessons.public_lesson" if along[booklets.IS_OPEN] else "lessons.lesson"
    chat = for_chat(said, url_for(page_of_it, lesson_id=lesson.id, _external=True))
    return {"chat": chat, "in_booklet": along[booklets.IN_HAND]}


def _before(lesson: Lesson) -> list[tuple[Any, list[tuple[str, str]]]]:
    return [(row, said_before(row.was)) for row in around.before(lesson.id)]


def _languages(lesson: Lesson, said: Told) -> list[tuple[str, str, bool]]:
    """The switch between languages, for a lesson that is told in more than one."""
    there = {DEFAULT_LANGUAGE, *(one.language.value for one in lesson.translations)}
    here = [(code, url_for("lessons.lesson", lesson_id=lesson.id, taal=code)) for code in LANGUAGES if code in there]
    return [(LANGUAGES[code], url, code == said.language) for code, url in here] if len(here) > 1 else []


def _signed(named: object) -> str:
    """Who shared it: somebody of an organisation, the organisation alone once they left, or another town."""
    organisation, author = getattr(named, "organisation", ""), getattr(named, "author", "")
    if organisation and author:
        return _("Shared by %(name)s of %(organisation)s", name=author, organisation=organisation)
    if organisation:
        return _("Shared by %(organisation)s", organisation=organisation)
    town = getattr(named, "town", "")
    return _("From %(town)s", town=town) if town else ""

"""Saying that a lesson is used in a plan, from the page of the lesson: it then stands in the chain of that part."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.core.errors import Invalid, NotAllowed
from webapp.lessons import queries as lessons
from webapp.lessons.models import Lesson
from webapp.plans import linking, neighbours, usable
from webapp.plans.codes import Link
from webapp.plans.forms.linking import UseForm
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import as_id
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed
from webapp.web.saving import form_page
from webapp.web.who import actor

KINDS = {Link.BARRIER: _l("Barrier"), Link.GOAL: _l("Goal"), Link.ACTION: _l("Action")}


@bp.route("/plannen/lessen/<uuid:lesson_id>", methods=["GET", "POST"])
@requires(Can.TRY_LESSON, sees=Can.READ_LESSON, of=lessons.lesson)
def use_lesson(lesson: Lesson) -> Response:
    """Say in which part of a plan a lesson is used."""
    form: Any = UseForm()
    choices = _choices()
    form.thing.choices = {"": [("", _("Choose"))], **choices}
    to = url_for("lessons.lesson", lesson_id=lesson.id, _anchor="gebruikt")
    if form.submitted():
        try:
            _link(lesson, form.thing.data)
            return changed(to, message=_("Noted. The plan shows this lesson in its chain."))
        except (Invalid, NotAllowed):
            form.take({"thing": _("This part of a plan can't be chosen any more. Choose another one.")})
    return form_page("plans/use_lesson.html", form, lesson=lesson, has_choice=bool(choices), to=to)


def _choices() -> dict[str, list[tuple[str, str]]]:
    """The parts of plans that one works on, under the title of their plan."""
    named: dict[str, list[tuple[str, str]]] = {}
    for row in usable.parts(actor()):
        kind = word(KINDS[Link(row.kind)])
        named.setdefault(row.plan, []).append((str(row.id), f"{kind}: {row.title}"))
    return named


def _link(lesson: Lesson, chosen: str | None) -> None:
    knot_id = as_id(chosen)
    knot = neighbours.knot(knot_id) if knot_id else None
    if knot is None:
        raise Invalid({"thing": "cannot_be_linked"})
    linking.link(knot, Link.LESSON, lesson.id, by=actor())

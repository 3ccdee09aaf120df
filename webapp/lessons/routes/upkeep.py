"""Keeping what is out right: it no longer holds, it holds after all, look again later, or hold it back."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.lessons import actions, queries
from webapp.lessons.forms.reading import HoldForm, LookAgainForm, WhyForm
from webapp.lessons.labels import in_words
from webapp.lessons.models import Lesson
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

keeps = requires(Can.KEEP_LESSON, sees=Can.READ_LESSON, of=queries.lesson)


@bp.route("/lessen/<uuid:lesson_id>/verouderd", methods=["GET", "POST"])
@keeps
def outdate(lesson: Lesson) -> Response:
    """It is no longer so."""
    form = WhyForm()
    if not form.submitted():
        return form_page("lessons/outdate.html", form, lesson=lesson)
    actions.outdate(lesson, form.why.data or "", by=actor())
    return changed(_to(lesson), message=_("Marked. It stays readable, with your reason above it."))


@bp.post("/lessen/<uuid:lesson_id>/klopt-weer")
@keeps
def renew(lesson: Lesson) -> Response:
    """It holds after all."""
    Form().refuse_unknown()
    actions.renew(lesson, by=actor(), review_on=None)
    return changed(_to(lesson), message=_("It holds again."))


@bp.route("/lessen/<uuid:lesson_id>/nog-eens-kijken", methods=["GET", "POST"])
@keeps
def still_holds(lesson: Lesson) -> Response:
    """Somebody looked: it still holds."""
    form = LookAgainForm()
    if form.submitted():
        with saving(form, in_words):
            actions.look_again(lesson, form.review_on.data, by=actor())
            return changed(_to(lesson), message=_("Noted: it still holds."))
    return form_page("lessons/still_holds.html", form, lesson=lesson)


@bp.route("/lessen/<uuid:lesson_id>/terughouden", methods=["GET", "POST"])
@requires(Can.SECOND_READ, sees=Can.READ_LESSON, of=queries.lesson)
def hold(lesson: Lesson) -> Response:
    """Hold back what is out."""
    form = HoldForm()
    if not form.submitted():
        return form_page("lessons/hold.html", form, lesson=lesson)
    actions.hold(lesson, form.why.data or "", by=actor())
    return changed(_to(lesson), message=_("Held back. Its writer reads why."))


def _to(lesson: Lesson) -> str:
    return url_for("lessons.lesson", lesson_id=lesson.id)

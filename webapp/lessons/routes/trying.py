"""We tried this too: saying what became of a lesson at one's own place, saying it anew, and taking it back."""

import uuid
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.lessons import around, queries, trying
from webapp.lessons.forms.trying import TakeBackForm, TriedForm
from webapp.lessons.models import Lesson
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page
from webapp.web.who import actor

PLACE = "wij-ook"
tries = requires(Can.TRY_LESSON, sees=Can.READ_LESSON, of=queries.lesson)


def own_places(lesson: Lesson) -> dict[uuid.UUID, str]:
    """The organisations for which somebody may say what became of a lesson: theirs, but not the one that wrote it."""
    seats = (seat for seat in actor().seats if seat.organisation_id != lesson.organisation_id)
    return {seat.organisation_id: seat.organisation_name for seat in seats}


def _page_of(lesson: Lesson) -> str:
    return url_for("lessons.lesson", lesson_id=lesson.id, _anchor=PLACE)


@bp.route("/lessen/<uuid:lesson_id>/ook", methods=["GET", "POST"])
@tries
def say_tried(lesson: Lesson) -> Response:
    """Say what became of it at one's own place, or say that anew."""
    places = own_places(lesson)
    if not places:
        return page("lessons/say_tried.html", lesson=lesson, places=places, to=_page_of(lesson))
    asked = request.args.get("voor")
    place = next((one for one in places if str(one) == asked), next(iter(places)))
    stood = around.tried_at(lesson.id, place)
    form = TriedForm(obj=stood, organisation=str(place))
    form.organisation.offer({place: places[place]} if stood else places)
    shown: dict[str, Any] = {"lesson": lesson, "places": places, "stood": stood, "place": place, "to": _page_of(lesson)}
    if form.submitted():
        there = around.tried_at(lesson.id, form.organisation.chosen)
        if there is None or form.has_seen(there.version):
            trying.say(lesson, form.organisation.chosen, form.saw(), by=actor())
            return changed(_page_of(lesson), message=_("Thank you. This is how a lesson grows."))
        form.renew(there.version)  # somebody of the same place was first: sent once more, it replaces their words
        shown["meanwhile"] = there
    return form_page("lessons/say_tried.html", form, **shown)


@bp.post("/lessen/<uuid:lesson_id>/ook/intrekken")
@tries
def take_tried_back(lesson: Lesson) -> Response:
    """Take it back, for good."""
    form = TakeBackForm()
    form.organisation.offer(own_places(lesson))
    if form.submitted():
        trying.take_back(lesson, form.organisation.chosen, by=actor())
    return changed(_page_of(lesson), message=_("Taken back. Nothing of it stays."))

"""Lessons that a decision or an agenda item uses: linking them, by whoever takes part in its group."""

from typing import Any, NamedTuple

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from webapp.lessons import fitting
from webapp.lessons.fitting import Writing
from webapp.meetings import queries as meetings
from webapp.meetings.models import Decision, Topic
from webapp.plans import belonging, linking
from webapp.plans.codes import Link
from webapp.plans.forms.linking import LinkForm, LookForm, UnlinkForm
from webapp.plans.labels import in_words
from webapp.plans.routes.blueprint import bp
from webapp.plans.routes.chain import chosen, linkable
from webapp.policy.permissions import Can
from webapp.web.forms import as_id
from webapp.web.guard import requires
from webapp.web.i18n import language_now
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

PAGE = "plans/used_lessons.html"
of_decision = requires(Can.TAKE_PART, sees=Can.READ_GROUP, of=meetings.decision)
of_topic = requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=meetings.topic)


class User(NamedTuple):
    """What uses lessons, what it says, where one came from, and where lessons are linked, looked for and taken off."""

    thing: Decision | Topic
    words: str
    back: str
    here: str
    look_at: str
    off_at: str


def _decision(decision: Decision) -> User:
    names = ("meetings.decision", "plans.decision_lessons", "plans.look_for_lesson", "plans.unlink_lesson")
    return User(decision, decision.statement, *(url_for(name, decision_id=decision.id) for name in names))


def _topic(topic: Topic) -> User:
    if topic.meeting_id:
        back = url_for("meetings.show", meeting_id=topic.meeting_id)
    else:
        back = url_for("meetings.index", group_id=topic.group_id)
    names = ("plans.topic_lessons", "plans.look_for_topic_lesson", "plans.unlink_topic_lesson")
    return User(topic, topic.title, back, *(url_for(name, topic_id=topic.id) for name in names))


@bp.route("/plannen/beslissingen/<uuid:decision_id>/lessen", methods=["GET", "POST"])
@of_decision
def decision_lessons(decision: Decision) -> Response:
    """Link a decision to a lesson that is used in it."""
    return _link(_decision(decision))


@bp.route("/plannen/punten/<uuid:topic_id>/lessen", methods=["GET", "POST"])
@of_topic
def topic_lessons(topic: Topic) -> Response:
    """Link an agenda item to a lesson to talk about."""
    return _link(_topic(topic))


@bp.route("/plannen/beslissingen/<uuid:decision_id>/lessen/zoek", methods=["GET", "POST"])
@of_decision
def look_for_lesson(decision: Decision) -> Response:
    """Look for an older lesson; see `look_for_link`."""
    return _look(_decision(decision))


@bp.route("/plannen/punten/<uuid:topic_id>/lessen/zoek", methods=["GET", "POST"])
@of_topic
def look_for_topic_lesson(topic: Topic) -> Response:
    """Look for an older lesson to talk about."""
    return _look(_topic(topic))


@bp.post("/plannen/beslissingen/<uuid:decision_id>/lessen/los")
@of_decision
def unlink_lesson(decision: Decision) -> Response:
    """The decision does not use this lesson after all."""
    return _unlink(_decision(decision))


@bp.post("/plannen/punten/<uuid:topic_id>/lessen/los")
@of_topic
def unlink_topic_lesson(topic: Topic) -> Response:
    """It is not about this lesson after all."""
    return _unlink(_topic(topic))


def _link(user: User) -> Response:
    form = LinkForm()
    if form.submitted():
        with saving(form, in_words):
            linking.use_in(user.thing, chosen(form.thing.data), by=actor())
            return changed(user.here, message=_("Linked. It shows on both sides."))
    return form_page(PAGE, form, **_shown(user, form))


def _shown(user: User, form: LinkForm | None = None, words: str = "") -> dict[str, Any]:
    """The lessons that it uses, and those to choose from: the ones that fit it first."""
    lessons = [row for row in belonging.of([user.thing.id], actor()).get(user.thing.id, []) if row.kind == Link.LESSON]
    shown = linkable((Link.LESSON,), form, words)
    fits = [] if words else fitting.lessons(Writing(frozenset(), user.words), language=language_now())
    if fits:
        choices = shown["form"].thing.choices
        first = {_("Fits with this"): [(f"{Link.LESSON.value}.{row.id}", row.title) for row in fits]}
        shown["form"].thing.choices = {"": choices.pop(""), **first, **choices}
    group = user.thing.group
    return {"user": user, "group": group, "lessons": lessons, "may_use": linking.may_use(group), **shown}


def _look(user: User) -> Response:
    if request.method == "GET":
        return changed(user.here)
    form = LookForm()
    if not form.submitted():
        return invalid(PAGE, **_shown(user) | {"look": form})
    return page(PAGE, **_shown(user, words=form.words.data or ""))


def _unlink(user: User) -> Response:
    form = UnlinkForm()
    if not (form.submitted() and (thing_id := as_id(form.thing.data))):
        abort(400)
    linking.leave_out(user.thing, thing_id, by=actor())
    return changed(user.here, message=_("Not linked any more."))

"""Topics: bringing one in one field, and putting an agenda in order."""

from functools import partial
from typing import Any

from flask import Response, abort, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.groups import guests
from webapp.groups import queries as groups
from webapp.groups.models import Guest, WorkingGroup
from webapp.meetings import agenda, queries
from webapp.meetings.forms import AlongForm, TopicForm
from webapp.meetings.labels import in_words
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Meeting, Topic
from webapp.meetings.routes.blueprint import bp, to
from webapp.meetings.routes.planning import listed
from webapp.meetings.routes.showing import before, running
from webapp.policy.permissions import Can
from webapp.web.forms import Form, as_id
from webapp.web.guard import requires
from webapp.web.ordering import OrderForm, ShiftForm
from webapp.web.respond import changed, invalid
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.post("/werkgroepen/<uuid:group_id>/punten")
@requires(Can.BRING_TOPIC, sees=Can.SEE_GROUP, of=groups.group)
def bring(group: WorkingGroup) -> Response:
    """Bring a topic, with or without a meeting in sight."""
    form = TopicForm()
    if form.submitted():
        agenda.add(group, form.about(), by=actor())
        return changed(url_for("meetings.index", group_id=group.id), message=_("Noted for a next meeting."))
    return form_page("meetings/index.html", form, **listed(group, form))


@bp.route("/te-gast/<uuid:guest_id>/punten", methods=["GET", "POST"])
@requires(Can.BE_GUEST, of=guests.guest)
def bring_as_guest(place: Guest) -> Response:
    """A guest brings a topic for a next meeting, and sees what they brought themselves. After their last day nothing is
    noted any more, and what they typed is still there to take along."""
    form = TopicForm()
    own = queries.brought(place.group, place.person_id)
    shown: dict[str, Any] = {"place": place, "group": place.group, "form": form, "own": own}
    if not form.submitted():
        return form_page("meetings/bring.html", form, **shown)
    if place.is_over:
        return invalid("meetings/bring.html", status=410, **shown)
    agenda.add(place.group, form.about(), by=actor(), place=place)
    return changed(url_for("meetings.bring_as_guest", guest_id=place.id), message=_("Noted for a next meeting."))


@bp.post("/vergaderingen/<uuid:meeting_id>/punten")
@requires(Can.JOIN_MEETING, sees=Can.READ_MEETING, of=queries.meeting)
def add(meeting: Meeting) -> Response:
    """Bring a topic for this meeting."""
    form = TopicForm()
    if form.submitted():
        agenda.add(meeting.group, form.about(), meeting, by=actor())
        return changed(to(meeting), message=_("It is on the agenda."))
    if meeting.status is MeetingStatus.RUNNING:
        return form_page("meetings/run.html", form, **running(meeting, more=form))
    return form_page("meetings/show.html", form, **before(meeting, form))


@bp.post("/vergaderingen/<uuid:meeting_id>/volgorde")
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.meeting)
def arrange(meeting: Meeting) -> Response:
    """Put the agenda in the order in which it was dragged."""
    agenda.arrange(meeting, OrderForm.sent().ids(), by=actor())
    return changed(to(meeting), fragment="meetings/_agenda.html", shows=partial(before, meeting))


@bp.post("/punten/<uuid:topic_id>/plaats")
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.topic)
def shift(topic: Topic) -> Response:
    """Move a topic one place up or down."""
    form = ShiftForm.sent()
    if topic.meeting is None:  # somebody took it off meanwhile
        raise Conflict
    agenda.shift(topic, form.places, by=actor())
    return changed(to(topic.meeting), fragment="meetings/_agenda.html", shows=partial(before, topic.meeting))


@bp.post("/punten/<uuid:topic_id>/mee")
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.topic)
def take_along(topic: Topic) -> Response:
    """Take a topic to the agenda of a meeting: from the inbox, or from an earlier meeting that did not get to it."""
    form = AlongForm()
    if not form.submitted():
        abort(400)
    meeting = _meeting_of(topic, form.meeting.data)
    if meeting is None:
        raise Conflict
    take = {"move": agenda.carry, "copy": agenda.copy}.get(form.how.data, agenda.put_on)
    take(topic, meeting, by=actor())
    return changed(to(meeting), message=_("It is on the agenda."))


def _meeting_of(topic: Topic, chosen: str | None) -> Meeting | None:
    meeting_id = as_id(chosen)
    found = queries.meeting(meeting_id) if meeting_id else None
    return found if found and found.group_id == topic.group_id else None


@bp.post("/punten/<uuid:topic_id>/terug")
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.topic)
def take_off(topic: Topic) -> Response:
    """Take a topic from an agenda back to the inbox."""
    Form().refuse_unknown()
    meeting = topic.meeting
    agenda.take_off(topic, by=actor())
    return changed(to(meeting) if meeting else _inbox(topic), message=_("It waits in the inbox."))


@bp.post("/punten/<uuid:topic_id>/weg")
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.topic)
def drop(topic: Topic) -> Response:
    """A topic is not needed any more; another tap brings it back."""
    Form().refuse_unknown()
    agenda.drop(topic, by=actor())
    undo = url_for("meetings.bring_back", topic_id=topic.id)
    return changed(_inbox(topic), message=_("Taken away."), undo=undo)


@bp.post("/punten/<uuid:topic_id>/toch-wel")
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.topic)
def bring_back(topic: Topic) -> Response:
    """It is needed after all."""
    Form().refuse_unknown()
    agenda.bring_back(topic, by=actor())
    return changed(_inbox(topic), message=_("It is back."))


@bp.route("/punten/<uuid:topic_id>/bewerken", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.topic)
def edit_topic(topic: Topic) -> Response:
    """Say anew what a topic is about."""
    form = TopicForm(obj=topic)
    if form.submitted():
        with saving(form, in_words, topic):
            agenda.edit(topic, form.about(), by=actor(), version=form.version.data)
            return changed(_inbox(topic), message=_("Saved."))
    return form_page("meetings/edit_topic.html", form, topic=topic, group=topic.group, back_url=_inbox(topic))


def _inbox(topic: Topic) -> str:
    """Where a topic stands: its meeting, or the inbox of its group."""
    return to(topic.meeting) if topic.meeting else url_for("meetings.index", group_id=topic.group_id)

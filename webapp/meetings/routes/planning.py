"""The meetings of a group; planning one, changing it, letting people know, and saying whether one comes."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.meetings import actions, queries
from webapp.meetings.codes import Coming, Told
from webapp.meetings.forms import AnnounceForm, ComingForm, MeetingForm, TopicForm
from webapp.meetings.labels import in_words
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Meeting
from webapp.meetings.routes.blueprint import bp, to
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import beside
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.paging import behind, cut, moment
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/werkgroepen/<uuid:group_id>/vergaderingen")
@requires(Can.READ_GROUP, sees=Can.SEE_GROUP, of=groups.group)
def index(group: WorkingGroup) -> Response:
    """The meetings of a group: what comes, the inbox of topics, and what was."""
    return page("meetings/index.html", **listed(group))


def listed(group: WorkingGroup, form: TopicForm | None = None) -> dict[str, Any]:
    """What the list of meetings shows."""
    takes_part = can(actor(), Can.TAKE_PART, group)
    past = cut(
        queries.closed(group, behind(request.args.get("na"), moment)),
        lambda row: (row.starts_at.isoformat(), row.id),
        queries.PAGE_SIZE,
    )
    coming, inbox = queries.to_come(group), queries.inbox(group)
    return {
        "group": group,
        "form": form or TopicForm(formdata=None),
        "coming": [row for row in coming if takes_part or row.status is not MeetingStatus.DRAFT],
        "past": past.rows,
        "next_url": url_for("meetings.index", group_id=group.id, na=past.next) if past.next else "",
        "inbox": inbox,
        "beside": beside.of([row.id for row in inbox], actor()),
    }


@bp.route("/werkgroepen/<uuid:group_id>/vergaderingen/nieuw", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=groups.group)
def plan(group: WorkingGroup) -> Response:
    """Plan a meeting."""
    form = MeetingForm()
    if form.submitted():
        with saving(form, in_words):
            meeting = actions.plan(group, form.moment(), by=actor())
            return changed(to(meeting), message=_("Planned. Nobody hears of it until you announce it."))
    return form_page("meetings/plan.html", form, group=group)


@bp.route("/vergaderingen/<uuid:meeting_id>/bewerken", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.meeting)
def edit(meeting: Meeting) -> Response:
    """Change when or where a meeting is."""
    form = MeetingForm() if request.method == "POST" else MeetingForm.of(meeting)
    if form.submitted():
        with saving(form, in_words, meeting):
            actions.change(meeting, form.moment(), by=actor(), version=form.version.data)
            return changed(to(meeting), message=_("Saved."))
    return form_page("meetings/edit.html", form, meeting=meeting, group=meeting.group)


@bp.route("/vergaderingen/<uuid:meeting_id>/aankondigen", methods=["GET", "POST"])
@requires(Can.LEAD_GROUP, sees=Can.READ_MEETING, of=queries.meeting)
def announce(meeting: Meeting) -> Response:
    """Ask once whom to tell, and tell them."""
    form = AnnounceForm(told=Told.MEMBERS)
    if not form.submitted():
        return form_page("meetings/announce.html", form, meeting=meeting, group=meeting.group)
    actions.announce(meeting, form.told.data, by=actor())
    return changed(to(meeting), message=_("Announced."))


@bp.post("/vergaderingen/<uuid:meeting_id>/afgelasten")
@requires(Can.LEAD_GROUP, sees=Can.READ_MEETING, of=queries.meeting)
def call_off(meeting: Meeting) -> Response:
    """It does not take place."""
    Form().refuse_unknown()
    actions.call_off(meeting, by=actor())
    message = _("Called off. What was on the agenda waits in the inbox.")
    return changed(url_for("meetings.index", group_id=meeting.group_id), message=message)


@bp.post("/vergaderingen/<uuid:meeting_id>/kom-je")
@requires(Can.JOIN_MEETING, sees=Can.READ_MEETING, of=queries.meeting)
def answer(meeting: Meeting) -> Response:
    """Say whether one comes, in one tap; whoever did so on the first page stays there."""
    form = ComingForm()
    if form.submitted():
        actions.answer(meeting, form.coming.data, by=actor())
    said = {Coming.YES: _("Good. See you there."), Coming.MAYBE: _("Noted: maybe.")}
    there = url_for("today.today") if "vandaag" in request.args else to(meeting)
    return changed(there, message=said.get(form.coming.data, _("Noted. You get the minutes.")))

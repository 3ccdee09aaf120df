"""One meeting as it stands: before it, while it goes on, and after it."""

from typing import Any

from flask import Response, request, url_for

from webapp.groups import choosing, items
from webapp.meetings import handouts, queries, record
from webapp.meetings.forms import CaptureForm, HeadsForm, ObjectionForm, TopicForm
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus
from webapp.meetings.models import Meeting
from webapp.meetings.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import beside, numbers
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.who import actor


@bp.get("/vergaderingen/<uuid:meeting_id>")
@requires(Can.READ_MEETING, of=queries.meeting)
def show(meeting: Meeting) -> Response:
    """A meeting, in the way that fits where it stands."""
    if meeting.status is MeetingStatus.RUNNING:
        return page("meetings/run.html", **running(meeting))
    if meeting.status is MeetingStatus.CLOSED:
        return page("meetings/minutes.html", **over(meeting))
    return page("meetings/show.html", **before(meeting))


def before(meeting: Meeting, form: TopicForm | None = None) -> dict[str, Any]:
    """What a meeting that is still to come shows: the agenda, who comes, and what could go on it."""
    takes_part = can(actor(), Can.TAKE_PART, meeting)
    answers = record.by_name(numbers.around(record.beside(meeting.id))[record.ANSWERS])
    agenda = queries.agenda(meeting.id)
    return {
        "meeting": meeting,
        "group": meeting.group,
        "agenda": agenda,
        "beside": beside.of([row.id for row in agenda], actor()),
        "answers": answers,
        "mine": next((row.coming for row in answers if row.person_id == actor().person_id), None),
        "inbox": queries.inbox(meeting.group) if takes_part else (),
        "left_over": queries.unfinished(meeting.group) if takes_part else (),
        "open_items": items.of_group(meeting.group, most=items.MOST_COUNTED) if takes_part else (),
        "form": form or TopicForm(formdata=None),
    }


def running(meeting: Meeting, **forms: Any) -> dict[str, Any]:
    """What a meeting that goes on shows. `here` is the topic in front: the one asked for, the one that runs, or the
    first that waits."""
    agenda = [row for row in queries.agenda(meeting.id) if row.status is not TopicStatus.MOVED]
    here = _in_front(agenda, request.args.get("punt", ""))
    present, writing = record.room(meeting.id)
    lines = record.lines_under(here.id) if here else ()
    proposals = [row for row in lines if row.decision_status is DecisionStatus.PROPOSED]
    typed = next(
        (row.words for row in writing if here and row.topic_id == here.id and row.person_id == actor().person_id), ""
    )
    return {
        "meeting": meeting,
        "group": meeting.group,
        "agenda": agenda,
        "here": here,
        "number": agenda.index(here) + 1 if here else 0,
        "following": _following(agenda, here),
        "belongings": beside.of([here.id], actor()).get(here.id) if here else None,
        "lines": lines,
        "proposals": proposals,
        "present": present,
        "writing": [row for row in writing if row.person_id != actor().person_id],
        "guests": meeting.guests,
        "owners": choosing.names(meeting.group) if can(actor(), Can.TAKE_PART, meeting) else [],
        "capture": CaptureForm(formdata=None, words=typed),
        "objection": ObjectionForm(formdata=None) if proposals else None,
        "heads": HeadsForm(formdata=None, heads=meeting.head_count),
        "more": TopicForm(formdata=None),
    } | forms


def _in_front(agenda: list[Any], wanted: str) -> Any:
    runs = [row for row in agenda if row.status is TopicStatus.RUNNING]
    waits = [row for row in agenda if row.status is TopicStatus.WAITING]
    asked = [row for row in agenda if str(row.id) == wanted]
    return next(iter([*asked, *runs, *waits, *agenda[-1:]]), None)


def _following(agenda: list[Any], here: Any) -> Any:
    """The next topic that waits, after the one in front; its number with it."""
    if here is None:
        return None
    after = agenda[agenda.index(here) + 1 :]
    return next(((agenda.index(row) + 1, row) for row in after if row.status is TopicStatus.WAITING), None)


def over(meeting: Meeting) -> dict[str, Any]:
    """The minutes of a meeting."""
    found = numbers.around(record.beside(meeting.id))
    answers = record.by_name(found[record.ANSWERS])
    agenda = queries.agenda(meeting.id)
    lines = record.lines(meeting.id)
    shown: dict[str, Any] = {
        "meeting": meeting,
        "group": meeting.group,
        "agenda": agenda,
        "lines": lines,
        "beside": beside.of([row.id for row in agenda], actor()),
        "there": [row.name for row in answers if row.is_present],
        "not_there": [row.name for row in answers if not row.is_present and row.coming == "no"],
        "short_url": url_for("meetings.by_code", code=meeting.code, _external=True),
        "reopened_at": found[record.REOPENED],
    }
    return shown | {"chat": handouts.for_chat(shown)}

"""Closing in one screen, the minutes as a page and on paper, the short link, and opening again."""

from typing import Any

from flask import Response, make_response, redirect
from flask_babel import gettext as _

from webapp.meetings import handouts, queries, record, settling
from webapp.meetings.codes import LineKind, Told
from webapp.meetings.forms import CloseForm
from webapp.meetings.labels import in_words
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus
from webapp.meetings.models import Meeting
from webapp.meetings.routes.blueprint import bp, to
from webapp.meetings.routes.showing import over
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.settings import current_settings
from webapp.web.who import actor


@bp.route("/vergaderingen/<uuid:meeting_id>/sluiten", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.meeting)
def close(meeting: Meeting) -> Response:
    """Close: a summary, how many were there, who gets the minutes."""
    answers = record.answers(meeting.id)
    told = Told.MEMBERS if meeting.told is Told.NOBODY else meeting.told
    form = CloseForm(summary=meeting.summary, heads=meeting.head_count, told=told, version=meeting.version)
    if form.submitted():
        goes_on = meeting.status is MeetingStatus.RUNNING  # otherwise there is nothing to close any more
        with saving(form, in_words, meeting if goes_on else None):
            settling.close(meeting, form.closing(), by=actor(), version=form.version.data)
            return changed(to(meeting), message=_("Closed. The minutes are there."))
    there = [row for row in answers if row.is_present]
    return form_page("meetings/close.html", form, **_closing(meeting, form), there=there)


def _closing(meeting: Meeting, form: CloseForm) -> dict[str, Any]:
    lines = [row for rows in record.lines(meeting.id).values() for row in rows]
    agenda = queries.agenda(meeting.id)
    return {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "decisions": [
            row for row in lines if row.kind is LineKind.DECISION and row.decision_status is not DecisionStatus.DROPPED
        ],
        "actions": [row for row in lines if row.kind is LineKind.ACTION],
        "left": [row for row in agenda if row.status in (TopicStatus.WAITING, TopicStatus.UNFINISHED)],
    }


@bp.post("/vergaderingen/<uuid:meeting_id>/heropenen")
@requires(Can.LEAD_GROUP, sees=Can.READ_MEETING, of=queries.meeting)
def reopen(meeting: Meeting) -> Response:
    """Open the minutes again, to mend them."""
    Form().refuse_unknown()
    settling.reopen(meeting, by=actor())
    return changed(to(meeting), message=_("Open again. Close when you're done: then everybody gets the minutes anew."))


@bp.get("/vergaderingen/<uuid:meeting_id>/verslag.pdf")
@requires(Can.READ_MEETING, of=queries.meeting)
def paper(meeting: Meeting) -> Response:
    """The minutes on paper. Whoever takes those of a group about integrity is written down, or gets nothing."""
    record.note_taken(meeting, by=actor())
    made = handouts.minutes(over(meeting), current_settings().town)
    return as_download(Response(made, content_type="application/pdf"), f"verslag-{meeting.starts_at:%Y-%m-%d}.pdf")


@bp.get("/m/<code>")
@requires(Can.READ_MEETING, of=queries.by_code)
def by_code(meeting: Meeting) -> Response:
    """The short link in a chat: whoever may read the minutes comes to them, and nobody else."""
    return make_response(redirect(to(meeting)))

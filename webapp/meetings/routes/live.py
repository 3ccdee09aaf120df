"""A meeting that goes on: whose turn it is, writing lines, who is there, and staying in step with the others."""

import uuid
from functools import partial
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict, Invalid
from webapp.meetings import minutes, queries, record, settling
from webapp.meetings.forms import CaptureForm, HeadsForm, LineForm, TickForm
from webapp.meetings.labels import in_words
from webapp.meetings.models import Meeting, MinuteLine, Topic
from webapp.meetings.routes.blueprint import bp, to
from webapp.meetings.routes.showing import running
from webapp.policy.permissions import Can
from webapp.web import once, respond
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid, page, wants_fragment
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

PARTS = "meetings/_run_parts.html"


@bp.post("/vergaderingen/<uuid:meeting_id>/begin")
@requires(Can.TAKE_PART, sees=Can.READ_MEETING, of=queries.meeting)
def begin(meeting: Meeting) -> Response:
    """Begin."""
    Form().refuse_unknown()
    settling.begin(meeting, by=actor())
    return changed(to(meeting), message=_("We've begun. What you write down is saved at once."))


def _beat(meeting_id: uuid.UUID) -> record.Beat | None:
    return record.beat(meeting_id, actor())


@bp.get("/vergaderingen/<uuid:meeting_id>/stand")
@requires(Can.READ_MEETING, of=_beat)
def pulse(meeting: record.Beat) -> Response:
    """Whether anything changed since the number that the page knows."""
    return respond.pulse(meeting.pulse)


@bp.get("/vergaderingen/<uuid:meeting_id>/nu")
@requires(Can.READ_MEETING, of=queries.meeting)
def now(meeting: Meeting) -> Response:
    """The parts of the page that change, for whoever is there; whoever opens it by itself gets the whole page."""
    if not wants_fragment():
        return make_response(redirect(to(meeting), 303))
    return page(PARTS, **running(meeting))


@bp.post("/punten/<uuid:topic_id>/aan-de-beurt")
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.topic)
def take_up(topic: Topic) -> Response:
    """It is this topic's turn."""
    Form().refuse_unknown()
    minutes.take_up(topic, by=actor())
    return changed(_at(topic))


@bp.post("/punten/<uuid:topic_id>/besproken")
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.topic)
def finish_topic(topic: Topic) -> Response:
    """A topic is talked out."""
    Form().refuse_unknown()
    minutes.finish(topic, by=actor())
    return changed(_at(topic))


@bp.post("/punten/<uuid:topic_id>/regels")
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.topic)
def write(topic: Topic) -> Response:
    """Put a line down under a topic."""
    form = CaptureForm()
    if form.submitted():
        with saving(form, in_words):
            minutes.write(topic, *form.line(topic.group), by=actor())
            return changed(_at(topic), fragment="meetings/_written.html", shows=partial(_running, topic))
    return form_page("meetings/run.html", form, "meetings/_capture.html", **_running(topic, capture=form))


def _running(topic: Topic, **forms: Any) -> dict[str, Any]:
    if topic.meeting is None:
        raise Conflict()
    return running(topic.meeting, **forms)


def _at(topic: Topic) -> str:
    return url_for("meetings.show", meeting_id=topic.meeting_id, punt=topic.id)


@bp.post("/punten/<uuid:topic_id>/typt")
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.topic)
def type_along(topic: Topic) -> Response:
    """Keep what somebody types under a topic."""
    form = CaptureForm()
    form.refuse_unknown()
    if not once.was_sent(url_for("meetings.write", topic_id=topic.id)):
        minutes.keep_typing(topic, form.words.data or "", by=actor())
    return make_response("", 204)


@bp.route("/verslagregels/<uuid:line_id>", methods=["GET", "POST"])
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.line)
def reword(line: MinuteLine) -> Response:
    """Change a line. Whoever changed it meanwhile loses nothing: both texts stand side by side."""
    form = LineForm(rev=line.rev) if request.method == "POST" else LineForm(words=minutes.words_of(line), rev=line.rev)
    topic = line.topic
    shown: dict[str, Any] = {"line": line, "topic": topic, "group": topic.group, "form": form, "back_url": _at(topic)}
    if not form.submitted():
        return form_page("meetings/reword.html", form, **shown)
    try:
        minutes.reword(line, form.words.data or "", by=actor(), rev=form.rev.data)
    except Invalid as refusal:
        form.take(in_words(refusal.errors))
        return invalid("meetings/reword.html", **shown)
    except Conflict:
        if line.rev == form.rev.data:
            raise
        form.rev.raw_data, form.rev.data = None, line.rev
        return invalid("meetings/reword.html", status=409, theirs=minutes.words_of(line), **shown)
    return changed(_at(topic), message=_("Saved."))


@bp.post("/verslagregels/<uuid:line_id>/weg")
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.line)
def take_out(line: MinuteLine) -> Response:
    """Take a line out of the minutes."""
    Form().refuse_unknown()
    back = _at(line.topic)
    minutes.take_out(line, by=actor())
    return changed(back, message=_("Taken out."))


@bp.post("/vergaderingen/<uuid:meeting_id>/aanwezig")
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.meeting)
def tick(meeting: Meeting) -> Response:
    """Somebody is there, or is not after all; in one tap."""
    form = TickForm()
    if form.submitted():
        minutes.tick(meeting, form.who(), is_present=bool(form.there.data), by=actor())
    return changed(to(meeting), fragment=PARTS, shows=partial(running, meeting))


@bp.post("/vergaderingen/<uuid:meeting_id>/hoeveel")
@requires(Can.WRITE_MINUTES, sees=Can.READ_MEETING, of=queries.meeting)
def count_heads(meeting: Meeting) -> Response:
    """How many are there, for whoever would rather count."""
    form = HeadsForm()
    if form.submitted():
        minutes.count_heads(meeting, form.heads.data, by=actor())
        return changed(to(meeting), message=_("Counted."))
    return form_page("meetings/run.html", form, **running(meeting, heads=form))


@bp.get("/vergaderingen/<uuid:meeting_id>/scherm")
@requires(Can.READ_MEETING, of=queries.meeting)
def screen(meeting: Meeting) -> Response:
    """What goes on, large, for the projector."""
    return page("meetings/screen.html", fragment="meetings/_screen.html", **running(meeting))

"""Mails about a meeting: announced, changed, called off, or gone for whoever left the group. Each holds an invitation
that calendars understand; answering there is not needed and does no harm. Of a confidential group a mail holds the
hours and nothing else."""

import uuid
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.core.outbox import Claimed
from webapp.groups.codes import Visibility
from webapp.meetings import actions, handouts, queries
from webapp.meetings.labels import hours, when_where
from webapp.meetings.models import Meeting
from webapp.notifications import registry
from webapp.notifications.kinds import Attention, NoticeKind, Subject
from webapp.notifications.mail import Invitation, Letter, letter, with_way_out
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader, choices
from webapp.notifications.queries import reader as reader_of
from webapp.web import ical
from webapp.web.dates import long_day
from webapp.web.settings import current_settings

TOLD = (NoticeKind.MEETING_ANNOUNCED, NoticeKind.MEETING_CHANGED)


@registry.letters_for(*TOLD, NoticeKind.MEETING_CALLED_OFF)
def told(notice: Notice, reader: Reader) -> Letter | None:
    """What the reader's calendar should hold now; nothing when it was overtaken, or is not theirs any more."""
    return _now(notice.thing_id, notice.kind, reader)


@letter(actions.OWN_COPY)
def own_copy(job: Claimed) -> Letter | None:
    """The same for whoever announced the meeting, or called it off."""
    kind, reader = NoticeKind(job.payload["kind"]), _wanting(job)
    written = _now(uuid.UUID(job.payload["meeting"]), kind, reader) if reader else None
    return with_way_out(written, reader.person_id, Subject.GROUPS) if reader else None


@letter(actions.LEFT)
def left(job: Claimed) -> Letter | None:
    """A meeting leaves the calendar of whoever left the group; nothing for whoever takes part in it in another way."""
    meeting, reader = queries.meeting(uuid.UUID(job.payload["meeting"])), _wanting(job)
    if meeting is None or reader is None or reader.person_id in actions.invited(meeting):
        return None
    group, day = meeting.group, long_day(meeting.starts_at)
    is_secret = group.visibility is Visibility.CONFIDENTIAL
    subject = (
        _("A meeting leaves your calendar")
        if is_secret
        else _("Leaves your calendar: %(group)s, %(day)s", group=group.name, day=day)
    )
    event = _event(meeting, reader)
    gone = ical.calendar(replace(event, sequence=meeting.sequence + 1), method=ical.Method.CANCEL)
    written = _letter(meeting, reader, subject, Invitation(ical.Method.CANCEL, gone), is_left=True)
    return with_way_out(written, reader.person_id, Subject.GROUPS)


def _wanting(job: Claimed) -> Reader | None:
    """Whom a job is for, as long as they want mail about groups at once."""
    person_id = uuid.UUID(job.payload["person"])
    wants = choices([person_id])[person_id].way(NoticeKind.MEETING_ANNOUNCED) is Attention.AT_ONCE
    return reader_of(person_id) if wants else None


def _now(meeting_id: uuid.UUID, kind: NoticeKind, reader: Reader) -> Letter | None:
    meeting = queries.meeting(meeting_id)
    if meeting is None or reader.person_id not in actions.invited(meeting):
        return None
    is_off = kind is NoticeKind.MEETING_CALLED_OFF
    if is_off != (meeting.called_off_at is not None):
        return None
    method = ical.Method.CANCEL if is_off else ical.Method.REQUEST
    invitation = Invitation(method, ical.calendar(_event(meeting, reader), method=method))
    is_changed = kind is NoticeKind.MEETING_CHANGED
    return _letter(meeting, reader, _subject(kind, meeting), invitation, is_off=is_off, is_changed=is_changed)


def _letter(meeting: Meeting, reader: Reader, subject: str, invitation: Invitation, **about: bool) -> Letter:
    is_secret = meeting.group.visibility is Visibility.CONFIDENTIAL
    context: dict[str, object] = {
        "url": url_for("meetings.show", meeting_id=meeting.id, _external=True),
        "group": "" if is_secret else meeting.group.name,
        "title": "" if is_secret else meeting.title,
        "when": f"{long_day(meeting.starts_at)}, {hours(meeting) if is_secret else when_where(meeting)}",
    }
    context |= {"is_off": False, "is_changed": False, "is_left": False} | about
    return Letter(reader.email, reader.name, subject, "meeting", context, invitation=invitation)


def _event(meeting: Meeting, reader: Reader) -> ical.Event:
    settings = current_settings()
    name, address = parseaddr(settings.mail_from)
    parties: dict[str, Any] = {
        "organiser": ical.Party(name or "Brug", address),
        "invited": ical.Party(reader.name, reader.email),
        "changed_at": clock.now(),
    }
    return handouts.event(meeting, meeting.group.name, silent=handouts.is_silent(meeting.group), **parties)


def _subject(kind: NoticeKind, meeting: Meeting) -> str:
    """Which group and which day; of a confidential group neither."""
    if meeting.group.visibility is Visibility.CONFIDENTIAL:
        return {
            NoticeKind.MEETING_ANNOUNCED: _("You are invited to a meeting"),
            NoticeKind.MEETING_CHANGED: _("Something changed about a meeting"),
            NoticeKind.MEETING_CALLED_OFF: _("A meeting does not take place"),
        }[kind]
    group, day = meeting.group.name, long_day(meeting.starts_at)
    return {
        NoticeKind.MEETING_ANNOUNCED: _("%(group)s meets on %(day)s. Do you come?", group=group, day=day),
        NoticeKind.MEETING_CHANGED: _("Changed: %(group)s, %(day)s", group=group, day=day),
        NoticeKind.MEETING_CALLED_OFF: _("Does not take place: %(group)s, %(day)s", group=group, day=day),
    }[kind]

"""Mails about a meeting: announced, changed, called off. Each holds an invitation that calendars understand; answering
there is not needed and does no harm. Of a confidential group a mail holds the hours and nothing else."""

from email.utils import parseaddr
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from webapp.config import Settings
from webapp.core import clock
from webapp.groups.codes import Visibility
from webapp.meetings import actions, handouts, queries
from webapp.meetings.labels import hours, when_where
from webapp.meetings.models import Meeting
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import Invitation, Letter
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader
from webapp.web import ical
from webapp.web.dates import long_day

TOLD = (NoticeKind.MEETING_ANNOUNCED, NoticeKind.MEETING_CHANGED)


@registry.letters_for(*TOLD, NoticeKind.MEETING_CALLED_OFF)
def told(notice: Notice, reader: Reader) -> Letter | None:
    """What the reader's calendar should hold now; nothing when it was overtaken, or is not theirs any more."""
    meeting = queries.meeting(notice.thing_id)
    if meeting is None or reader.person_id not in actions.invited(meeting):
        return None
    is_off = notice.kind is NoticeKind.MEETING_CALLED_OFF
    if is_off != (meeting.called_off_at is not None):
        return None
    is_secret = meeting.group.visibility is Visibility.CONFIDENTIAL
    context: dict[str, object] = {
        "url": url_for("meetings.show", meeting_id=meeting.id, _external=True),
        "group": "" if is_secret else meeting.group.name,
        "title": "" if is_secret else meeting.title,
        "when": f"{long_day(meeting.starts_at)}, {hours(meeting) if is_secret else when_where(meeting)}",
        "is_changed": notice.kind is NoticeKind.MEETING_CHANGED,
        "is_off": is_off,
    }
    method = ical.Method.CANCEL if is_off else ical.Method.REQUEST
    invitation = Invitation(method, ical.calendar(_event(meeting, reader), method=method))
    subject = _subject(notice.kind, meeting, is_secret=is_secret)
    return Letter(reader.email, reader.name, subject, "meeting", context, invitation=invitation)


def _event(meeting: Meeting, reader: Reader) -> ical.Event:
    settings: Settings = current_app.config["SETTINGS"]
    name, address = parseaddr(settings.mail_from)
    parties: dict[str, Any] = {
        "organiser": ical.Party(name or "Brug", address),
        "invited": ical.Party(reader.name, reader.email),
        "changed_at": clock.now(),
    }
    return handouts.event(meeting, meeting.group.name, meeting.group.visibility, **parties)


def _subject(kind: NoticeKind, meeting: Meeting, *, is_secret: bool) -> str:
    """Which group and which day; of a confidential group neither."""
    if is_secret:
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

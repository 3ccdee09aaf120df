"""What meetings put on the first page: one that goes on, and invitations that want an answer."""

import uuid
from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.meetings import waiting
from webapp.meetings.codes import Coming
from webapp.meetings.labels import COMING_ICONS, COMING_LABELS, when_where
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.waiting import Awaited
from webapp.policy.actor import Actor
from webapp.web import numbers
from webapp.web.dates import long_day
from webapp.web.i18n import word
from webapp.web.needs import Need, Urgency, Way


def all_needs(_actor: Actor) -> Iterator[Need]:
    """What waits for this person."""
    yield from (_need(row) for row in waiting.waiting(numbers.around().get(waiting.WAITING)))


def key_of(meeting_id: uuid.UUID) -> str:
    """How the first page knows what a meeting wants of somebody."""
    return f"meeting-{meeting_id}"


def _need(row: Awaited) -> Need:
    href = url_for("meetings.show", meeting_id=row.id)
    if row.status is MeetingStatus.RUNNING:
        return Need(
            key=key_of(row.id), urgency=Urgency.NOW, since=row.since, title=row.title or row.group,
            line=_("The meeting of %(group)s is going on.", group=row.group), icon="calendar-days", is_question=False,
            ways=(Way(_("Join in"), href),),
        )  # fmt: skip
    answer = url_for("meetings.answer", meeting_id=row.id, vandaag=1)
    tapped = (Way(word(COMING_LABELS[one]), answer, COMING_ICONS[one], {"coming": one.value}) for one in Coming)
    title = _("%(group)s meets on %(day)s. Do you come?", group=row.group, day=long_day(row.starts_at))
    return Need(
        key=key_of(row.id), urgency=Urgency.MOMENT, since=row.since, title=title,
        line=when_where(row), icon="calendar-days", is_question=False, ways=(*tapped, Way(_("Look"), href)),
    )  # fmt: skip

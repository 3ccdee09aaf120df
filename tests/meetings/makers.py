"""Meetings to test with, of the group of tests.groups.makers."""

from datetime import datetime, timedelta

from tests.groups import makers
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.meetings import actions, agenda, deciding, minutes, queries, settling
from webapp.meetings.actions import Moment
from webapp.meetings.agenda import About
from webapp.meetings.codes import LineKind, Told, Wish
from webapp.meetings.models import Meeting, MinuteLine, Topic
from webapp.meetings.settling import Closing

HOUR = timedelta(hours=1)


def soon(days: int = 7, hours: int = 2) -> Moment:
    """A moment in so many days."""
    begins: datetime = clock.now() + timedelta(days=days)
    return Moment(begins, begins + hours * HOUR, "Zaal De Sluis", title="")


def draft(cast: Cast, visibility: Visibility = Visibility.OPEN, group: WorkingGroup | None = None) -> Meeting:
    """A meeting that hilde planned."""
    group = group or makers.group(cast, visibility)
    made = actions.plan(group, soon(), by=cast.actor("hilde"))
    groups.with_members(made.group)
    return made


def announced(cast: Cast, visibility: Visibility = Visibility.OPEN, group: WorkingGroup | None = None) -> Meeting:
    """A meeting that the members heard of."""
    made = draft(cast, visibility, group)
    actions.announce(made, Told.MEMBERS, by=cast.actor("noor"))
    return made


def topic(cast: Cast, meeting: Meeting, title: str = "Limonade vooraan", who: str = "bram") -> Topic:
    """A topic on its agenda."""
    return agenda.add(meeting.group, About(title, Wish.TALK, 10), meeting, by=cast.actor(who))


def running(cast: Cast, visibility: Visibility = Visibility.OPEN) -> Meeting:
    """A meeting that goes on, with a topic in front."""
    made = announced(cast, visibility)
    first = topic(cast, made)
    settling.begin(made, by=cast.actor("noor"))
    minutes.take_up(queries.topic(first.id) or first, by=cast.actor("noor"))
    return made


def line(cast: Cast, meeting: Meeting, kind: LineKind = LineKind.NOTE, words: str = "Dat proberen we") -> MinuteLine:
    """A line that bram wrote under its first topic."""
    first = queries.topic(queries.agenda(meeting.id)[0].id)
    if first is None:
        raise LookupError("a meeting that goes on has a topic")
    made = minutes.write(first, kind, words, by=cast.actor("bram"))
    db.session.flush()
    return made


def going_on(cast: Cast, times: int) -> Meeting:
    """A meeting that goes on, with so many topics, lines of each kind and topics that wait."""
    made = running(cast)
    for number in range(times):
        topic(cast, made, f"Punt {number}")
        agenda.add(made.group, About(f"Later {number}"), by=cast.actor("bram"))
        for kind in LineKind:
            written = line(cast, made, kind, f"Regel {number}")
            if written.decision and number % 2:
                deciding.decide(written.decision, by=cast.actor("bram"))
    return made


def close(cast: Cast, meeting: Meeting) -> None:
    """Close it."""
    settling.close(meeting, Closing("Het ging goed."), by=cast.actor("noor"))


def closed(cast: Cast, visibility: Visibility = Visibility.OPEN) -> Meeting:
    """A meeting that is over, with a line in its minutes."""
    made = running(cast, visibility)
    line(cast, made)
    close(cast, made)
    return made

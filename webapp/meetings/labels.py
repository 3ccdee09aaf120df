"""Meetings in words."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.groups.labels import ITEM_LABELS, item_words, owner_words
from webapp.groups.lifecycle import ItemStatus
from webapp.meetings import record
from webapp.meetings.codes import Coming, DecidedBy, LineKind, Told, Wish
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus
from webapp.vocabulary.words import _l
from webapp.web.dates import clock_time, plain_day, short_day
from webapp.web.i18n import sentences, word

NEAR = timedelta(hours=1)

MEETING_LABELS: dict[MeetingStatus, str] = {
    MeetingStatus.DRAFT: _l("Draft"),
    MeetingStatus.ANNOUNCED: _l("Announced"),
    MeetingStatus.RUNNING: _l("Going on"),
    MeetingStatus.CLOSED: _l("Closed"),
}

WISH_LABELS: dict[Wish, str] = {
    Wish.INFORM: _l("to inform"),
    Wish.TALK: _l("to talk about"),
    Wish.DECIDE: _l("to decide"),
}
WISH_ICONS: dict[Wish, str] = {Wish.INFORM: "info", Wish.TALK: "messages-square", Wish.DECIDE: "handshake"}

COMING_LABELS: dict[Coming, str] = {
    Coming.YES: _l("I'll be there"),
    Coming.MAYBE: _l("Maybe"),
    Coming.NO: _l("Can't come"),
}
SAID_LABELS: dict[Coming, str] = {
    Coming.YES: _l("comes"),
    Coming.MAYBE: _l("perhaps"),
    Coming.NO: _l("can't be there"),
}
"""What somebody else said."""
COMING_ICONS: dict[Coming, str] = {Coming.YES: "check", Coming.MAYBE: "circle-question-mark", Coming.NO: "x"}

LINE_LABELS: dict[LineKind, str] = {
    LineKind.NOTE: _l("Note"),
    LineKind.DECISION: _l("Decision"),
    LineKind.ACTION: _l("Action"),
    LineKind.LESSON: _l("Lesson"),
}
LINE_ICONS: dict[LineKind, str] = {
    LineKind.NOTE: "pencil",
    LineKind.DECISION: "handshake",
    LineKind.ACTION: "circle-check",
    LineKind.LESSON: "sprout",
}

WAY_LABELS: dict[DecidedBy, str] = {
    DecidedBy.CONSENT: _l("nobody objected"),
    DecidedBy.CONSENSUS: _l("everybody agreed"),
    DecidedBy.ADVICE: _l("one decided after advice"),
    DecidedBy.VOTE: _l("a vote"),
    DecidedBy.OTHER: _l("another way"),
}

TOLD_LABELS: dict[Told, str] = {
    Told.MEMBERS: _l("Everybody who sits in the group"),
    Told.GUESTS_TOO: _l("The members and the guests of this meeting"),
    Told.NOBODY: _l("Nobody, I tell them myself"),
}

TOPIC_LABELS: dict[TopicStatus, str] = {
    TopicStatus.WAITING: _l("Still to come"),
    TopicStatus.RUNNING: _l("Now"),
    TopicStatus.FINISHED: _l("Talked out"),
    TopicStatus.UNFINISHED: _l("Not finished"),
    TopicStatus.MOVED: _l("Moved on"),
    TopicStatus.DROPPED: _l("Not needed any more"),
}

DECISION_LABELS: dict[DecisionStatus, str] = {
    DecisionStatus.PROPOSED: _l("Proposal"),
    DecisionStatus.IN_FORCE: _l("In force"),
    DecisionStatus.REPLACED: _l("Replaced"),
    DecisionStatus.ENDED: _l("Doesn't hold any more"),
    DecisionStatus.DROPPED: _l("Didn't go on"),
}
DECISION_TAGS: dict[DecisionStatus, str] = {
    DecisionStatus.PROPOSED: "wacht",
    DecisionStatus.IN_FORCE: "ja",
    DecisionStatus.REPLACED: "open",
    DecisionStatus.ENDED: "open",
    DecisionStatus.DROPPED: "open",
}

FAULTS: dict[str, str] = {
    "ends_before_it_starts": _l("The end comes before the beginning. Choose a later hour."),
    "in_the_past": _l("Choose a day that is still to come."),
    "overlaps": _l("The group already meets at that time. Choose another moment, or change the other meeting."),
    "sits_not_here": _l("Choose somebody who sits in the group, or nobody yet."),
    "not_clear_who": _l("We don't know who you mean. Type a few letters more, or leave it empty."),
    "nothing_typed": _l("Type a few words first."),
    "too_long_note": _l("A note has at most 2000 characters. Make two of it; your text still stands here."),
    "too_long_lesson": _l("A lesson has at most 240 characters, so that it travels. Your text still stands here."),
    "too_long_decision": _l("A decision has at most 400 characters. Put the talk around it in a note."),
    "too_long_action": _l("An action has at most 160 characters. Put what is around it in a note."),
    "too_long_objections": _l("There is no room for more objections here. Put this one in a note."),
    "for_members": _l("Decisions and actions are for the members of the group. Put it down as a note."),
    "decided_already": _l("This is decided already. Replace the decision by a new one: then both can still be read."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def title_of(row: Any) -> str:
    """What a meeting is called: its title, or simply a meeting."""
    return row.title or gettext("Meeting")


def hours(row: Any) -> str:
    """From when to when, on one day: "19.30 tot 21 uur"; over midnight with the day."""
    begins, ends = clock_time(row.starts_at), clock_time(row.ends_at)
    if begins.endswith("uur"):
        begins = begins.removesuffix(" uur")
    return gettext("%(begins)s to %(ends)s", begins=begins, ends=ends)


def when_where(row: Any) -> str:
    """Hours and place in one line."""
    return ", ".join(part for part in (hours(row), row.place) if part)


def minutes_words(minutes: int | None) -> str:
    """How long something may take; empty when nobody said."""
    return gettext("%(num)s min", num=minutes) if minutes else ""


def spent_words(row: Any) -> str:
    """How long a topic took, beside how long it was given: "9 van 10 min"."""
    took = max(round(row.spent / 60), 1) if row.spent else 0
    if not took:
        return minutes_words(row.minutes)
    if not row.minutes:
        return minutes_words(took)
    return gettext("%(took)s of %(given)s min", took=took, given=row.minutes)


def brought_words(row: Any) -> str:
    """Who brings a topic and what they hope for: "Bram, om te bespreken, 10 min"."""
    who = row.brought_by.split()[0] if row.brought_by else ""
    if row.decision_id:
        who = gettext("Time to look back")
    return ", ".join(part for part in (who, word(WISH_LABELS[row.wish]), minutes_words(row.minutes)) if part)


def decided_words(row: Any) -> str:
    """How and when something was decided: "22 oktober, niemand had bezwaar"."""
    return _settled(row.status, row)


def _settled(status: DecisionStatus, row: Any) -> str:
    if status is DecisionStatus.PROPOSED:
        return word(DECISION_LABELS[status])
    day = plain_or_short(row.decided_on)
    if status is DecisionStatus.DROPPED:
        return gettext("%(day)s, not decided", day=day)
    return f"{day}, {word(WAY_LABELS[row.way])}"


def line_word(row: Any) -> str:
    """What a line of the minutes is. As long as nobody agreed, a decision is a proposal."""
    if row.kind is not LineKind.DECISION or not row.statement:
        return word(LINE_LABELS[row.kind])
    if row.decision_status in (DecisionStatus.PROPOSED, DecisionStatus.DROPPED):
        return word(DECISION_LABELS[DecisionStatus.PROPOSED])
    return gettext("Decided") if row.decision_status is DecisionStatus.IN_FORCE else word(LINE_LABELS[row.kind])


def line_under(row: Any) -> str:
    """What stands below a line of the minutes: how it was decided, or who carries it."""
    if row.kind is LineKind.DECISION and row.statement and row.decision_status is not DecisionStatus.PROPOSED:
        return _settled(row.decision_status, row)
    return carried_by(row) if row.kind is LineKind.ACTION and row.title else ""


def plain_or_short(day: date) -> str:
    """A day, with its year when that is another."""
    return short_day(day) if day.year == clock.today().year else plain_day(day)


def there_words(present: int, seated: int, heads: int | None) -> str:
    """How many are there."""
    if heads:
        return head_words(heads)
    return ngettext("%(num)s of the %(seated)s is there", "%(num)s of the %(seated)s are there", present, seated=seated)


def head_words(heads: int) -> str:
    """How many were counted."""
    return ngettext("%(num)s person was counted", "%(num)s people were counted", heads)


def running_words(opened_at: datetime | None) -> str:
    """For how long a meeting goes on: "Bezig, al 52 minuten"."""
    took = int((clock.now() - opened_at).total_seconds() // 60) if opened_at else 0
    if took < 1:
        return gettext("Going on, since just now")
    return ngettext("Going on, for %(num)s minute", "Going on, for %(num)s minutes", took)


def carried_by(row: Any) -> str:
    """Who carries an action of the minutes, and until when; how it ended once it did."""
    if row.item_status is ItemStatus.DONE:
        return f"{owner_words(row)}, {word(ITEM_LABELS[ItemStatus.DONE]).lower()}"
    return item_words(row)


def coming_words(answers: Sequence[Any]) -> str:
    """How many come: "6 komen, 2 misschien, 1 kan niet"; what nobody said is left out."""
    counts = {code: sum(row.coming is code for row in answers) for code in Coming}
    parts = (
        ngettext("%(num)s comes", "%(num)s come", counts[Coming.YES]) if counts[Coming.YES] else "",
        gettext("%(num)s maybe", num=counts[Coming.MAYBE]) if counts[Coming.MAYBE] else "",
        ngettext("%(num)s can't", "%(num)s can't", counts[Coming.NO]) if counts[Coming.NO] else "",
    )
    return ", ".join(part for part in parts if part) or gettext("Nobody answered yet")


def seconds_left(row: Any) -> int | None:
    """How many seconds a topic that runs has left, below nothing when it takes longer; None when nobody said."""
    if not row.minutes or row.begun_at is None:
        return None
    return int(row.minutes * 60 - row.spent - (clock.now() - row.begun_at).total_seconds())


def writing_words(rows: Sequence[Any], topic_id: uuid.UUID) -> str:
    """Who else is writing under a topic at this moment; empty when nobody is."""
    names = [row.name.split()[0] for row in rows if row.topic_id == topic_id and record.is_writing(row)]
    if not names:
        return ""
    return ngettext("%(names)s is typing too.", "%(names)s are typing too.", len(names), names=", ".join(names))


def is_near(row: Any) -> bool:
    """Whether a meeting is about to begin, or should have."""
    return bool(row.starts_at - clock.now() < NEAR)

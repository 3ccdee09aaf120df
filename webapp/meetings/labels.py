"""Meetings in words."""

from collections.abc import Mapping

from webapp.meetings.codes import Coming, DecidedBy, LineKind, Told, Wish
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus
from webapp.vocabulary.words import _l
from webapp.web.i18n import word

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

LINE_LABELS: dict[LineKind, str] = {
    LineKind.NOTE: _l("Note"),
    LineKind.DECISION: _l("Decision"),
    LineKind.ACTION: _l("Action"),
    LineKind.LESSON: _l("Lesson"),
}
LINE_ICONS: dict[LineKind, str] = {
    LineKind.NOTE: "dot",
    LineKind.DECISION: "handshake",
    LineKind.ACTION: "circle-check",
    LineKind.LESSON: "sprout",
}

WAY_LABELS: dict[DecidedBy, str] = {
    DecidedBy.CONSENT: _l("nobody objects"),
    DecidedBy.CONSENSUS: _l("everybody agrees"),
    DecidedBy.ADVICE: _l("one decides after advice"),
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
}

FAULTS: dict[str, str] = {
    "ends_before_it_starts": _l("The end comes before the beginning. Choose a later hour."),
    "in_the_past": _l("This moment has passed. Choose a later one."),
    "overlaps": _l("The group already meets at that time. Choose another moment, or change the other meeting."),
    "sits_not_here": _l("Choose somebody who sits in the group, or nobody yet."),
    "not_clear_who": _l("We don't know who you mean. Type a few letters more, or leave it empty."),
}


def in_words(errors: Mapping[str, str]) -> dict[str, str]:
    """The errors of an action as sentences."""
    return {field: word(FAULTS[code]) for field, code in errors.items()}

"""When may what: the way of a meeting, of a topic on its agenda, and of a decision."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class MeetingStatus(enum.StrEnum):
    """Where a meeting stands. A draft is silent."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    RUNNING = "running"
    CLOSED = "closed"


M = MeetingStatus
BEFORE = (M.DRAFT, M.ANNOUNCED)

MEETING = Lifecycle(
    MeetingStatus,
    M.DRAFT,
    [
        step("announce", [M.DRAFT], M.ANNOUNCED, needs=Can.LEAD_GROUP, why="Whoever is invited hears of it."),
        step("begin", BEFORE, M.RUNNING, needs=Can.TAKE_PART, why="We begin, and write along."),
        step("close", [M.RUNNING], M.CLOSED, needs=Can.TAKE_PART, why="We are done; everybody gets the minutes."),
        step("reopen", [M.CLOSED], M.RUNNING, needs=Can.LEAD_GROUP, why="Something in the minutes needs mending."),
        step("call_off", BEFORE, M.CLOSED, needs=Can.LEAD_GROUP, why="It does not take place after all."),
    ],
)


class TopicStatus(enum.StrEnum):
    """Where a topic stands: in the inbox or on an agenda, being talked about, or done with."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    UNFINISHED = "unfinished"
    MOVED = "moved"
    DROPPED = "dropped"


T = TopicStatus

TOPIC = Lifecycle(
    TopicStatus,
    T.WAITING,
    [
        step("take_up", [T.WAITING, T.FINISHED, T.UNFINISHED], T.RUNNING, needs=Can.WRITE_MINUTES, why="Its turn."),
        step("finish", [T.WAITING, T.RUNNING, T.UNFINISHED], T.FINISHED, needs=Can.WRITE_MINUTES, why="Talked out."),
        step("leave", [T.WAITING, T.RUNNING], T.UNFINISHED, needs=Can.TAKE_PART, why="The meeting closed before it."),
        step("carry", [T.UNFINISHED], T.MOVED, needs=Can.TAKE_PART, why="It went on to another meeting."),
        step("drop", [T.WAITING, T.UNFINISHED], T.DROPPED, needs=Can.TAKE_PART, why="It is not needed any more."),
        step("bring_back", [T.DROPPED], T.WAITING, needs=Can.TAKE_PART, why="It is needed after all."),
    ],
)


class DecisionStatus(enum.StrEnum):
    """Where a decision stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    ENDED = "ended"
    DROPPED = "dropped"


D = DecisionStatus

DECISION = Lifecycle(
    DecisionStatus,
    D.PROPOSED,
    [
        step(
            "object", [D.PROPOSED], D.PROPOSED, needs=Can.WRITE_MINUTES, why="Somebody has an objection; it is heard."
        ),
        step("decide", [D.PROPOSED], D.IN_FORCE, needs=Can.WRITE_MINUTES, why="Decided."),
        step("drop", [D.PROPOSED], D.DROPPED, needs=Can.TAKE_PART, why="The proposal does not go on."),
        step("keep", [D.IN_FORCE], D.IN_FORCE, needs=Can.TAKE_PART, why="Looked at again: it stays."),
        step("replace", [D.IN_FORCE], D.REPLACED, needs=Can.TAKE_PART, why="A newer decision takes its place."),
        step("end", [D.IN_FORCE], D.ENDED, needs=Can.TAKE_PART, why="It does not hold any more."),
    ],
)

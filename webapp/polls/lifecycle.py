"""When may what: a date poll is open, closed for a while, or a moment of it was chosen."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class PollStatus(enum.StrEnum):
    """Where a date poll stands."""

    OPEN = "open"
    CLOSED = "closed"
    CHOSEN = "chosen"


P = PollStatus

POLL = Lifecycle(
    PollStatus,
    P.OPEN,
    [
        step("close", [P.OPEN], P.CLOSED, needs=Can.LEAD_POLL, why="Enough people answered."),
        step("reopen", [P.OPEN, P.CLOSED], P.OPEN, needs=Can.LEAD_POLL, why="People may answer until a later day."),
        step("choose", [P.OPEN, P.CLOSED], P.CHOSEN, needs=Can.LEAD_POLL, why="This moment becomes a meeting."),
    ],
)

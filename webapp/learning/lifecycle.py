"""When may what: the way of a learning session."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class SessionStatus(enum.StrEnum):
    """Where a session stands."""

    PREPARED = "prepared"
    RUNNING = "running"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


S = SessionStatus

OPEN_NOW = (S.PREPARED, S.RUNNING)
"""While it is prepared and while it goes on, people are invited and lead it along."""

SESSION = Lifecycle(
    SessionStatus,
    S.PREPARED,
    [
        step("start", [S.PREPARED], S.RUNNING, needs=Can.LEAD_SESSION, why="People are there."),
        step("close", [S.RUNNING], S.CLOSED, needs=Can.LEAD_SESSION, why="What came of it is written down."),
        step("reopen", [S.CLOSED], S.RUNNING, needs=Can.LEAD_SESSION, why="It was closed too early."),
        step("call_off", [S.PREPARED], S.CALLED_OFF, needs=Can.STEER_SESSION, why="It does not go on."),
    ],
)

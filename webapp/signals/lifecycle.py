"""When may what: a signal is heard, and heard again, until the youth service picks it up."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class SignalStatus(enum.StrEnum):
    """Where a signal stands."""

    OPEN = "open"
    PICKED_UP = "picked_up"


S = SignalStatus

SIGNAL = Lifecycle(
    SignalStatus,
    S.OPEN,
    [
        step(
            "hear",
            [S.OPEN],
            S.OPEN,
            needs=Can.SIGNAL_MISSING,
            why="Somebody else looked for the same in vain; alike signals are counted together.",
        ),
        step(
            "pick_up",
            [S.OPEN],
            S.PICKED_UP,
            needs=Can.FOLLOW_SIGNALS,
            why="The youth service says in a sentence what is done about it. Heard again, it begins anew.",
        ),
        step(
            "retell",
            [S.PICKED_UP],
            S.PICKED_UP,
            needs=Can.FOLLOW_SIGNALS,
            why="What is done about it became more, or something else.",
        ),
    ],
)

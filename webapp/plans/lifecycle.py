"""When may what: the way of a plan, and of a review in it."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class PlanStatus(enum.StrEnum):
    """Where a plan stands."""

    CURRENT = "current"
    ROUNDED_OFF = "rounded_off"


P = PlanStatus

PLAN = Lifecycle(
    PlanStatus,
    P.CURRENT,
    [
        step("round_off", [P.CURRENT], P.ROUNDED_OFF, needs=Can.ROUND_OFF_PLAN, why="Its time is over; look back."),
        step("reopen", [P.ROUNDED_OFF], P.CURRENT, needs=Can.ROUND_OFF_PLAN, why="It goes on after all."),
    ],
)

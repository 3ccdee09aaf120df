"""When may what: asking to join a group, and the way of an action from "to start" to "done"."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class RequestStatus(enum.StrEnum):
    """Where a request to join stands."""

    ASKED = "asked"
    WELCOME = "welcome"
    NOT_NOW = "not_now"
    TAKEN_BACK = "taken_back"


R = RequestStatus

REQUEST = Lifecycle(
    RequestStatus,
    R.ASKED,
    [
        step("welcome", [R.ASKED, R.NOT_NOW], R.WELCOME, needs=Can.LEAD_GROUP, why="Come and join us."),
        step("decline", [R.ASKED], R.NOT_NOW, needs=Can.LEAD_GROUP, why="Not now; no reason is needed."),
        step("take_back", [R.ASKED], R.TAKEN_BACK, needs=Can.READ_GROUP, why="After all not."),
        step("ask_again", [R.NOT_NOW, R.TAKEN_BACK, R.WELCOME], R.ASKED, needs=Can.READ_GROUP, why="Asking once more."),
    ],
)


class ItemStatus(enum.StrEnum):
    """Where an action stands, in four words; in a plan it may also be a seed, or dropped."""

    TO_START = "to_start"
    MOVING = "moving"
    STUCK = "stuck"
    DONE = "done"
    DROPPED = "dropped"
    SEED = "seed"


FOUR_WORDS = (ItemStatus.TO_START, ItemStatus.MOVING, ItemStatus.STUCK, ItemStatus.DONE)
"""Where an action of a group may stand."""
WAITING_FOR_HANDS = (ItemStatus.TO_START, ItemStatus.MOVING, ItemStatus.STUCK)
"""An action that somebody still does something for."""


S = ItemStatus

ITEM = Lifecycle(
    ItemStatus,
    S.TO_START,
    [
        step("begin", [S.TO_START, S.STUCK, S.SEED], S.MOVING, needs=Can.ANSWER_ACTION, why="Somebody is on it."),
        step("get_stuck", [S.TO_START, S.MOVING], S.STUCK, needs=Can.ANSWER_ACTION, why="It needs help; say what."),
        step("finish", [S.TO_START, S.MOVING, S.STUCK], S.DONE, needs=Can.ANSWER_ACTION, why="Done."),
        step("reopen", [S.DONE, S.DROPPED], S.MOVING, needs=Can.ANSWER_ACTION, why="Not done after all."),
        step("sow", [S.TO_START, S.MOVING, S.STUCK, S.DROPPED], S.SEED, needs=Can.DO_PLANNED, why="May grow later."),
        step("plan", [S.SEED, S.MOVING, S.STUCK, S.DONE, S.DROPPED], S.TO_START, needs=Can.DO_PLANNED, why="To start."),
        step(
            "drop", [S.SEED, S.TO_START, S.MOVING, S.STUCK], S.DROPPED, needs=Can.DO_PLANNED, why="Not this; say why."
        ),
    ],
)

"""When may what: support is asked, decided and paid."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class SupportStatus(enum.StrEnum):
    """Where a request for support stands."""

    ASKED = "asked"
    GRANTED = "granted"
    NOT_NOW = "not_now"
    PAID = "paid"
    TAKEN_BACK = "taken_back"


S = SupportStatus

SUPPORT = Lifecycle(
    SupportStatus,
    S.ASKED,
    [
        step("grant", [S.ASKED], S.GRANTED, needs=Can.DECIDE_SUPPORT, why="The youth service says yes."),
        step(
            "refuse",
            [S.ASKED],
            S.NOT_NOW,
            needs=Can.DECIDE_SUPPORT,
            why="The fund cannot carry it now; the guide hears it and looks for another way.",
        ),
        step("pay", [S.GRANTED], S.PAID, needs=Can.DECIDE_SUPPORT, why="The money was paid, or the lift was arranged."),
        step(
            "take_back",
            [S.ASKED, S.GRANTED],
            S.TAKEN_BACK,
            needs=Can.GUIDE_REFERRAL,
            why="It is not needed any more; what was granted goes back to the year.",
        ),
    ],
)

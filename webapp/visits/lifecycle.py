"""When may what: a group asks to come by, the association answers, and both look back in a sentence."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class VisitStatus(enum.StrEnum):
    """Where a group visit stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    IDEA = "idea"
    CALLED_OFF = "called_off"
    DONE = "done"
    EXPIRED = "expired"


V = VisitStatus

VISIT = Lifecycle(
    VisitStatus,
    V.ASKED,
    [
        step("agree", [V.ASKED, V.IDEA, V.DECLINED], V.AGREED, needs=Can.ANSWER_VISIT, why="Yes, come on this day."),
        step(
            "decline",
            [V.ASKED, V.IDEA, V.AGREED],
            V.DECLINED,
            needs=Can.ANSWER_VISIT,
            why="Not now, or after all not: a good answer, without a reason.",
        ),
        step("suggest", [V.ASKED, V.DECLINED], V.IDEA, needs=Can.ANSWER_VISIT, why="Another day or another way."),
        step(
            "ask_again",
            [V.IDEA, V.DECLINED, V.EXPIRED],
            V.ASKED,
            needs=Can.LEAD_VISIT,
            why="The same group, on another day: after another idea, a no or no answer.",
        ),
        step(
            "call_off",
            [V.ASKED, V.IDEA, V.AGREED],
            V.CALLED_OFF,
            needs=Can.LEAD_VISIT,
            why="The group does not come; nothing is expected any more.",
        ),
        step(
            "look_back",
            [V.AGREED],
            V.DONE,
            needs=Can.READ_VISIT,
            why="It happened; whoever is first says how it was.",
        ),
        step(
            "expire", [V.ASKED, V.IDEA], V.EXPIRED, needs=None, why="The days passed without an answer; that is fine."
        ),
    ],
)

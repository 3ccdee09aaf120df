"""When may what: the life cycle of a referral, and of each ask within it."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class ReferralStatus(enum.StrEnum):
    """Where a young person stands on the bridge."""

    DRAFT = "draft"
    SEEKING = "seeking"
    CHOOSING = "choosing"
    WELCOMING = "welcoming"
    TRYING = "trying"
    SETTLED = "settled"
    PAUSED = "paused"
    STOPPED = "stopped"


R = ReferralStatus

BRIDGE: tuple[ReferralStatus, ...] = (R.DRAFT, R.SEEKING, R.CHOOSING, R.WELCOMING, R.TRYING, R.SETTLED)

REFERRAL = Lifecycle(
    ReferralStatus,
    R.DRAFT,
    [
        step(
            "send",
            [R.DRAFT, R.SEEKING, R.CHOOSING],
            R.SEEKING,
            needs=Can.GUIDE_REFERRAL,
            why="The question goes to one to five offers; more may follow while the search lasts.",
        ),
        step(
            "hear",
            [R.SEEKING, R.CHOOSING],
            R.CHOOSING,
            needs=None,
            why="The first answer with a way on (yes, waiting list, another idea) gives something to choose.",
        ),
        step(
            "choose",
            [R.CHOOSING],
            R.WELCOMING,
            needs=Can.GUIDE_REFERRAL,
            why="The young person picked one of the answers.",
        ),
        step(
            "lose_place",
            [R.WELCOMING],
            R.SEEKING,
            needs=None,
            why="There is no place after all where it was chosen; the same question looks on.",
        ),
        step(
            "arrive",
            [R.WELCOMING],
            R.TRYING,
            needs=Can.PLAN_WELCOME,
            why="The first time happened; the check-ins begin.",
        ),
        step(
            "settle",
            [R.TRYING],
            R.SETTLED,
            needs=Can.GUIDE_REFERRAL,
            why="The young person belongs; the guide steps back.",
        ),
        step(
            "seek_again",
            [R.CHOOSING, R.WELCOMING, R.TRYING, R.SETTLED, R.STOPPED],
            R.SEEKING,
            needs=Can.GUIDE_REFERRAL,
            why="Going back is normal: the same question looks for another place.",
        ),
        step(
            "pause",
            [R.DRAFT, R.SEEKING, R.CHOOSING, R.WELCOMING, R.TRYING, R.PAUSED],
            R.PAUSED,
            needs=Can.GUIDE_REFERRAL,
            why="First something else: asked again on a date that was agreed. When it comes, another can be agreed.",
        ),
        step("resume", [R.PAUSED], R.SEEKING, needs=Can.GUIDE_REFERRAL, why="The moment has come."),
        step(
            "stop",
            [R.DRAFT, R.SEEKING, R.CHOOSING, R.WELCOMING, R.TRYING, R.PAUSED],
            R.STOPPED,
            needs=Can.GUIDE_REFERRAL,
            why="Stopping is an answer too; only a coded outcome stays.",
        ),
    ],
)


class AskStatus(enum.StrEnum):
    """Where the question to one association stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    IDEA = "idea"
    CHOSEN = "chosen"
    THANKED = "thanked"
    EXPIRED = "expired"
    RECALLED = "recalled"


A = AskStatus

ANSWERS: tuple[AskStatus, ...] = (A.ACCEPTED, A.WAITING, A.DECLINED, A.IDEA)
ANSWERABLE: tuple[AskStatus, ...] = (A.SENT, *ANSWERS)
GIVES_A_WAY_ON: tuple[AskStatus, ...] = (A.ACCEPTED, A.WAITING, A.IDEA)

ASK = Lifecycle(
    AskStatus,
    A.SENT,
    [
        step("accept", ANSWERABLE, A.ACCEPTED, needs=Can.ANSWER_ASK, why="Yes, come and try."),
        step("wait", ANSWERABLE, A.WAITING, needs=Can.ANSWER_ASK, why="On the waiting list, with a call-back date."),
        step("decline", ANSWERABLE, A.DECLINED, needs=Can.ANSWER_ASK, why="Not now: a good answer, without a reason."),
        step("suggest", ANSWERABLE, A.IDEA, needs=Can.ANSWER_ASK, why="Another idea that may fit better."),
        step(
            "choose",
            [A.ACCEPTED, A.WAITING, A.IDEA],
            A.CHOSEN,
            needs=Can.GUIDE_REFERRAL,
            why="The young person wants to try this one.",
        ),
        step(
            "make_room",
            [A.CHOSEN],
            A.CHOSEN,
            needs=Can.ANSWER_ASK,
            why="There is room for whoever chose to wait: who waits at the door, and when.",
        ),
        step(
            "wait_on", [A.CHOSEN], A.CHOSEN, needs=Can.ANSWER_ASK, why="No place yet: a day, or another, to call back."
        ),
        step("fall_through", [A.CHOSEN], A.DECLINED, needs=Can.ANSWER_ASK, why="There will be no place after all."),
        step(
            "thank",
            [A.ACCEPTED, A.WAITING, A.IDEA, A.SENT],
            A.THANKED,
            needs=None,
            why="The young person chose another; nothing is expected any more.",
        ),
        step("expire", [A.SENT], A.EXPIRED, needs=None, why="The deadline passed quietly; nobody is scolded."),
        step(
            "recall",
            [A.SENT, A.ACCEPTED, A.WAITING, A.IDEA, A.CHOSEN],
            A.RECALLED,
            needs=None,
            why="The search stopped, paused or began again, so this ask ends too.",
        ),
    ],
)


class HandOverStatus(enum.StrEnum):
    """Where the question to a colleague to take over stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


H = HandOverStatus

HAND_OVER = Lifecycle(
    HandOverStatus,
    H.PROPOSED,
    [
        step("accept", [H.PROPOSED], H.ACCEPTED, needs=Can.ANSWER_HAND_OVER, why="Yes: from now on it is theirs."),
        step("decline", [H.PROPOSED], H.DECLINED, needs=Can.ANSWER_HAND_OVER, why="No is fine; nothing changes."),
        step("take_back", [H.PROPOSED], H.TAKEN_BACK, needs=Can.HAND_OVER, why="It is no longer needed."),
        step("lapse", [H.PROPOSED], H.TAKEN_BACK, needs=None, why="The place, or whoever asked, is gone."),
    ],
)


class BesideStatus(enum.StrEnum):
    """Whether a bridge builder still walks beside a question."""

    ALONG = "along"
    LET_GO = "let_go"


BESIDE = Lifecycle(
    BesideStatus,
    BesideStatus.ALONG,
    [
        step("let_go", [BesideStatus.ALONG], BesideStatus.LET_GO, needs=Can.BRING_IN, why="Either side lets go again."),
        step(
            "step_back",
            [BesideStatus.ALONG],
            BesideStatus.LET_GO,
            needs=Can.WALK_BESIDE,
            why="The bridge builder steps back.",
        ),
        step("run_out", [BesideStatus.ALONG], BesideStatus.LET_GO, needs=None, why="The day that was agreed passed."),
    ],
)

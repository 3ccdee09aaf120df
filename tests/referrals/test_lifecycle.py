"""Every status with every step, for both life cycles: what leaves from where, and where it leads."""

import pytest

from webapp.core.errors import StepRefused
from webapp.core.lifecycle import Lifecycle
from webapp.policy.permissions import Can
from webapp.referrals.lifecycle import ANSWERABLE, ANSWERS, ASK, GIVES_A_WAY_ON, REFERRAL, AskStatus, ReferralStatus

# Kept by hand, apart from the code: step -> (where it may begin, where it ends, who needs to take it)
REFERRAL_STEPS = {
    "send": ("draft seeking choosing", "seeking", Can.GUIDE_REFERRAL),
    "hear": ("seeking choosing", "choosing", None),
    "choose": ("choosing", "welcoming", Can.GUIDE_REFERRAL),
    "lose_place": ("welcoming", "seeking", None),
    "arrive": ("welcoming", "trying", Can.PLAN_WELCOME),
    "settle": ("trying", "settled", Can.GUIDE_REFERRAL),
    "seek_again": ("choosing welcoming trying settled stopped", "seeking", Can.GUIDE_REFERRAL),
    "pause": ("draft seeking choosing welcoming trying paused", "paused", Can.GUIDE_REFERRAL),
    "resume": ("paused", "seeking", Can.GUIDE_REFERRAL),
    "stop": ("draft seeking choosing welcoming trying paused", "stopped", Can.GUIDE_REFERRAL),
}
ASK_STEPS = {
    "accept": ("sent accepted waiting declined idea", "accepted", Can.ANSWER_ASK),
    "wait": ("sent accepted waiting declined idea", "waiting", Can.ANSWER_ASK),
    "decline": ("sent accepted waiting declined idea", "declined", Can.ANSWER_ASK),
    "suggest": ("sent accepted waiting declined idea", "idea", Can.ANSWER_ASK),
    "choose": ("accepted waiting idea", "chosen", Can.GUIDE_REFERRAL),
    "make_room": ("chosen", "chosen", Can.ANSWER_ASK),
    "wait_on": ("chosen", "chosen", Can.ANSWER_ASK),
    "fall_through": ("chosen", "declined", Can.ANSWER_ASK),
    "thank": ("accepted waiting idea sent", "thanked", None),
    "expire": ("sent", "expired", None),
    "recall": ("sent accepted waiting idea chosen", "recalled", None),
}
BOTH = [(REFERRAL, REFERRAL_STEPS), (ASK, ASK_STEPS)]


@pytest.mark.parametrize(("cycle", "steps"), BOTH, ids=["referral", "ask"])
def test_the_steps_are_exactly_these(cycle: Lifecycle, steps: dict[str, tuple[str, str, Can | None]]) -> None:
    assert {one.name: (set(one.froms), one.to, one.needs) for one in cycle} == {
        name: (set(froms.split()), to, needs) for name, (froms, to, needs) in steps.items()
    }


@pytest.mark.parametrize(("cycle", "steps"), BOTH, ids=["referral", "ask"])
def test_every_status_with_every_step(cycle: Lifecycle, steps: dict[str, tuple[str, str, Can | None]]) -> None:
    for name, (froms, to, _needs) in steps.items():
        for status in cycle.statuses:
            if status in froms.split():
                assert cycle.after(name, status) == to
            else:
                with pytest.raises(StepRefused):
                    cycle.after(name, status)


@pytest.mark.parametrize("cycle", [REFERRAL, ASK], ids=["referral", "ask"])
def test_every_status_can_be_reached_and_every_step_says_why(cycle: Lifecycle) -> None:
    assert cycle.reachable() == frozenset(cycle.statuses)
    assert all(one.why.endswith(".") for one in cycle)


def test_going_back_to_seeking_is_always_possible_once_it_was_sent() -> None:
    for status in ReferralStatus:
        if status not in (ReferralStatus.DRAFT, ReferralStatus.SEEKING):
            assert REFERRAL.allows("seek_again", status) or REFERRAL.allows("resume", status)


def test_an_answer_can_become_any_other_answer_and_nothing_that_is_over_can() -> None:
    assert {status for status in AskStatus if ASK.allows("decline", status)} == set(ANSWERABLE)
    assert set(GIVES_A_WAY_ON) == set(ANSWERS) - {AskStatus.DECLINED}


def test_the_diagram_draws_every_arrow() -> None:
    assert REFERRAL.diagram().count("-->") == 1 + sum(len(one.froms) for one in REFERRAL)

"""The machine under every life cycle, over all statuses and steps of a small one."""

import enum

import pytest

from webapp.core.errors import StepRefused
from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class Door(enum.StrEnum):
    """A door, and a wall that no step leads to."""

    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"
    WALL = "wall"


CYCLE = Lifecycle(
    Door,
    Door.OPEN,
    (
        step("shut", (Door.OPEN,), Door.SHUT, needs=Can.EDIT_OFFER, why="It is cold."),
        step("lock", (Door.SHUT,), Door.LOCKED, needs=None, why="At night."),
        step("open", (Door.SHUT, Door.LOCKED), Door.OPEN, needs=Can.EDIT_OFFER, why="Somebody knocks."),
    ),
)
LEADS_TO = {
    ("shut", Door.OPEN): Door.SHUT,
    ("lock", Door.SHUT): Door.LOCKED,
    ("open", Door.SHUT): Door.OPEN,
    ("open", Door.LOCKED): Door.OPEN,
}


@pytest.mark.parametrize("status", list(Door))
@pytest.mark.parametrize("name", ["shut", "lock", "open"])
def test_a_step_leads_where_the_table_says_and_nowhere_else(name: str, status: Door) -> None:
    expected = LEADS_TO.get((name, status))
    assert CYCLE.allows(name, status) is (expected is not None)
    assert (CYCLE.steps[name] in CYCLE.open_from(status)) is (expected is not None)
    if expected:
        assert CYCLE.after(name, status) is expected
    else:
        with pytest.raises(StepRefused) as refused:
            CYCLE.after(name, status)
        assert (refused.value.step, refused.value.status) == (name, status)


def test_steps_come_in_the_order_they_were_written() -> None:
    assert [one.name for one in CYCLE] == ["shut", "lock", "open"]
    assert [one.name for one in CYCLE.open_from(Door.SHUT)] == ["lock", "open"]


def test_an_unknown_step_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        CYCLE.allows("paint", Door.OPEN)


def test_what_no_series_of_steps_reaches_shows() -> None:
    assert CYCLE.reachable() == {Door.OPEN, Door.SHUT, Door.LOCKED}


def test_the_drawing_has_every_arrow_once() -> None:
    lines = CYCLE.diagram().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> open"]
    assert set(lines[2:]) == {f"    {status} --> {to}: {name}" for (name, status), to in LEADS_TO.items()}
    assert len(lines) == 2 + len(LEADS_TO)


def test_the_chapter_says_who_and_why() -> None:
    chapter = CYCLE.markdown("Door")
    assert chapter.startswith("## Door\n")
    assert "| lock | shut | locked | no person | At night. |" in chapter
    assert "| open | locked, shut | open | edit_offer | Somebody knocks. |" in chapter

"""Which moment suits most people: counted without a database."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from webapp.polls.codes import Says
from webapp.polls.counting import best, tallies

SAYS = {"j": Says.YES, "m": Says.MAYBE, "n": Says.NO}
MOMENTS = [SimpleNamespace(id=uuid.UUID(int=number)) for number in range(3)]


def counted(*sheets: str) -> list[Any]:
    """Each sheet says something of each moment in turn; a space is silence."""
    choices = [
        SimpleNamespace(reply_id=number, moment_id=moment.id, says=SAYS[letter])
        for number, sheet in enumerate(sheets)
        for moment, letter in zip(MOMENTS, sheet, strict=True)
        if letter != " "
    ]
    return tallies(MOMENTS, choices)


@pytest.mark.parametrize(
    ("sheets", "suits"),
    [
        ((), []),
        (("nnn", "nnn"), []),
        (("jnn",), [0]),
        (("jjn", "njn"), [1]),
        (("jmn", "jmn", "nmj"), [0]),
        (("jjn", "mnn"), [0]),
        (("jj ", "n  "), [1]),
        (("jjj",), [0, 1, 2]),
        (("mnn", "nmm"), [0, 1, 2]),
    ],
)
def test_most_can_then_most_if_need_be_then_fewest_cannot(sheets: tuple[str, ...], suits: list[int]) -> None:
    assert [MOMENTS.index(one.moment) for one in best(counted(*sheets))] == suits


def test_every_moment_is_counted_in_its_own_order() -> None:
    assert [(one.yes, one.maybe, one.no) for one in counted("jmn", "jnn")] == [(2, 0, 0), (0, 1, 1), (0, 0, 2)]

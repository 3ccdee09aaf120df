"""Counting answers: how many can when, and which moment suits most people. No database here."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.polls.codes import Says


@dataclass(frozen=True, slots=True)
class Tally:
    """What was said of one moment."""

    moment: Any
    yes: int = 0
    maybe: int = 0
    no: int = 0


def tallies(moments: Sequence[Any], choices: Iterable[Any]) -> list[Tally]:
    """The count of each moment, in the order of the moments."""
    said = Counter((row.moment_id, row.says) for row in choices)
    return [Tally(one, said[one.id, Says.YES], said[one.id, Says.MAYBE], said[one.id, Says.NO]) for one in moments]


def best(counted: Sequence[Tally]) -> list[Tally]:
    """The moments that suit most people: most that can, then fewest that cannot; the earliest first. Empty while
    nobody can at any of them."""
    hoped = [one for one in counted if one.yes or one.maybe]
    if not hoped:
        return []
    most = max(_worth(one) for one in hoped)
    return [one for one in hoped if _worth(one) == most]


def _worth(one: Tally) -> tuple[int, int, int]:
    return one.yes, one.maybe, -one.no


def said_by(choices: Iterable[Any]) -> dict[tuple[uuid.UUID, uuid.UUID], Says]:
    """What each reply says of each moment."""
    return {(row.reply_id, row.moment_id): row.says for row in choices}

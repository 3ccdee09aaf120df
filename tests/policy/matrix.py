"""Reading the matrix."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.people import PEOPLE
from webapp.policy.permissions import Can

EVERYBODY = (*(who for who in PEOPLE if who != "gone"), "guest")


@dataclass(frozen=True)
class Row:
    """One line: a permission on a thing, and who has it."""

    permission: Can
    thing: str
    allowed: frozenset[str]


def rows() -> list[Row]:
    """Every line of the table."""
    return list(_parse((Path(__file__).parent / "matrix.txt").read_text()))


def _parse(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            permission, thing, *allowed = line.split()
            assert set(allowed) <= set(EVERYBODY), f"who is {set(allowed) - set(EVERYBODY)}?"
            yield Row(Can(permission), thing, frozenset(allowed))


def may(who: str, permission: Can, thing: str) -> bool:
    """What the table says about one person; a missing line is a mistake in the table."""
    for row in rows():
        if (row.permission, row.thing) == (permission, thing):
            return who in row.allowed
    raise LookupError(f"no line for {permission.value} {thing}")

"""State machines as data: a life cycle is a tuple of named steps.

Buttons, mail links, the diagram in the documentation and the test of every status with every step are all
derived from the same tuple. The database repeats the statuses in a CHECK.
"""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webapp.core.errors import StepRefused
from webapp.policy.permissions import Can


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow: from any of `froms` to `to`, for whoever has `needs` (None: only a clock or another step takes it)."""

    name: str
    froms: frozenset[enum.StrEnum]
    to: enum.StrEnum
    needs: Can | None
    why: str


def step(name: str, froms: Iterable[enum.StrEnum], to: enum.StrEnum, *, needs: Can | None, why: str) -> Step:
    """Write a step down; `why` is one sentence for the documentation."""
    return Step(name, frozenset(froms), to, needs, why)


class Lifecycle:
    """All steps between the statuses of one kind of thing."""

    def __init__(self, statuses: type[enum.StrEnum], start: enum.StrEnum, steps: Iterable[Step]) -> None:
        self.statuses = statuses
        self.start = start
        self.steps = {one.name: one for one in steps}

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps.values())

    def allows(self, name: str, status: enum.StrEnum) -> bool:
        """Whether step `name` leaves from `status`."""
        return status in self.steps[name].froms

    def after(self, name: str, status: enum.StrEnum) -> enum.StrEnum:
        """The status that step `name` leads to. Raises StepRefused when it does not leave from `status`."""
        if not self.allows(name, status):
            raise StepRefused(name, status)
        return self.steps[name].to

    def open_from(self, status: enum.StrEnum) -> tuple[Step, ...]:
        """The steps that leave from `status`, in the order they were written."""
        return tuple(one for one in self if status in one.froms)

    def reachable(self) -> frozenset[enum.StrEnum]:
        """Every status that some series of steps reaches from the start."""
        found = {self.start}
        while True:
            more = {one.to for one in self if one.froms & found} - found
            if not more:
                return frozenset(found)
            found |= more

    def diagram(self) -> str:
        """The life cycle as a Mermaid state diagram."""
        arrows = [f"    {status} --> {one.to}: {one.name}" for one in self for status in sorted(one.froms)]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.start}", *arrows])

    def markdown(self, title: str) -> str:
        """The life cycle as a chapter of the documentation: the drawing, and each step with its reason."""
        rows = [
            f"| {one.name} | {', '.join(sorted(one.froms))} | {one.to} | {one.needs or 'no person'} | {one.why} |"
            for one in self
        ]
        table = ["| step | from | to | needs | why |", "| --- | --- | --- | --- | --- |", *rows]
        return "\n".join([f"## {title}", "", "```mermaid", self.diagram(), "```", "", *table, ""])

"""The time of a year that is told: what has been told so far, and what waits until its moment has come."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from itertools import count

from seeds.reading import moment
from seeds.town import Town
from webapp.core import clock
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.meetings import agenda
from webapp.meetings.models import Decision

EVENING = time(20, 40)
MORNING = time(7)


class Year:
    """What has been told so far, and what waits until its time has come."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.decisions: dict[str, Decision] = {}
        self.waiting: list[tuple[datetime, int, Callable[[], None]]] = []
        self.numbers = count()

    def later(self, at: datetime, act: Callable[[], None]) -> None:
        """Let something happen at its own time, between two meetings."""
        heapq.heappush(self.waiting, (at, next(self.numbers), act))

    def go_on(self, until: datetime) -> None:
        """Let everything happen whose time has come."""
        while self.waiting and self.waiting[0][0] < until:
            at, _number, act = heapq.heappop(self.waiting)
            with clock.at(at):
                act()

    @contextmanager
    def at(self, group: WorkingGroup, moment: datetime) -> Iterator[None]:
        """A moment in a group, with whoever sits in it then."""
        with clock.at(moment):
            groups.with_members(group)
            yield

    def remember(self, key: str | None, decision: Decision) -> None:
        """Keep a decision for what is said of it later, and let its day to look back come."""
        if key:
            self.decisions[key] = decision
        if decision.review_on and decision.review_on < self.town.today:
            self.later(moment(decision.review_on, MORNING), agenda.bring_reviews)

    def day(self, number: int) -> date:
        """A day counted from the day of loading."""
        return self.town.day(number)

    def in_the_evening(self, number: int, act: Callable[[], None], group: WorkingGroup) -> None:
        """Let something happen in a group in the evening of a day that is still to come."""

        def there(act: Callable[[], None]) -> None:
            groups.with_members(group)
            act()

        self.later(moment(self.town.day(number), EVENING), partial(there, act))

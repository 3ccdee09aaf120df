"""Date polls to test with: noor asks the group of `tests.groups.makers`; three evenings, a week from now on."""

from datetime import datetime, time, timedelta

import pytest

from tests.groups import makers
from tests.people import Cast
from webapp.core import clock
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor, Grant, Key
from webapp.polls import actions, answering, queries, sharing
from webapp.polls.actions import About
from webapp.polls.codes import Says
from webapp.polls.models import DatePoll

TITLE = "Wanneer zien we elkaar?"


def evening(days: int, hour: int = 19) -> datetime:
    """An evening so many days from now."""
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, 30), tzinfo=clock.BRUSSELS)


def poll(cast: Cast, visibility: Visibility = Visibility.OPEN, *, who: str = "noor", moments: int = 3) -> DatePoll:
    """An open poll, that closes in five days."""
    return in_group(cast, makers.group(cast, visibility), who=who, moments=moments)


def in_group(cast: Cast, group: WorkingGroup, *, who: str = "noor", moments: int = 3) -> DatePoll:
    """The same in a group that is there."""
    about = About(TITLE, 90, clock.today() + timedelta(days=5), "Zaal Merel")
    made = actions.start(group, about, [evening(7 + number) for number in range(moments)], by=cast.actor(who))
    return queries.poll(made.id) or pytest.fail("gone")


def guest_says(made: DatePoll, says: Says = Says.YES) -> None:
    """A guest says the same of every moment."""
    sheet = {one.id: says for one in queries.moments(made)}
    guest = Actor(keys=frozenset({Grant(Key.POLL, made.id)}))
    answering.answer_as_guest(made, "Sam Vandenberghe", sheet, by=guest)


def link(cast: Cast, made: DatePoll) -> str:
    """The link for guests."""
    sharing.make(made, by=cast.actor("noor"))
    return f"/prik/{sharing.token_of(made)}"

"""Which cards of a column, and which rows of the list, come first."""

from datetime import timedelta

from tests.people import Cast
from tests.plans import makers
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.lifecycle import ItemStatus
from webapp.plans import board, listing
from webapp.plans.codes import Lane
from webapp.plans.listing import Sought
from webapp.vocabulary.strategies import Strategy


def test_a_column_begins_with_the_soonest_day_or_with_what_was_done_last(cast: Cast) -> None:
    plan, begin, strategies = makers.plan(cast), clock.now(), tuple(Strategy)
    for number in range(12):
        strategy = strategies[number % len(strategies)]
        day = clock.today() + timedelta(days=20 - number) if number < 6 else None
        makers.planned(cast, plan, f"Gepland {number}", due_on=day).item.strategy = strategy
        item = makers.planned(cast, plan, f"Klaar {number}").item
        item.status, item.done_at, item.strategy = ItemStatus.DONE, begin, strategy
        item.moved_at = begin + timedelta(minutes=number % 7)
    db.session.flush()
    found = board.board(plan, cast.actor("noor"))
    done = [int(row.title.split()[1]) % 7 for row in found.cards(Lane.DONE)]
    assert done == [6, 5, 4, 4, 3, 3, 2, 2]
    by_day = [row.title for row in found.cards(Lane.PLANNED)]
    assert by_day[:6] == [f"Gepland {5 - number}" for number in range(6)]
    assert len(by_day) == board.MOST_CARDS
    rows = listing.actions(plan, Sought(status=ItemStatus.TO_START), cast.actor("noor"))
    assert [row.title for row in rows[:8]] == by_day

"""Time: UTC inside, Brussels outside, also in the two nights that have another length."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest

from webapp.core import clock

SUMMER_BEGINS = datetime(2026, 3, 29, 1, tzinfo=UTC)
WINTER_BEGINS = datetime(2026, 10, 25, 1, tzinfo=UTC)


def test_the_hour_that_does_not_exist_is_skipped() -> None:
    assert clock.local(SUMMER_BEGINS - timedelta(minutes=1)).strftime("%H:%M") == "01:59"
    assert clock.local(SUMMER_BEGINS).strftime("%H:%M") == "03:00"


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = WINTER_BEGINS - timedelta(minutes=30), WINTER_BEGINS + timedelta(minutes=30)
    assert clock.local(first).strftime("%H:%M %Z") == "02:30 CEST"
    assert clock.local(second).strftime("%H:%M %Z") == "02:30 CET"
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2028, 2, 28, 23, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_begins_at_midnight_in_brussels(moment: datetime, day: date) -> None:
    with clock.at(moment):
        assert clock.today() == day


def test_at_sets_the_clock_inside_and_gives_it_back() -> None:
    outer, inner = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert clock.fixed() is None
    with clock.at(outer):
        with contextlib.suppress(RuntimeError), clock.at(inner):
            assert clock.now() == clock.fixed() == inner
            raise RuntimeError
        assert clock.now() == outer
    assert clock.fixed() is None
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_at_wants_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001 - that is the point
        pass

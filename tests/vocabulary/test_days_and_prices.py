"""Parts of a day, and prices under a ceiling."""

from datetime import date, time
from itertools import pairwise

import pytest

from webapp.vocabulary.days import PartOfDay, Weekday, parts_of, weekday_of
from webapp.vocabulary.prices import PriceCeiling, PricePer, is_within

MORNING, AFTERNOON, AFTER_SCHOOL, EVENING = PartOfDay


@pytest.mark.parametrize(
    ("weekday", "starts", "ends", "parts"),
    [
        (Weekday.SUNDAY, time(14), time(17), {AFTERNOON}),
        (Weekday.FRIDAY, time(17), time(19), {AFTERNOON, AFTER_SCHOOL, EVENING}),
        (Weekday.SATURDAY, time(17), time(19), {AFTERNOON, EVENING}),
        (Weekday.FRIDAY, time(20), time(1), {EVENING}),
        (Weekday.MONDAY, time(9), time(16), {MORNING, AFTERNOON, AFTER_SCHOOL}),
        (Weekday.WEDNESDAY, time(11, 45), time(12, 15), set()),
        (Weekday.TUESDAY, time(0), time(0), {MORNING, AFTERNOON, AFTER_SCHOOL, EVENING}),
    ],
)
def test_parts_of_a_day(weekday: Weekday, starts: time, ends: time, parts: set[PartOfDay]) -> None:
    assert parts_of(weekday, starts, ends) == parts


def test_the_weekday_of_a_date() -> None:
    assert [weekday_of(date(2026, 11, day)) for day in range(23, 30)] == list(Weekday)


@pytest.mark.parametrize(
    ("ceiling", "cents", "per", "within"),
    [
        (PriceCeiling.FREE, 0, PricePer.TIME, True),
        (PriceCeiling.FREE, 1, PricePer.TIME, False),
        (PriceCeiling.SOME, 500, PricePer.TIME, True),
        (PriceCeiling.SOME, 501, PricePer.TIME, False),
        (PriceCeiling.SOME, 6000, PricePer.YEAR, True),
        (PriceCeiling.SOME, 6000, PricePer.MONTH, False),
        (PriceCeiling.ANY, 99999, PricePer.TIME, True),
        (PriceCeiling.FREE, 0, PricePer.FREE, True),
    ],
)
def test_prices_under_a_ceiling(ceiling: PriceCeiling, cents: int, per: PricePer, within: bool) -> None:
    assert is_within(ceiling, cents, per) is within


def test_a_higher_ceiling_allows_whatever_a_lower_one_does() -> None:
    for lower, higher in pairwise(PriceCeiling):
        for per in PricePer:
            for cents in range(0, 16000, 50):
                assert is_within(higher, cents, per) or not is_within(lower, cents, per)

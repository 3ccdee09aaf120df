"""Days, times and money as people say them, in both languages, in Brussels."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from flask import Flask

from webapp.core import clock
from webapp.web import dates
from webapp.web.i18n import in_language

NOW = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 13, tzinfo=UTC)

WORDS: list[tuple[Callable[..., str], Any, str, str]] = [
    (dates.long_day, SATURDAY, "zaterdag 21 november", "Saturday 21 November"),
    (dates.long_day, date(2027, 5, 12), "woensdag 12 mei 2027", "Wednesday 12 May 2027"),
    (dates.short_day, SATURDAY, "za 21 nov", "Sat 21 Nov"),
    (dates.plain_day, date(2027, 5, 12), "12 mei 2027", "12 May 2027"),
    (dates.clock_time, SATURDAY, "14 uur", "2 pm"),
    (dates.clock_time, time(14, 30), "14.30 uur", "2:30 pm"),
    (dates.clock_time, time(0), "0 uur", "12 am"),
    (dates.clock_time, time(12, 5), "12.05 uur", "12:05 pm"),
    (dates.short_time, time(14, 30), "14.30 u.", "2:30 pm"),
    (dates.moment, SATURDAY, "zaterdag 21 november, 14 uur", "Saturday 21 November, 2 pm"),
    (dates.short_moment, NOW, "vandaag 12.30 u.", "today 12:30"),
    (dates.short_moment, datetime(2026, 11, 23, 15, 40, tzinfo=UTC), "gisteren 16.40 u.", "yesterday 16:40"),
    (dates.short_moment, datetime(2026, 11, 4, 12, 31, tzinfo=UTC), "4 nov, 13.31 u.", "4 Nov, 13:31"),
    (dates.days_ago, NOW, "vandaag", "today"),
    (dates.days_ago, date(2026, 11, 23), "1 dag geleden", "1 day ago"),
    (dates.days_ago, date(2026, 11, 18), "6 dagen geleden", "6 days ago"),
    (dates.days_ago, date(2026, 11, 17), "1 week geleden", "1 week ago"),
    (dates.days_ago, date(2026, 11, 3), "3 weken geleden", "3 weeks ago"),
    (dates.days_ago, date(2026, 9, 20), "2 maanden geleden", "2 months ago"),
    (dates.days_ago, date(2025, 11, 24), "1 jaar geleden", "1 year ago"),
    (dates.days_ago, date(2024, 11, 1), "2 jaar geleden", "2 years ago"),
    (dates.days_ago, date(2026, 12, 1), "vandaag", "today"),
    (dates.euros, 4500, "€ 45", "€ 45"),
    (dates.euros, 450, "€ 4,50", "€ 4.50"),
    (dates.euros, 5, "€ 0,05", "€ 0.05"),
    (dates.euros, 0, "€ 0", "€ 0"),
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("say", "value", "dutch", "english"), WORDS)
def test_words(app: Flask, language: str, say: Callable[..., str], value: Any, dutch: str, english: str) -> None:
    with app.test_request_context(), clock.at(NOW), in_language(language):
        assert say(value) == (dutch if language == "nl" else english)


def test_from_till(app: Flask) -> None:
    with app.test_request_context():
        assert dates.time_range(time(14), time(17, 30)) == "14 tot 17.30 uur"
        with in_language("en"):
            assert dates.time_range(time(14), time(17, 30)) == "2 pm to 5:30 pm"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "zondag 29 maart, 1.59 uur"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "zondag 29 maart, 3 uur"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "zondag 25 oktober, 2.30 uur"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "zondag 25 oktober, 2.30 uur"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "maandag 26 oktober, 0 uur"),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), "woensdag 1 juli, 0 uur"),
    ],
)
def test_in_the_nights_of_another_length_and_around_midnight(app: Flask, moment: datetime, words: str) -> None:
    with app.test_request_context(), clock.at(NOW):
        assert dates.moment(moment) == words


def test_yesterday_ends_at_midnight_in_brussels(app: Flask) -> None:
    with app.test_request_context(), clock.at(datetime(2026, 11, 23, 23, 5, tzinfo=UTC)):
        assert dates.short_moment(datetime(2026, 11, 23, 22, 55, tzinfo=UTC)) == "gisteren 23.55 u."
        assert dates.day_count(datetime(2026, 11, 23, 22, 55, tzinfo=UTC)) == 1


def test_a_moment_has_come_from_the_moment_itself_on() -> None:
    moment = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)
    with clock.at(moment):
        assert dates.has_come(moment)
        assert not dates.has_come(moment.replace(minute=1))


def test_every_template_filter_is_one_of_these() -> None:
    assert set(dates.FILTERS.values()) == {say for say, *_ in WORDS} | {dates.day_count, dates.has_come}

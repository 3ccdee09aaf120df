"""Calendar files: the right moment in summer and winter, nothing that breaks out of a line, and no invitation."""

from datetime import UTC, datetime

import pytest

from webapp.core.clock import BRUSSELS
from webapp.web.ical import LINE, Event, calendar

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def _file(**changes: object) -> str:
    values = {
        "uid": "x@brug",
        "starts_at": NOW,
        "changed_at": NOW,
        "title": "Eerste keer",
        "place": "Kaai 3",
        "words": "",
    }
    return calendar(Event(**{**values, **changes}))  # type: ignore[arg-type]


def _unfolded(file: str) -> list[str]:
    return file.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("local", "utc"),
    [((2026, 1, 14, 14, 0), "20260114T130000Z"), ((2026, 7, 14, 14, 0), "20260714T120000Z"),
     ((2026, 3, 28, 14, 0), "20260328T130000Z"), ((2026, 3, 29, 14, 0), "20260329T120000Z"),
     ((2026, 10, 25, 14, 0), "20261025T130000Z"), ((2028, 2, 29, 14, 0), "20280229T130000Z")],
)  # fmt: skip
def test_two_in_the_afternoon_in_brussels_stays_that(local: tuple[int, ...], utc: str) -> None:
    assert f"DTSTART:{utc}" in _unfolded(_file(starts_at=datetime(*local, tzinfo=BRUSSELS)))  # type: ignore[arg-type,misc]


def test_it_holds_one_event_and_invites_nobody() -> None:
    lines = _unfolded(_file())
    assert lines.count("BEGIN:VEVENT") == 1
    assert not [line for line in lines if line.startswith(("METHOD", "ORGANIZER", "ATTENDEE", "BEGIN:VALARM"))]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_what_was_typed_stays_inside_its_line() -> None:
    lines = _unfolded(_file(place="a;b,c\\d", words="een\r\nATTENDEE:x\ntwee"))
    assert "LOCATION:a\\;b\\,c\\\\d" in lines
    assert "DESCRIPTION:een\\nATTENDEE:x\\ntwee" in lines


def test_long_lines_are_folded_between_letters() -> None:
    title = "أهلًا وسهلًا " * 20
    file = _file(title=title)
    assert max(len(line.encode()) for line in file.split("\r\n")) <= LINE
    assert f"SUMMARY:{title}" in _unfolded(file)

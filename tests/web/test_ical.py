"""Calendar files: the right moment in summer and winter, nothing that breaks out of a line, and what they ask."""

from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest

from webapp.core.clock import BRUSSELS
from webapp.web.ical import LINE, Event, Method, Party, calendar

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
NASTY = (
    'a;b,c\\d "e"',
    "een\r\nATTENDEE:x\ntwee",
    "END:VEVENT\r\nEND:VCALENDAR",
    "\\n\\;\\,",
    "أهلًا وسهلًا " * 20,
    "🚲" * 40,
)


def _event(**changes: Any) -> Event:
    values: dict[str, Any] = {
        "uid": "x@brug",
        "starts_at": NOW,
        "changed_at": NOW,
        "title": "Eerste keer",
        "place": "Kaai 3",
        "words": "",
    }
    return Event(**{**values, **changes})


def _file(**changes: Any) -> str:
    return calendar(_event(**changes))


def _unfolded(file: str) -> list[str]:
    return file.replace("\r\n ", "").split("\r\n")


def _read(file: str) -> list[Any]:
    """The events as somebody else's parser reads them."""
    return list(icalendar.Calendar.from_ical(file).walk("VEVENT"))


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


@pytest.mark.parametrize("typed", NASTY)
def test_another_parser_reads_back_what_was_typed(typed: str) -> None:
    [event] = _read(_file(title=typed, place=typed, words=typed))
    wanted = "\n".join(typed.splitlines())
    assert {str(event[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")} == {wanted}
    assert event.decoded("DTSTART") == NOW
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("name", ['Jan "Piet" Claes', "x\r\nATTENDEE:mailto:y@z", "Ä; B, C: D", "🚲" * 60])
def test_a_name_stays_a_name(name: str) -> None:
    party = Party(name, "jan@brug.example")
    file = calendar(_event(organiser=party, invited=party), method=Method.REQUEST)
    [event] = _read(file)
    assert str(event["ORGANIZER"]) == str(event["ATTENDEE"]) == "mailto:jan@brug.example"
    assert "\n" not in event["ORGANIZER"].params["CN"]
    assert max(len(line.encode()) for line in file.split("\r\n")) <= LINE


@pytest.mark.parametrize(("method", "status"), [(Method.REQUEST, "CONFIRMED"), (Method.CANCEL, "CANCELLED")])
def test_an_invitation_says_what_it_asks(method: Method, status: str) -> None:
    file = calendar(_event(ends_at=NOW.replace(hour=11), sequence=3), method=method)
    assert icalendar.Calendar.from_ical(file)["METHOD"] == method
    [event] = _read(file)
    assert (event["STATUS"], event["SEQUENCE"]) == (status, 3)
    assert (event.decoded("DTEND") - event.decoded("DTSTART")).seconds == 7200


def test_a_feed_has_a_name_and_any_number_of_events() -> None:
    file = calendar(*(_event(uid=f"{number}@brug") for number in range(40)), method=Method.PUBLISH, name="Mijn groep")
    assert str(icalendar.Calendar.from_ical(file)["X-WR-CALNAME"]) == "Mijn groep"
    assert len({str(event["UID"]) for event in _read(file)}) == 40
    assert _read(calendar(method=Method.PUBLISH, name="Leeg")) == []

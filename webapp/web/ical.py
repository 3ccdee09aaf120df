"""One event as a calendar file (RFC 5545), to save in whatever calendar somebody has. No METHOD: it invites nobody."""

from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that begins at a moment. The same `uid` replaces what was saved before."""

    uid: str
    starts_at: datetime
    changed_at: datetime
    title: str
    place: str
    words: str


def calendar(event: Event) -> str:
    """The file. Times are in UTC: in Brussels a calendar shows them on the clock of Brussels, in summer and winter."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Brug//welkom//NL",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_stamp(event.changed_at)}",
        f"DTSTART:{_stamp(event.starts_at)}",
        f"SUMMARY:{_text(event.title)}",
        f"LOCATION:{_text(event.place)}",
        f"DESCRIPTION:{_text(event.words)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(STAMP)


def _text(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """At most 75 octets a line, without breaking a letter; what goes on begins with a space."""
    pieces, room = [""], LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append("")
            room = LINE - 1
        pieces[-1] += letter
        room -= size
    return "\r\n ".join(pieces)

"""Calendar files (RFC 5545): to save one moment, to follow a feed, and to invite somebody (RFC 5546).

Without a method a file invites nobody. Times are in UTC: a calendar shows them on the clock of its owner, in summer
and in winter.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75
STAMP = "%Y%m%dT%H%M%SZ"
EVERY = "PT1H"
"""How often a calendar is asked to look at a feed."""


class Method(enum.StrEnum):
    """What a file asks of a calendar."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Party:
    """Who invites or is invited."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that begins at a moment. The same `uid` with a higher `sequence` replaces what was saved before."""

    uid: str
    starts_at: datetime
    changed_at: datetime
    title: str
    place: str = ""
    words: str = ""
    ends_at: datetime | None = None
    sequence: int | None = None
    url: str = ""
    organiser: Party | None = None
    invited: Party | None = None


def calendar(*events: Event, method: Method | None = None, name: str = "") -> str:
    """The file; `name` is what a calendar calls a feed."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Brug//Brug//NL"]
    lines += [f"METHOD:{method}"] if method else []
    lines += [f"X-WR-CALNAME:{_text(name)}", f"REFRESH-INTERVAL;VALUE=DURATION:{EVERY}"] if name else []
    for event in events:
        lines += ["BEGIN:VEVENT", *_event(event, method), "END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, method: Method | None) -> Iterator[str]:
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_stamp(event.changed_at)}"
    yield f"DTSTART:{_stamp(event.starts_at)}"
    if event.ends_at:
        yield f"DTEND:{_stamp(event.ends_at)}"
    texts = {"SUMMARY": event.title, "LOCATION": event.place, "DESCRIPTION": event.words}
    yield from (f"{name}:{_text(text)}" for name, text in texts.items() if text)
    if event.url:
        yield f"URL:{event.url}"
    if event.sequence is not None:
        yield f"SEQUENCE:{event.sequence}"
    if method:
        yield f"STATUS:{'CANCELLED' if method is Method.CANCEL else 'CONFIRMED'}"
    if event.organiser:
        yield f"ORGANIZER;{_party(event.organiser)}"
    if event.invited:
        yield f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;{_party(event.invited)}"


def _party(one: Party) -> str:
    """A name between quotes, in which none can stand, and a mail address."""
    name = "".join(letter for letter in " ".join(one.name.split()) if letter.isprintable() and letter != '"')
    return f'CN="{name}":mailto:{one.email}'


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

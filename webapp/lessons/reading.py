"""Reading the feed of another town: Atom or JSON Feed. What comes out is plain text and codes that we know; everything
else is left where it was. What another Brug says of the parts of a lesson is used, else the words of any feed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as Tree

from webapp.core import clock, plain
from webapp.lessons.codes import LessonKind
from webapp.lessons.models import LINE
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

ATOM = "{http://www.w3.org/2005/Atom}"
OURS = "{urn:brug:lesson:1}"
NEVER = ("<!DOCTYPE", "<!ENTITY")
"""With these XML can fetch files, or grow without end; a feed needs neither."""

DEEPEST = 40
MOST_ENTRIES = 200
SEVERAL = ("bs", "strategies")


class NoFeed(Exception):
    """What was read is no feed that we understand."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson of another town, as its feed tells it."""

    address: str
    link: str
    title: str
    line: str
    situation: str
    did: str
    happened: str
    enough_for: str
    not_yet_for: str
    kind: LessonKind
    side: Side | None
    bs: tuple[B, ...]
    strategies: tuple[Strategy, ...]
    source: str
    year: int
    published_at: datetime | None
    changed_at: datetime | None
    is_outdated: bool
    outdated_because: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest entries of a feed. `is_whole` when the feed itself says that there are no others."""

    entries: tuple[Entry, ...]
    is_whole: bool


def read(body: bytes) -> Feed:
    """The feed in a body. Raises NoFeed."""
    try:
        text = body.decode("utf-8-sig")
        said = _json(text) if text.lstrip().startswith("{") else _atom(text)
    except (ValueError, RecursionError, Tree.ParseError, TypeError, AttributeError) as error:
        raise NoFeed from error
    entries = {one.address: one for one in map(_entry, said["items"][:MOST_ENTRIES]) if one is not None}
    is_whole = said["is_whole"] and len(said["items"]) <= MOST_ENTRIES
    return Feed(tuple(entries.values()), is_whole)


def _json(text: str) -> dict[str, Any]:
    """The same few names for both kinds of feed."""
    feed = json.loads(text)
    if not _text(feed.get("version")).startswith("https://jsonfeed.org/version/"):
        raise NoFeed
    items = [one for one in feed.get("items") or [] if isinstance(one, dict)]
    ours = feed.get("_brug")
    return {"is_whole": isinstance(ours, dict) and ours.get("whole") is True, "items": [_of_json(one) for one in items]}


def _of_json(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": _text(item.get("id") if not isinstance(item.get("id"), int) else str(item["id"])),
        "title": _text(item.get("title")),
        "summary": _text(item.get("summary")),
        "content": _text(item.get("content_text")) or _text(item.get("content_html")),
        "link": _text(item.get("url")),
        "published": _text(item.get("date_published")) or _text(item.get("date_modified")),
        "changed": _text(item.get("date_modified")),
        "ours": item["_brug"] if isinstance(item.get("_brug"), dict) else {},
    }


class _Shallow(Tree.TreeBuilder):
    """Builds a tree that is not too deep."""

    depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Tree.Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError("too deep")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Tree.Element:
        self.depth -= 1
        return super().end(tag)


def _atom(text: str) -> dict[str, Any]:
    if any(one in text for one in NEVER):
        raise NoFeed
    parser = Tree.XMLParser(target=_Shallow())  # noqa: S314 - neither a document type nor an entity comes so far
    parser.feed(text)
    feed = parser.close()
    if feed.tag != f"{ATOM}feed":
        raise NoFeed
    is_whole = feed.findtext(f"{OURS}whole") == "true"
    return {"is_whole": is_whole, "items": [_of_atom(one) for one in feed.findall(f"{ATOM}entry")]}


def _of_atom(entry: Tree.Element) -> dict[str, Any]:
    ours: dict[str, Any] = {name: [] for name in SEVERAL}
    for part in entry:
        name = str(part.tag).removeprefix(OURS)
        if str(part.tag).startswith(OURS):
            ours[name] = [*ours[name], part.text or ""] if name in SEVERAL else part.text or ""
    links = [one for one in entry.findall(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"]
    return {
        "id": entry.findtext(f"{ATOM}id") or "",
        "title": _words(entry, "title"),
        "summary": _words(entry, "summary"),
        "content": _words(entry, "content"),
        "link": links[0].get("href") or "" if links else "",
        "published": entry.findtext(f"{ATOM}published") or entry.findtext(f"{ATOM}updated") or "",
        "changed": entry.findtext(f"{ATOM}updated") or "",
        "ours": ours,
    }


def _words(node: Tree.Element, name: str) -> str:
    """The words of an element of Atom, whatever kind of text it says it is."""
    found = node.find(f"{ATOM}{name}")
    if found is None:
        return ""
    return "\n".join(found.itertext()) if len(found) else found.text or ""


def _entry(said: Mapping[str, Any]) -> Entry | None:
    """One entry; None for one that has no id, no title, or nothing to say."""
    ours: Mapping[str, Any] = said["ours"]
    title, content = _line(said["title"], 80), _lines(said["content"], 800)
    is_outdated = ours.get("status") == "outdated"
    line = _line(_text(ours.get("line")) or said["summary"] or content, LINE)
    if not said["id"].strip() or not title or not line:
        return None
    published_at = _moment(said["published"])
    is_told = any(_text(ours.get(name)) for name in ("situation", "did", "happened"))
    return Entry(
        address=_address(said["id"]),
        link=_line(said["link"], 4000),
        title=title,
        line=line,
        situation=_lines(_text(ours.get("situation")), 800) if is_told else "" if content == line else content,
        did=_lines(_text(ours.get("did")), 800),
        happened=_lines(_text(ours.get("happened")), 800),
        enough_for=_line(_text(ours.get("enough_for")), 240),
        not_yet_for=_line(_text(ours.get("not_yet_for")), 240),
        kind=_known(LessonKind, ours.get("kind")) or LessonKind.KEEP,
        side=_known(Side, ours.get("side")),
        bs=_among(_several(ours, "bs"), B),
        strategies=_among(_several(ours, "strategies"), Strategy),
        source=_source(ours),
        year=_year(ours.get("year"), published_at),
        published_at=published_at,
        changed_at=_moment(said["changed"]),
        is_outdated=is_outdated,
        outdated_because=_line(_text(ours.get("outdated_because")), 240) if is_outdated else "",
    )


def _line(text: str, most: int) -> str:
    return plain.one_line(plain.without_markup(text), most)


def _lines(text: str, most: int) -> str:
    return plain.lines(plain.without_markup(text), most)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _several(ours: Mapping[str, Any], name: str) -> list[str]:
    found = ours.get(name)
    return [_text(one) for one in found] if isinstance(found, list) else []


def _known(codes: Any, value: Any) -> Any:
    return next((code for code in codes if code.value == value), None)


def _among(said: Iterable[str], codes: Any) -> tuple[Any, ...]:
    """The codes that are named; what we do not know is left out."""
    wanted = set(said)
    return tuple(code for code in codes if code.value in wanted)


def _source(ours: Mapping[str, Any]) -> str:
    parts = (_text(ours.get("whose")), _text(ours.get("source")))
    return _line(", ".join(part for part in parts if part), 120)


def _address(text: str) -> str:
    text = plain.one_line(text, 4000)
    return text if len(text) <= 400 else f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _moment(text: str) -> datetime | None:
    """A moment that has come; anything else is none."""
    try:
        found = datetime.fromisoformat(text.strip()[:40])
    except ValueError:
        return None
    found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return found if datetime(1990, 1, 1, tzinfo=UTC) < found <= clock.now() else None


def _year(value: Any, published_at: datetime | None) -> int:
    this_year = clock.today().year
    number = int(value) if isinstance(value, int | str) and str(value).isdecimal() and len(str(value)) == 4 else 0
    return number if 1990 <= number <= this_year else (published_at.year if published_at else this_year)

"""The published lessons as feeds: Atom (RFC 4287) and JSON Feed 1.1. A feed reader shows the words; a Brug of another
town reads the parts of a lesson beside them, under names of our own that others pass by.

Both are in Dutch, whoever asks: a feed is one and the same for everybody.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as Tree

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from webapp.core.fetching import MOST_BYTES
from webapp.core.xmltext import safe
from webapp.lessons.feeds import Signed
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.retelling import TAKE_ALONG, Told, told
from webapp.web.i18n import DEFAULT_LANGUAGE, word

ATOM = "http://www.w3.org/2005/Atom"
OURS = "urn:brug:lesson:1"
"""The name under which the parts of a lesson stand in a feed."""

PARTS = ("line", "situation", "did", "happened", "enough_for", "not_yet_for", "source", "outdated_because")
ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/feed+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class About:
    """What a feed says of itself."""

    network: str
    began_at: datetime
    is_whole: bool
    """Whether these are all the lessons there are: whoever follows them lets go of what they miss."""


Write = Callable[[Sequence[Signed], About], bytes]


def mark(rows: Sequence[Signed], about: About) -> str:
    """A text that is another one as soon as anything in a feed is: asked again with it, nothing is sent."""
    told_of = [about.network, str(about.began_at), *(f"{one.id} {one.version} {whose}" for one, whose in rows)]
    return hashlib.sha256("\n".join(told_of).encode()).hexdigest()[:32]


def changed_at(rows: Sequence[Signed], about: About) -> datetime:
    """When something in a feed changed last."""
    return max([about.began_at, *(one.changed_at for one, _ in rows if one.changed_at)])


def that_fits(write: Write, rows: Sequence[Signed], about: About) -> bytes:
    """A feed that is no longer than another Brug reads: of many long lessons only the newest go along."""
    feed = write(rows, about)
    while len(feed) > MOST_BYTES:
        rows, about = rows[: len(rows) // 2], replace(about, is_whole=False)
        feed = write(rows, about)
    return feed


def as_json(rows: Sequence[Signed], about: About) -> bytes:
    """The lessons as a JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(about),
        "home_page_url": _home(),
        "feed_url": url_for("lessons.json_feed", _external=True),
        "language": DEFAULT_LANGUAGE,
        "authors": [{"name": about.network}],
        "_brug": {"about": OURS, "whole": about.is_whole},
        "items": [_item(*one) for one in rows],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _item(lesson: Lesson, whose: str) -> dict[str, Any]:
    one = told(lesson, whose)
    return {
        "id": lesson.id.urn,
        "url": address(lesson),
        "title": one.title,
        "summary": one.warning or one.line,
        "content_html": content(one),
        "date_published": _moment(lesson.published_at),
        "date_modified": _moment(lesson.changed_at),
        "language": one.language,
        "tags": list(one.facts[1:]),
        "_brug": {"about": OURS, **parts(lesson, whose)},
    }


def as_atom(rows: Sequence[Signed], about: About) -> bytes:
    """The lessons as an Atom feed."""
    Tree.register_namespace("", ATOM)
    Tree.register_namespace("brug", OURS)
    feed = Tree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": DEFAULT_LANGUAGE})
    _add(feed, "id", _home())
    _add(feed, "title", _title(about))
    _add(feed, "updated", _moment(changed_at(rows, about)))
    _add(feed, "link", rel="self", href=url_for("lessons.atom_feed", _external=True), type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=_home(), type="text/html")
    _add(_add(feed, "author"), "name", about.network)
    _add(feed, "generator", "Brug")
    Tree.SubElement(feed, f"{{{OURS}}}whole").text = str(about.is_whole).lower()
    for one in rows:
        _entry(feed, *one)
    return bytes(Tree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Tree.Element, lesson: Lesson, whose: str) -> None:
    one = told(lesson, whose)
    entry = _add(feed, "entry")
    _add(entry, "id", lesson.id.urn)
    _add(entry, "title", one.title)
    _add(entry, "link", rel="alternate", href=address(lesson), type="text/html")
    _add(entry, "published", _moment(lesson.published_at))
    _add(entry, "updated", _moment(lesson.changed_at))
    _add(entry, "summary", one.warning or one.line)
    _add(entry, "content", str(content(one)), type="html")
    for code in (*lesson.bs, *lesson.strategies):
        _add(entry, "category", term=code.value, scheme=f"{OURS}:{type(code).__name__.lower()}")
    for name, value in parts(lesson, whose).items():
        for said in value if isinstance(value, list) else [value]:
            Tree.SubElement(entry, f"{{{OURS}}}{name}").text = safe(str(said))


def _add(to: Tree.Element, name: str, text: str | None = None, **more: str) -> Tree.Element:
    made = Tree.SubElement(to, f"{{{ATOM}}}{name}", more)
    made.text = safe(text) if text is not None else None
    return made


def parts(lesson: Lesson, whose: str) -> dict[str, Any]:
    """The parts of a lesson for another Brug, as codes and plain text. One that no longer holds tells only that."""
    said: dict[str, Any] = {"status": lesson.status.value, "whose": whose, "year": lesson.year}
    if lesson.status is LessonStatus.OUTDATED:
        return said | {"line": lesson.line, "outdated_because": lesson.outdated_because}
    said |= {name: getattr(lesson, name) for name in PARTS if getattr(lesson, name)}
    said |= {"kind": lesson.kind.value, "bs": [b.value for b in lesson.bs]}
    said |= {"side": lesson.side.value} if lesson.side else {}
    return said | {"strategies": [one.value for one in lesson.strategies]}


def content(one: Told) -> Markup:
    """The words of a lesson with headings and paragraphs, and no other markup; what was typed is text. One that no
    longer holds tells only that."""
    if one.warning:
        return Markup("<p>{0}</p>").format(one.warning)
    paragraph, heading = Markup("<p>{0}</p>"), Markup("<h2>{0}</h2>")
    shown = [(head, words) for head, words, _icon in one.steps] + [(word(TAKE_ALONG), one.line), *one.limits]
    body = [
        heading.format(head) + Markup("").join(paragraph.format(line) for line in words.splitlines() if line.strip())
        for head, words in shown
    ]
    return Markup("").join([*body, paragraph.format(escape(one.source))])


def address(lesson: Lesson) -> str:
    """Where everybody reads a lesson."""
    return url_for("lessons.public_lesson", lesson_id=lesson.id, _external=True)


def _home() -> str:
    return url_for("lessons.index", _external=True)


def _title(about: About) -> str:
    what = gettext("what we learned")
    return f"{about.network}: {what}"


def _moment(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""

"""A booklet of lessons to take along: on paper (PDF) and as a book for phones and e-readers (EPUB)."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.lessons.models import Lesson
from webapp.lessons.retelling import STEPS, TAKE_ALONG, Told, told
from webapp.lessons.use_models import Booklet
from webapp.web import epub, paper
from webapp.web.dates import plain_day
from webapp.web.i18n import language_now, word

Held = Sequence[tuple[Lesson, str]]
"""Lessons that may stand in a booklet, each with the organisation whose it is."""


def as_pdf(booklet: Booklet, held: Held, network: str) -> bytes:
    """The booklet as a PDF that a screen reader reads too (PDF/UA)."""
    data: dict[str, Any] = {
        "lang": language_now(),
        "title": booklet.title,
        "network": network,
        "count": _count(held),
        "made": _made(network),
        "foreword_head": gettext("To begin with"),
        "foreword": _broken(booklet.foreword),
        "contents_head": gettext("What is in it"),
        "take_along": word(TAKE_ALONG),
        "source_word": gettext("Source:"),
        "sources_head": gettext("Sources"),
        "sources_lead": sources_lead(),
        "lessons": [_on_paper(told(*one)) for one in held],
        "icons": {icon: list(paper.icon(icon).encode()) for _key, _name, icon in STEPS},
    }
    return paper.pdf("booklet", data)


def _on_paper(one: Told) -> dict[str, Any]:
    return {
        "title": one.title,
        "line": one.line,
        "lang": one.language,
        "steps": [{"head": head, "words": _broken(words), "icon": icon} for head, words, icon in one.steps],
        "limits": [{"head": head, "words": words} for head, words in one.limits],
        "facts": " · ".join(one.facts),
        "source": one.source,
    }


def as_epub(booklet: Booklet, held: Held, network: str) -> bytes:
    """The booklet as a book of which letters and colours follow the reader (EPUB 3)."""
    shown = [told(*one) for one in held]
    intro = epub.Chapter(
        booklet.title,
        (epub.Words(_count(held)), *_lines(booklet.foreword), epub.Words(_made(network), "small")),
        language=language_now(),
    )
    sources = epub.Chapter(
        gettext("Sources"),
        (epub.Words(sources_lead()), *(epub.Words(f"{one.title}. {one.source}.", "source") for one in shown)),
        language=language_now(),
    )
    book = epub.Book(
        identifier=booklet.id,
        title=booklet.title,
        language=language_now(),
        made_by=network,
        changed_at=clock.now(),
        contents=gettext("What is in it"),
        chapters=(intro, *(_chapter(one) for one in shown), sources),
    )
    return epub.written(book)


def _chapter(one: Told) -> epub.Chapter:
    parts: list[epub.Words] = [epub.Words(" · ".join(one.facts), "small")]
    for head, words, _icon in one.steps:
        parts += [epub.Words(head, "head"), *_lines(words)]
    parts += [epub.Words(word(TAKE_ALONG), "head"), epub.Words(one.line, "line")]
    for head, words in one.limits:
        parts += [epub.Words(head, "head"), *_lines(words)]
    parts.append(epub.Words(f"{gettext('Source:')} {one.source}", "small"))
    return epub.Chapter(one.title, tuple(parts), language=one.language)


def _lines(words: str) -> list[epub.Words]:
    return [epub.Words(line) for line in _broken(words)]


def _broken(words: str) -> list[str]:
    """The lines of a text: no font has a letter for where one ends."""
    return [line for line in words.splitlines() if line.strip()]


def sources_lead() -> str:
    """What stands above the sources: whose words these are, and that nobody is in them."""
    return gettext(
        "Each lesson was lived by people of the organisation that stands with it, and read by a second person before it"
        " went out. Use it, and name the source."
    )


def _count(held: Held) -> str:
    return ngettext("%(num)s lesson", "%(num)s lessons", len(held))


def _made(network: str) -> str:
    return gettext("%(network)s, made with Brug on %(day)s", network=network, day=plain_day(clock.today()))

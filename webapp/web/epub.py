"""A book for phones and e-readers (EPUB 3.3): chapters of plain text, a table of contents, and one style sheet.

What people typed is text and becomes nothing else. Colours are left to the reader but for the line in the sun.
"""

import io
import uuid
import zipfile
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from webapp.core.xmltext import safe

MIMETYPE = "application/epub+zip"
STAMP = "%Y-%m-%dT%H:%M:%SZ"
BEGIN = (1980, 1, 1, 0, 0, 0)
"""The moment that a part of the box carries: when it was made stands in the book, once."""

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
STYLE = """body{line-height:1.5;margin:0 5%}
h1{line-height:1.15;margin:1em 0 .6em;hyphens:none}
h2{font-size:1.1em;margin:1.4em 0 .3em;break-after:avoid;hyphens:none}
p{margin:0 0 .7em}
.small{font-size:.85em}
.line{background:#ffd548;color:#201e3c;border-radius:.8em;padding:.8em 1em;break-inside:avoid}
.line{font-size:1.15em;font-weight:bold}
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{lang}" xml:lang="{lang}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id" xml:lang="{lang}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book-id">urn:uuid:{id}</dc:identifier><dc:title>{title}</dc:title><dc:language>{lang}</dc:language>
<dc:creator>{made_by}</dc:creator><meta property="dcterms:modified">{changed}</meta>
<meta property="schema:accessMode">textual</meta><meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine>{spine}</spine>
</package>
"""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; its kind is '', 'head' for a heading, or a class of the style sheet."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with a title, in a language."""

    title: str
    parts: tuple[Words, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Book:
    """A book; `contents` is what its table of contents is called."""

    identifier: uuid.UUID
    title: str
    language: str
    made_by: str
    changed_at: datetime
    contents: str
    chapters: tuple[Chapter, ...]


def written(book: Book) -> bytes:
    """The file. What says that it is a book comes first and is not packed, as the standard asks."""
    names = [f"part-{number}" for number in range(1, len(book.chapters) + 1)]
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as parts:
        _put(parts, "mimetype", MIMETYPE, zipfile.ZIP_STORED)
        _put(parts, "META-INF/container.xml", CONTAINER)
        _put(parts, "book/package.opf", _package(book, names))
        _put(parts, "book/nav.xhtml", _nav(book, names))
        _put(parts, "book/style.css", STYLE)
        for name, chapter in zip(names, book.chapters, strict=True):
            _put(parts, f"book/{name}.xhtml", _chapter(chapter))
    return box.getvalue()


def _put(parts: zipfile.ZipFile, name: str, text: str, packed: int = zipfile.ZIP_DEFLATED) -> None:
    about = zipfile.ZipInfo(name, BEGIN)
    about.compress_type = packed
    about.external_attr = 0o644 << 16
    parts.writestr(about, text)


def _package(book: Book, names: list[str]) -> str:
    item = Markup('<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml"/>\n')
    return Markup(PACKAGE).format(  # noqa: S704 - a constant of ours; what goes in it is escaped
        id=book.identifier,
        title=_safe(book.title),
        lang=book.language,
        made_by=_safe(book.made_by),
        changed=book.changed_at.strftime(STAMP),
        items=Markup("").join(item.format(name) for name in names),
        spine=Markup("").join(Markup('<itemref idref="{0}"/>').format(name) for name in names),
    )


def _nav(book: Book, names: list[str]) -> str:
    line = Markup('<li><a href="{0}.xhtml">{1}</a></li>')
    entries = Markup("").join(
        line.format(name, _safe(one.title)) for name, one in zip(names, book.chapters, strict=True)
    )
    body = Markup('<nav epub:type="toc" id="toc"><h1>{0}</h1><ol>{1}</ol></nav>').format(_safe(book.contents), entries)
    return _page(book.contents, book.language, body)


def _chapter(chapter: Chapter) -> str:
    parts = Markup("").join(_paragraph(one) for one in chapter.parts)
    body = Markup('<section epub:type="chapter"><h1>{0}</h1>{1}</section>').format(_safe(chapter.title), parts)
    return _page(chapter.title, chapter.language, body)


def _page(title: str, language: str, body: Markup) -> str:
    return Markup(PAGE).format(lang=language, title=_safe(title), body=body)  # noqa: S704 - a constant of ours


def _paragraph(one: Words) -> Markup:
    if one.kind == "head":
        return Markup("<h2>{0}</h2>").format(_safe(one.text))
    kind = Markup(' class="{0}"').format(one.kind) if one.kind else Markup("")
    return Markup("<p{0}>{1}</p>").format(kind, _safe(one.text))


def _safe(text: str) -> Markup:
    return escape(safe(text))

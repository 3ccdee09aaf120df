"""The shelf in words."""

from typing import Any

from flask_babel import format_decimal, gettext, ngettext

from webapp.core.papers import PaperKind
from webapp.vocabulary.seven_bs import B_TRAITS
from webapp.vocabulary.strategies import STRATEGY_TRAITS
from webapp.vocabulary.words import _l
from webapp.web.i18n import capital, sentences, word

KIND_LABELS: dict[PaperKind, str] = {
    PaperKind.PDF: _l("PDF"),
    PaperKind.JPG: _l("picture"),
    PaperKind.DOCX: _l("Word file"),
    PaperKind.XLSX: _l("Excel file"),
    PaperKind.ODT: _l("OpenDocument text"),
    PaperKind.ODS: _l("OpenDocument sheet"),
    PaperKind.TXT: _l("plain text"),
    PaperKind.CSV: _l("table (CSV)"),
}
KIND_ICONS: dict[PaperKind, str] = {
    PaperKind.PDF: "file-text",
    PaperKind.JPG: "camera",
    PaperKind.DOCX: "file-text",
    PaperKind.XLSX: "layout-grid",
    PaperKind.ODT: "file-text",
    PaperKind.ODS: "layout-grid",
    PaperKind.TXT: "file-text",
    PaperKind.CSV: "layout-grid",
}

FAULTS: dict[str, str] = {
    "link_or_file": _l("Give a link or a file, not both and not neither."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def icon_of(row: Any) -> str:
    """The picture of a tool in a list: a link, or what its newest file is."""
    return "link" if row.url else KIND_ICONS.get(row.kind, "file-text")


def kind_words(row: Any) -> str:
    """What a tool is: "link", "PDF"."""
    return gettext("link") if row.url else word(KIND_LABELS[row.kind]) if row.kind else gettext("file")


def used_words(number: int) -> str:
    """By how many organisations a tool is used; empty while nobody said so."""
    return ngettext("used by %(num)d organisation", "used by %(num)d organisations", number) if number else ""


def line_words(row: Any) -> str:
    """A tool in one line: what it is for, what it is, who uses it."""
    facts = ", ".join(part for part in (kind_words(row), used_words(row.used)) if part)
    return f"{row.purpose} {capital(facts)}."


def b_tags(row: Any) -> list[tuple[str, str]]:
    """The B's of a tool, as words and pictures."""
    return [(word(B_TRAITS[b].label), B_TRAITS[b].icon) for b in row.bs]


def strategy_tags(row: Any) -> list[str]:
    """The strategies of a tool, in words."""
    return [word(STRATEGY_TRAITS[one].label) for one in row.strategies]


def size_words(size: int) -> str:
    """How large a file is: "12 kB", "3.4 MB"."""
    if size < 1_000_000:
        return gettext("%(number)d kB", number=max(1, round(size / 1000)))
    return gettext("%(number)s MB", number=format_decimal(round(size / 1_000_000, 1)))

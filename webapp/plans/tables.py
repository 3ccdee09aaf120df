"""Tables of text: reading one as spreadsheets write or paste it, whatever they separate with, and writing one.

Whatever is in a file, reading it ends in a table of a sane size or in a reason why not.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp.core.errors import Invalid

MOST_BYTES = 6_000_000
MOST_COLUMNS = 40
MOST_ROWS = 500
MOST_CHARACTERS = 200_000
"""So much text goes back and forth with a preview."""

CONTROLS = dict.fromkeys(code for code in (*range(32), 127) if chr(code) not in "\t\n\r")
_ADDRESS = re.compile(r"[^\s@<>,;:()\"'|]{1,64}@[^\s@<>,;:()\"'|]{1,190}\.[A-Za-z]{2,24}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One row, with its number as a spreadsheet counts it: the heads are row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Heads, and the rows under them. `left_out` is how many rows did not fit any more."""

    heads: tuple[str, ...]
    rows: tuple[Line, ...]
    left_out: int = 0


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or as Excel writes it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def table(text: str) -> Table:
    """The table in a text. Raises Invalid with a reason under "text"."""
    text = text.removeprefix("\ufeff").translate(CONTROLS).strip("\r\n")
    if not text.strip():
        raise Invalid({"text": "no_table"})
    rows = _rows(text)
    heads = tuple(cell.strip() for cell in next(rows, ()))
    while heads and not heads[-1]:
        heads = heads[:-1]
    if len(heads) > MOST_COLUMNS:
        raise Invalid({"text": "too_many_columns"})
    found = ((number, row[: len(heads)]) for number, row in enumerate(rows, 2) if any(map(str.strip, row)))
    kept, left_out = _cut(heads, found)
    if not heads or not (kept or left_out):
        raise Invalid({"text": "no_rows"})
    return Table(heads, kept, left_out)


def _rows(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Invalid({"text": "no_table"}) from None


def _delimiter(text: str) -> str:
    """What stands between the columns: whichever stands most in the first line."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(";", "\t", ",", key=first.count)


def _tidy(row: Sequence[str], width: int) -> tuple[str, ...]:
    cells = [_plain(cell) for cell in row[:width]]
    return (*cells, *("" for _ in range(width - len(cells))))


def _plain(cell: str) -> str:
    """A cell without the quote that keeps spreadsheets from taking it for a formula, and without mail addresses."""
    cell = cell.strip()
    if cell.startswith("'") and safe(cell[1:]) == cell:
        cell = cell[1:].strip()
    return without_addresses(cell)


def without_addresses(text: str) -> str:
    """A text without the mail addresses in it."""
    return _ADDRESS.sub("…", text) if "@" in text else text


def _cut(heads: tuple[str, ...], rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[tuple[Line, ...], int]:
    """As many of the rows as go back and forth with a preview, and how many do not: those are counted, nothing more."""
    room, kept, left_out = MOST_CHARACTERS - sum(map(len, heads)), list[Line](), 0
    for number, row in rows:
        room -= sum(map(len, row)) + 4 * len(heads)
        if left_out or room < 0 or len(kept) == MOST_ROWS:
            left_out += 1
        else:
            kept.append(Line(number, _tidy(row, len(heads))))
    return tuple(kept), left_out


def as_text(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as text that `table` reads back as it was, and that no spreadsheet takes for a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in (heads, *rows))
    return file.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell

"""The list of offers as a file for a spreadsheet. Offers only: no person and no phone number is in it."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask_babel import gettext

from webapp.directory import labels
from webapp.directory.rows import Row

BOM = "\ufeff"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Iterable[Row]) -> str:
    """The offers with semicolons between the columns, as spreadsheets here expect them."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(head) for head in _heads()])
    writer.writerows([safe(cell) for cell in _cells(row)] for row in rows)
    return BOM + file.getvalue()


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) or text.startswith(_RISKY) else text


def _heads() -> Sequence[str]:
    return (
        gettext("Organisation"), gettext("Offer"), gettext("What"), gettext("Age"), gettext("When"), gettext("Price"),
        gettext("Full price"), gettext("Area"), gettext("Place"), gettext("Without a car"), gettext("Is there room?"),
        gettext("Checked"),
    )  # fmt: skip


def _cells(row: Row) -> Sequence[str]:
    return (
        row.organisation_name, row.name, row.summary, labels.age_line(row), labels.when_line(row),
        labels.price_line(row), row.price_line, row.area, row.place, row.route, labels.room_tag(row).text,
        row.confirmed_at.date().isoformat(),
    )  # fmt: skip

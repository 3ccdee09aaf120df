"""One sheet of text as an Excel file (XLSX). Every cell is text, so nothing in it is ever computed."""

import io
from collections.abc import Iterable, Sequence

from webapp.core.xmltext import safe

LONGEST_NAME = 31


def workbook(name: str, rows: Iterable[Sequence[str]]) -> bytes:
    """A file with one sheet, written row by row."""
    from openpyxl import Workbook  # only who takes a file along waits for it, and pays its memory
    from openpyxl.cell import WriteOnlyCell

    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(name[:LONGEST_NAME])
    for row in rows:
        cells = [WriteOnlyCell(sheet, safe(text)) for text in row]
        for cell in cells:
            cell.data_type = "s"  # what begins with "=" would be a formula
        sheet.append(cells)
    book.save(file)
    return file.getvalue()

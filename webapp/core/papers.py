"""Files that a group keeps: a PDF, a picture, a text, or what an office program wrote.

What is in a file decides what it is, and its name must say the same: a page in disguise is not kept. A picture is drawn
anew (`files`), a PDF is looked into (`pdf`), a text is written anew; of an office file, a box of parts, each part is
counted and weighed before anything is unpacked, and nothing in it may run.
"""

import enum
import html
import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass

from webapp.core import files, pdf
from webapp.core.file_faults import FileFault, NotTaken

MOST_PARTS = 2000
MOST_UNPACKED = 100_000_000
MOST_TIMES = 100
LONGEST_ABOUT = 200_000
LONGEST_SIDE = 2400

PART_RUNS = re.compile(r"vba(?:project|data)|activex|^basic/|^scripts/|embeddings/.*\.bin$", re.IGNORECASE)
TEMPLATE, ELSEWHERE = b"attachedTemplate", re.compile(rb"TargetMode\s*=\s*.External")
AUTHORS = re.compile(r"<(dc:creator|cp:lastModifiedBy|meta:initial-creator)[^>]{0,200}>([^<]{1,200})</", re.IGNORECASE)
PAGES = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<?php", "#!")
CONTROLS = {chr(code) for code in range(32)} - set("\t\n\r\f") | {"\x7f"}
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, RuntimeError)
"""What reading a box that is damaged can raise, beside ValueError, which NotTaken is too."""
END_OF_BOX = b"PK\x05\x06"
END_BYTES = 22


class PaperKind(enum.StrEnum):
    """What a kept file is; the value is how its name ends."""

    PDF = "pdf"
    JPG = "jpg"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    TXT = "txt"
    CSV = "csv"


ENDINGS = {PaperKind.JPG: ("jpg", "jpeg", "png", "webp")}
TYPES = {
    PaperKind.PDF: "application/pdf",
    PaperKind.JPG: "image/jpeg",
    PaperKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PaperKind.ODT: "application/vnd.oasis.opendocument.text",
    PaperKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    PaperKind.TXT: "text/plain; charset=utf-8",
    PaperKind.CSV: "text/csv; charset=utf-8",
}
"""The type under which each is handed out; never what a browser or a file said."""

MAIN_PARTS = {"word/document.xml": PaperKind.DOCX, "xl/workbook.xml": PaperKind.XLSX}
OPEN_DOCUMENTS = {TYPES[kind].encode(): kind for kind in (PaperKind.ODT, PaperKind.ODS)}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it is kept, and the people whose names an office program wrote into it."""

    kind: PaperKind
    content: bytes
    authors: tuple[str, ...] = ()


def paper(name: str, data: bytes) -> Paper:
    """A file that somebody brings under a name. Raises NotTaken."""
    files.weigh(data)
    ending = name.rpartition(".")[2].strip().lower()
    found = _read(ending, data)
    if ending not in ENDINGS.get(found.kind, (found.kind.value,)):
        raise NotTaken(FileFault.FALSE_NAME)
    return found


def _read(ending: str, data: bytes) -> Paper:
    if data.startswith(b"%PDF-"):
        return Paper(PaperKind.PDF, pdf.checked(data))
    if data.startswith(b"PK"):
        return _office(data)
    if ending in (PaperKind.TXT, PaperKind.CSV):
        return Paper(PaperKind(ending), _text(data))
    try:
        return Paper(PaperKind.JPG, files.picture(data, LONGEST_SIDE))
    except NotTaken as fault:
        raise NotTaken(FileFault.NO_PAPER) if fault.fault is FileFault.OTHER_KIND else fault from fault


def _text(data: bytes) -> bytes:
    """The same text in UTF-8. Raises NotTaken when it is something else that calls itself text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if CONTROLS & set(text) or text.lstrip().lower().startswith(PAGES):
        raise NotTaken(FileFault.FALSE_NAME)
    return text.encode()


def _office(data: bytes) -> Paper:
    if data[-END_BYTES:][:4] != END_OF_BOX:
        raise NotTaken(FileFault.BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            kind = _kind_of(box, _weighed(box, len(data)))
            if box.testzip() is not None:
                raise NotTaken(FileFault.BROKEN)
            return Paper(kind, data, _authors(box))
    except (*DAMAGED, ValueError) as fault:
        if isinstance(fault, NotTaken):
            raise
        raise NotTaken(FileFault.BROKEN) from fault


def _weighed(box: zipfile.ZipFile, size: int) -> list[str]:
    """The names of the parts, once it is sure that they can be unpacked without harm."""
    parts = box.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_TIMES * size):
        raise NotTaken(FileFault.UNPACKS_LARGE)
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or any(_leads_out(part) for part in parts):
        raise NotTaken(FileFault.BROKEN)
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken(FileFault.LOCKED)
    return names


def _leads_out(part: zipfile.ZipInfo) -> bool:
    """Whether a part is a link, or would be unpacked outside its box."""
    name = part.filename
    return stat.S_ISLNK(part.external_attr >> 16) or name.startswith("/") or "\\" in name or ".." in name.split("/")


def _kind_of(box: zipfile.ZipFile, names: list[str]) -> PaperKind:
    if any(PART_RUNS.search(name) for name in names) or _template_elsewhere(box, names):
        raise NotTaken(FileFault.MACROS)
    if "[Content_Types].xml" in names:
        if b"macroEnabled" in box.read("[Content_Types].xml"):
            raise NotTaken(FileFault.MACROS)
        found = next((kind for part, kind in MAIN_PARTS.items() if part in names), None)
    else:
        found = OPEN_DOCUMENTS.get(box.read("mimetype")) if "mimetype" in names else None
    if found is None:
        raise NotTaken(FileFault.NO_PAPER)
    return found


def _template_elsewhere(box: zipfile.ZipFile, names: list[str]) -> bool:
    rules = "word/_rels/settings.xml.rels"
    told = box.read(rules).split(b">") if rules in names else ()
    return any(TEMPLATE in one and ELSEWHERE.search(one) for one in told)


def _authors(box: zipfile.ZipFile) -> tuple[str, ...]:
    """Whose names the program wrote into the file: whoever brings it is told, and decides."""
    found: list[str] = []
    for part in ("docProps/core.xml", "meta.xml"):
        if part in box.namelist():
            about = box.read(part)[:LONGEST_ABOUT].decode(errors="replace")
            found += [html.unescape(name).strip() for _field, name in AUTHORS.findall(about)]
    return tuple(dict.fromkeys(name for name in found if name))

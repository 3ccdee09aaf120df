"""What people bring: told apart by content, drawn anew, and refused with a reason."""

import io
from pathlib import Path

import pytest
from PIL import Image

from webapp.core import files
from webapp.core.files import FileFault, NotTaken

CANARY = "Zohrakanarie"
GPS = 0x8825


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    """A picture that carries where it was taken, and a name."""
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CANARY
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(GPS)[2] = (51.0, 6.0, 17.0)
    exif.get_ifd(GPS)[1] = "N"
    Image.new(mode, size, "red").save(target, kind, exif=exif)
    return target.getvalue()


def _fault(data: bytes) -> FileFault:
    with pytest.raises(NotTaken) as refused:
        files.picture(data)
    return refused.value.fault


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_a_photo_is_drawn_anew_without_what_came_along(kind: str, mode: str) -> None:
    brought = photo(kind, mode=mode)
    assert CANARY.encode() in brought
    drawn = files.picture(brought)
    assert CANARY.encode() not in drawn
    assert b"Exif" not in drawn
    with Image.open(io.BytesIO(drawn)) as again:
        assert again.format == "JPEG"
        assert not dict(again.getexif())
        assert again.size == (40, 60)  # upright


def test_what_hides_behind_a_picture_is_left_behind() -> None:
    assert b"<script>" not in files.picture(photo() + b"PK\x03\x04<script>alert(1)</script>")


def test_a_large_photo_becomes_small_enough() -> None:
    with Image.open(io.BytesIO(files.picture(photo(size=(4000, 500))))) as drawn:
        assert max(drawn.size) == files.LONGEST_SIDE


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", FileFault.MISSING),
        (b"\xff" * (files.LARGEST + 1), FileFault.TOO_LARGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileFault.OTHER_KIND),
        (b"<html>deur.jpg</html>", FileFault.OTHER_KIND),
        (b"PK\x03\x04", FileFault.OTHER_KIND),
        (b"GIF89a" + b"\0" * 40, FileFault.OTHER_KIND),
        (b"%PDF-1.7\n%%EOF", FileFault.NO_PICTURE),
        (photo(size=(600, 400))[:900], FileFault.BROKEN),
        (photo("PNG", size=(600, 400))[:200], FileFault.BROKEN),
    ],
)
def test_anything_else_is_refused_and_says_why(data: bytes, fault: FileFault) -> None:
    assert _fault(data) is fault


@pytest.mark.parametrize(("kind", "side"), [("PNG", 7000), ("WEBP", 3500)])
def test_a_flood_of_dots_is_refused_before_it_is_unpacked(kind: str, side: int) -> None:
    target = io.BytesIO()
    Image.new("1", (side, side)).save(target, kind)
    assert len(target.getvalue()) < 100_000
    assert _fault(target.getvalue()) is FileFault.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"%PDF-1.7\n cut off", FileFault.BROKEN),
        (b"%PDF-1.7\n%%EOF\n<html><script>alert(1)</script></html>", FileFault.BROKEN),
        (b"x%PDF-1.7\n%%EOF", FileFault.OTHER_KIND),
        (b"%PDF-1.7\n/OpenAction << /S /JavaScript /JS (app.alert(1)) >>\n%%EOF", FileFault.RUNS),
        (b"%PDF-1.7\n/EmbeddedFiles\n%%EOF", FileFault.RUNS),
        (b"%PDF-" + b" " * files.LARGEST_PDF + b"%%EOF", FileFault.PDF_TOO_LARGE),
    ],
)
def test_a_pdf_is_one_from_beginning_to_end_and_runs_nothing(data: bytes, fault: FileFault) -> None:
    with pytest.raises(NotTaken) as refused:
        files.document(data)
    assert refused.value.fault is fault


def test_a_scan_is_a_pdf_as_it_came_or_a_photo_drawn_anew(tmp_path: Path) -> None:
    pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    assert files.document(pdf) == ("pdf", pdf)
    kind, drawn = files.document(photo("PNG"))
    assert kind == "jpg"
    assert CANARY.encode() not in drawn

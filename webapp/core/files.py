"""Files that people bring: told apart by what is in them, never by their name, and made anew where that can be done.

A picture is drawn again without anything that came along in its file: where and when it was taken, by which device, a
second file behind it. A PDF cannot be made anew: it is taken only when it is whole and runs nothing (`pdf`).
"""

import io
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

from webapp.core import pdf
from webapp.core.file_faults import FileFault, NotTaken

__all__ = ["FileFault", "NotTaken", "document", "picture", "weigh", "weigh_all", "weigh_beside"]

LARGEST = 15_000_000
MOST_OF_ONE = 500_000_000
LARGEST_PDF = 5_000_000
MOST_PIXELS = {"JPEG": 40_000_000, "PNG": 40_000_000, "WEBP": 12_000_000}
"""By kind, and no other kind is taken. A WebP is unpacked four times over before anything can be made smaller."""
LONGEST_SIDE = 1600

BYTES_OF_SIGNS = 3 / 4  # a sealed file is text; three bytes take four signs

ONE_AT_A_TIME = Lock()
"""The largest picture takes hundreds of megabytes for a second."""

Image.MAX_IMAGE_PIXELS = None  # we ask its size ourselves, before anything is unpacked


def picture(data: bytes, longest: int = LONGEST_SIDE) -> bytes:
    """A photo as a fresh JPEG, upright, at most `longest` pixels a side. Raises NotTaken."""
    weigh(data)
    if data.startswith(b"%PDF-"):
        raise NotTaken(FileFault.NO_PICTURE)
    try:
        with Image.open(io.BytesIO(data), formats=tuple(MOST_PIXELS)) as found:
            if found.width * found.height > MOST_PIXELS[found.format or "WEBP"]:
                raise NotTaken(FileFault.TOO_MANY_PIXELS)
            with ONE_AT_A_TIME:
                return _drawn_again(found, longest)
    except UnidentifiedImageError as fault:
        raise NotTaken(FileFault.OTHER_KIND) from fault
    except (OSError, SyntaxError, ValueError, OverflowError) as fault:
        if isinstance(fault, NotTaken):
            raise
        raise NotTaken(FileFault.BROKEN) from fault


def document(data: bytes) -> tuple[str, bytes]:
    """A scan: ('pdf', as it came but for where a photo in it was taken) or ('jpg', drawn again). Raises NotTaken."""
    weigh(data)
    if not data.startswith(b"%PDF-"):
        return "jpg", picture(data, 2400)
    if len(data) > LARGEST_PDF:
        raise NotTaken(FileFault.PDF_TOO_LARGE)
    return "pdf", pdf.checked(data)


def weigh_all(present: int, data: bytes) -> None:
    """Whether an organisation may keep this beside what it has, counted in signs as sealed. Raises NotTaken."""
    weigh_beside(present * BYTES_OF_SIGNS, data)


def weigh_beside(present: float, data: bytes) -> None:
    """Whether an organisation may keep this beside so many bytes that it has. Raises NotTaken."""
    if present + len(data) > MOST_OF_ONE:
        raise NotTaken(FileFault.QUOTA)


def weigh(data: bytes) -> None:
    """Whether a file holds something, and not too much. Raises NotTaken."""
    if not data:
        raise NotTaken(FileFault.MISSING)
    if len(data) > LARGEST:
        raise NotTaken(FileFault.TOO_LARGE)


def _drawn_again(found: Image.Image, longest: int) -> bytes:
    width, height = (max(1, side * 2 * longest // max(found.size)) for side in found.size)
    found.draft(None, (width, height))  # a JPEG is unpacked no larger than this
    found.thumbnail((longest, longest))
    upright = ImageOps.exif_transpose(found)
    whole = upright.convert("RGBA")
    paper = Image.new("RGB", whole.size, "white")
    paper.paste(whole, mask=whole.getchannel("A"))
    target = io.BytesIO()
    paper.save(target, "JPEG", quality=82, optimize=True)
    return target.getvalue()

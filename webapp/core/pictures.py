"""Pictures drawn again, so that nothing is left of the file that they came in."""

import io
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

from webapp.core.file_faults import FileFault, NotTaken

MOST_PIXELS = {"JPEG": 40_000_000, "PNG": 40_000_000, "WEBP": 12_000_000}
"""By kind, and no other kind is taken. A WebP is unpacked four times over before anything can be made smaller."""

ONE_AT_A_TIME = Lock()
"""The largest picture takes hundreds of megabytes for a second."""

Image.MAX_IMAGE_PIXELS = None  # we ask its size ourselves, before anything is unpacked


def drawn_again(data: bytes, longest: int) -> bytes:
    """A fresh JPEG, upright, at most `longest` pixels a side. Raises NotTaken."""
    try:
        with Image.open(io.BytesIO(data), formats=tuple(MOST_PIXELS)) as found:
            if found.width * found.height > MOST_PIXELS[found.format or "WEBP"]:
                raise NotTaken(FileFault.TOO_MANY_PIXELS)
            with ONE_AT_A_TIME:
                return _drawn(found, longest)
    except UnidentifiedImageError as fault:
        raise NotTaken(FileFault.OTHER_KIND) from fault
    except (OSError, SyntaxError, ValueError, OverflowError) as fault:
        if isinstance(fault, NotTaken):
            raise
        raise NotTaken(FileFault.BROKEN) from fault


def _drawn(found: Image.Image, longest: int) -> bytes:
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

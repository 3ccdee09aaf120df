"""Files that people bring: told apart by what is in them, never by their name, and made anew where that can be done.

A picture is drawn again without anything that came along in its file: where and when it was taken, by which device, a
second file behind it. A PDF cannot be made anew: it is taken only when it is whole and runs nothing (`pdf`).
"""

from webapp.core import pdf
from webapp.core.file_faults import FileFault, NotTaken

__all__ = ["FileFault", "NotTaken", "document", "picture", "weigh", "weigh_all", "weigh_beside"]

LARGEST = 15_000_000
MOST_OF_ONE = 500_000_000
LARGEST_PDF = 5_000_000
LONGEST_SIDE = 1600

BYTES_OF_SIGNS = 3 / 4  # a sealed file is text; three bytes take four signs


def picture(data: bytes, longest: int = LONGEST_SIDE) -> bytes:
    """A photo as a fresh JPEG, upright, at most `longest` pixels a side. Raises NotTaken."""
    weigh(data)
    if data.startswith(b"%PDF-"):
        raise NotTaken(FileFault.NO_PICTURE)
    from webapp.core.pictures import drawn_again  # 3 MiB: read by a process that is brought a picture

    return drawn_again(data, longest)


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

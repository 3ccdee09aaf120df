"""A PDF that people bring: one file from beginning to end, that can be looked into and names nothing that runs.

It cannot be made anew, so what could be hidden in it is looked for: names written in other signs, and objects that are
packed. It is only ever a download for those who brought it; this keeps honest people from passing something on.
"""

import re
import zlib

from webapp.core.file_faults import FileFault, NotTaken

RUNS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
RUNS_SHORT = re.compile(rb"/JS\b")
LOCKED = re.compile(rb"/Encrypt\b")
PACKED = re.compile(rb"/ObjStm\b")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
ABOUT = 500  # a dictionary stands right before its stream
MOST_UNPACKED = 20_000_000
TOLD_BY_PHOTO = re.compile(rb"\xff[\xe1\xed](..)(?:Exif\0\0|http://ns\.adobe\.com/|Photoshop 3\.0\0)", re.DOTALL)


def checked(data: bytes) -> bytes:
    """The same PDF, without where and when a photo in it was taken. Raises NotTaken."""
    if data[data.rfind(b"%%EOF") :].strip(b"\0\t\n\x0c\r ") != b"%%EOF":
        raise NotTaken(FileFault.BROKEN)
    outside = STREAM.sub(b"", data)
    if LOCKED.search(_plain(outside)):
        raise NotTaken(FileFault.CLOSED)
    if RUNS.search(_plain(data)) or any(_runs(part) for part in (outside, *_unpacked(data))):
        raise NotTaken(FileFault.RUNS)
    return _without_place(data)


def _runs(part: bytes) -> bool:
    plain = _plain(part)
    return bool(RUNS.search(plain) or RUNS_SHORT.search(plain))


def _plain(part: bytes) -> bytes:
    """Names as they are meant: /J#61vaScript is /JavaScript."""
    return SIGN.sub(lambda sign: bytes([int(sign[1], 16)]), part)


def _unpacked(data: bytes) -> list[bytes]:
    """The objects that are packed in streams. Raises NotTaken when one does not open, or is far too large."""
    found, left = [], MOST_UNPACKED
    for stream in STREAM.finditer(data):
        if not PACKED.search(_plain(data[max(0, stream.start() - ABOUT) : stream.start()])):
            continue
        unpacking = zlib.decompressobj()
        try:
            found.append(unpacking.decompress(stream[1], left))
        except zlib.error as error:
            raise NotTaken(FileFault.CLOSED) from error
        left -= len(found[-1])
        if unpacking.unconsumed_tail or left <= 0:
            raise NotTaken(FileFault.CLOSED)
    return found


def _without_place(data: bytes) -> bytes:
    """What the camera wrote into photos becomes zeros; every byte keeps its place, so that the PDF still opens."""
    kept = bytearray(data)
    for told in TOLD_BY_PHOTO.finditer(data):
        begin, end = told.start() + 4, told.start() + 2 + int.from_bytes(told[1])
        kept[begin:end] = bytes(min(end, len(kept)) - begin)
    return bytes(kept)

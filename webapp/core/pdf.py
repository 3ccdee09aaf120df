"""A PDF that people bring: one file from beginning to end, that can be looked into and names nothing that runs.

It cannot be made anew, so what could be hidden in it is looked for: names written in other signs, and objects that are
packed. It is only ever a download for those who brought it; this keeps honest people from passing something on.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from webapp.core.file_faults import FileFault, NotTaken

RUNS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
RUNS_SHORT = re.compile(rb"/JS\b")
LOCKED = re.compile(rb"/Encrypt\b")
PACKED = re.compile(rb"/ObjStm\b")
OPENS, CLOSES = re.compile(rb"stream\r?\n"), b"endstream"
SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
ABOUT = 500  # a dictionary stands right before its stream
MOST_UNPACKED = 20_000_000
MOST_SIGNS = 100_000
"""So many signs of names written otherwise; an honest file has some hundreds, also where dots look like them."""
TOLD_BY_PHOTO = re.compile(rb"\xff[\xe1\xed](..)(?:Exif\0\0|http://ns\.adobe\.com/|Photoshop 3\.0\0)", re.DOTALL)


def checked(data: bytes) -> bytes:
    """The same PDF, without where and when a photo in it was taken. Raises NotTaken."""
    if data[data.rfind(b"%%EOF") :].strip(b"\0\t\n\x0c\r ") != b"%%EOF":
        raise NotTaken(FileFault.BROKEN)
    streams = list(_streams(data))
    outside = _plain(b"".join(_between(data, streams)))
    if LOCKED.search(outside):
        raise NotTaken(FileFault.CLOSED)
    if RUNS.search(_plain(data)) or any(_runs(part) for part in (outside, _plain(_unpacked(data, streams)))):
        raise NotTaken(FileFault.RUNS)
    return _without_place(data)


class Stream(NamedTuple):
    """Where a stream begins, and where its content does and ends."""

    start: int
    begin: int
    end: int


def _streams(data: bytes) -> Iterator[Stream]:
    """Each stream, looked for from the end of the one before: beginnings without an end take no more time."""
    at = 0
    while (opens := OPENS.search(data, at)) and (end := data.find(CLOSES, opens.end())) >= 0:
        yield Stream(opens.start(), opens.end(), end)
        at = end + len(CLOSES)


def _between(data: bytes, streams: Sequence[Stream]) -> Iterator[bytes]:
    """What stands before, between and after the streams."""
    at = 0
    for stream in streams:
        yield data[at : stream.start]
        at = stream.end + len(CLOSES)
    yield data[at:]


def _runs(plain: bytes) -> bool:
    return bool(RUNS.search(plain) or RUNS_SHORT.search(plain))


def _plain(part: bytes) -> bytes:
    """Names as they are meant: /J#61vaScript is /JavaScript. Raises NotTaken when nearly nothing stands there as it is
    meant."""
    plain, signs = SIGN.subn(lambda sign: bytes([int(sign[1], 16)]), part, MOST_SIGNS + 1)
    if signs > MOST_SIGNS:
        raise NotTaken(FileFault.CLOSED)
    return plain


def _unpacked(data: bytes, streams: Sequence[Stream]) -> bytes:
    """The objects that are packed in streams. Raises NotTaken when one does not open, or is far too large."""
    found, left, before = [], MOST_UNPACKED, 0
    for stream in streams:
        about = _plain(data[max(before, stream.start - ABOUT) : stream.start])
        before = stream.end
        if not PACKED.search(about):
            continue
        unpacking = zlib.decompressobj()
        try:
            found.append(unpacking.decompress(data[stream.begin : stream.end], left))
        except zlib.error as error:
            raise NotTaken(FileFault.CLOSED) from error
        left -= len(found[-1])
        if unpacking.unconsumed_tail or left <= 0:
            raise NotTaken(FileFault.CLOSED)
    return b"\n".join(found)


def _without_place(data: bytes) -> bytes:
    """What the camera wrote into photos becomes zeros; every byte keeps its place, so that the PDF still opens."""
    kept, done = bytearray(data), 0
    for told in TOLD_BY_PHOTO.finditer(data):
        begin, end = max(told.start() + 4, done), min(told.start() + 2 + int.from_bytes(told[1]), len(kept))
        if begin < end:  # what says that it lies within another is gone already
            kept[begin:end] = bytes(end - begin)
            done = end
    return bytes(kept)

"""Bringing a file: how large a request may be, the field for it, and what is said when it is not taken.

A file stays in memory until it is sealed: nothing of it is written to the disk of the server on the way.
"""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from flask import Flask, Request, request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from webapp.core.file_faults import FileFault, NotTaken
from webapp.core.keeping import NO_ROOM
from webapp.web.forms import Form
from webapp.web.guard import declaration_of
from webapp.web.i18n import word
from webapp.web.settings import current_settings

LARGEST_REQUEST = 16_000_000

FAULTS: dict[FileFault, str] = {
    FileFault.MISSING: _l("Choose a file first."),
    FileFault.EMPTY: _l("There is nothing in this file. Choose another one."),
    FileFault.TOO_LARGE: _l("This file is larger than 15 MB. Take a smaller photo, or make it smaller first."),
    FileFault.PDF_TOO_LARGE: _l("This PDF is larger than 5 MB. Scan it in grey or with fewer dots, or take a photo."),
    FileFault.TOO_MANY_PIXELS: _l(
        "This photo has more than 40 million dots, or 12 million as a WebP. Take it smaller, or save it as a JPEG."
    ),
    FileFault.OTHER_KIND: _l("This is no photo (JPG, PNG or WebP), whatever its name says. Choose another file."),
    FileFault.NO_PICTURE: _l("This is a PDF. Choose a photo: JPG, PNG or WebP."),
    FileFault.BROKEN: _l("This file is damaged: it can't be opened. Choose it once more, or take a new photo."),
    FileFault.CLOSED: _l("Brug can't look into this PDF; perhaps it has a password. Print it and take a photo."),
    FileFault.NO_ROOM: _l("There is too little room on the server for files just now. Whoever looks after it knows."),
    FileFault.QUOTA: _l("Your organisation keeps 500 MB of files already. Take away what nobody needs any more."),
    FileFault.RUNS: _l("This PDF can run something on a computer, so it isn't kept. Print it and take a photo."),
    FileFault.NO_PAPER: _l(
        "Brug keeps PDF, photos (JPG, PNG, WebP), Word, Excel, OpenDocument, text and CSV. Choose another file, "
        "or make a PDF of it."
    ),
    FileFault.FALSE_NAME: _l(
        "What is in this file is something else than its name says, so it isn't kept. Save it once more in the "
        "program it comes from."
    ),
    FileFault.UNPACKS_LARGE: _l("This file becomes far too large when it is opened. Make a PDF of it."),
    FileFault.LOCKED: _l("This file has a password. Save it without one, or make a PDF of it."),
    FileFault.MACROS: _l(
        "This file can run something on a computer, so it isn't kept. Save it without macros, or make a PDF of it."
    ),
}


class FileForm(Form):
    """One file."""

    file = FileField(_l("File"))

    def read(self) -> bytes:
        """What was brought; nothing when no file was chosen. Raises NotTaken for an empty file, and when the disk is
        nearly full."""
        if shutil.disk_usage(current_settings().data).free < NO_ROOM:
            raise NotTaken(FileFault.NO_ROOM)
        if not self.file.data:
            return b""
        if not (data := self.file.data.read()):
            raise NotTaken(FileFault.EMPTY)
        return bytes(data)

    @contextmanager
    def taking(self) -> Iterator[None]:
        """Keep a file that may be refused; then the form says why beside the field."""
        try:
            yield
        except NotTaken as fault:
            self.take({"file": word(str(FAULTS[fault.fault]))})


class InMemory(Request):
    """A request that keeps the files it brings in memory."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


def init_app(app: Flask) -> None:
    """Let the endpoints that take a file have one; comes before anything reads a form."""
    app.request_class = InMemory

    @app.before_request
    def make_room() -> None:
        declared: Any = declaration_of(request.endpoint) if request.endpoint else None
        if declared is not None and declared.takes_file:
            request.max_content_length = LARGEST_REQUEST

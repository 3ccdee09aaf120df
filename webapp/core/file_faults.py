"""Why a file that people bring is not taken."""

import enum


class FileFault(enum.StrEnum):
    """Why a file is not taken."""

    MISSING = "file_missing"
    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    PDF_TOO_LARGE = "file_pdf_too_large"
    TOO_MANY_PIXELS = "file_too_many_pixels"
    OTHER_KIND = "file_other_kind"
    NO_PICTURE = "file_no_picture"
    BROKEN = "file_broken"
    RUNS = "file_runs"
    CLOSED = "file_closed"
    NO_ROOM = "file_no_room"
    QUOTA = "file_quota"
    NO_PAPER = "file_no_paper"
    FALSE_NAME = "file_false_name"
    UNPACKS_LARGE = "file_unpacks_large"
    LOCKED = "file_locked"
    MACROS = "file_macros"


class NotTaken(ValueError):
    """The file is not taken; `fault` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault

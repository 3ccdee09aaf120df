"""When nothing can be kept: the disk is full, or the database may only be read. Reading goes on meanwhile."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

LITTLE_ROOM, NO_ROOM = 1024**3, 500 * 1024**2
"""Below the first somebody is told; below the second no files are taken any more, so that words still can be."""

FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
FULL_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}
FULL_POSTGRES = {"53100", "25006", "58030"}  # disk full, read-only transaction, input/output error


def is_impossible(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that nothing can be written just now."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL_DISK:
            return True
        if isinstance(error, DBAPIError) and _says_so(error.orig):
            return True
        error = error.__cause__
    return False


def _says_so(original: BaseException | None) -> bool:
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in FULL_SQLITE
    return getattr(original, "sqlstate", None) in FULL_POSTGRES

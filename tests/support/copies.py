"""Copies of whole databases: much faster than migrating and filling one again."""

import shutil
from pathlib import Path

from sqlalchemy import make_url

from tests.support import postgres


def copied(address: str, file: Path) -> str:
    """The address of a copy of a database that nobody is using: on SQLite in `file`, on PostgreSQL beside it."""
    source = make_url(address).database or ""
    if address.startswith("postgres"):
        return postgres.create_database(source)
    shutil.copyfile(source, file)
    file.chmod(0o600)
    return f"sqlite:///{file}"


def thrown_away(address: str) -> None:
    """A copy that is needed no more; a file goes with its folder."""
    if address.startswith("postgres"):
        postgres.drop_database(address)

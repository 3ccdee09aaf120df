"""The schema of the database: which one it has, and which one this version of Brug wants.

Whoever serves pages asks this every few seconds, so it takes reading a few files and one row. Alembic, as large as a
tenth of everything else, is loaded by whoever changes the schema.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import inspect, text

from webapp.config import ROOT
from webapp.core.db import db

if TYPE_CHECKING:
    from alembic.config import Config

_NAMED = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


class UnknownSchema(RuntimeError):
    """The database has a schema that this version never had."""


def alembic_config(app: Flask | None = None) -> "Config":
    """Alembic, for this application."""
    from alembic.config import Config

    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.attributes["app"] = app
    return config


def upgrade(app: Flask) -> None:
    """Bring the database of this application to the newest schema. Raises UnknownSchema for one we never had."""
    from alembic import command
    from alembic.util.exc import CommandError

    try:
        command.upgrade(alembic_config(app), "head")
    except CommandError as error:
        raise UnknownSchema(str(error)) from error


@cache
def _steps() -> dict[str, str | None]:
    """Every schema this version knows, and the one before it."""
    files = (ROOT / "migrations" / "versions").glob("*.py")
    named = [dict(_NAMED.findall(file.read_text(encoding="utf-8"))) for file in files]
    return {names["revision"]: names.get("down_revision") for names in named}


def wanted() -> str | None:
    """The newest schema that this version knows."""
    steps = _steps()
    return next(iter(steps.keys() - set(steps.values())), None)


def present() -> str | None:
    """The schema of the database; None when it has none yet."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def is_known(revision: str) -> bool:
    """Whether this version has ever had this schema; one that is newer than the program is strange to it."""
    return revision in _steps()

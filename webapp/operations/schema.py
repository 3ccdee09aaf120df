"""The schema of the database: which one it has, and which one this version of Brug wants."""

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from webapp.config import ROOT
from webapp.core.db import db


def alembic_config(app: Flask | None = None) -> Config:
    """Alembic, for this application."""
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.attributes["app"] = app
    return config


def wanted() -> str | None:
    """The newest schema that this version knows."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def present() -> str | None:
    """The schema of the database; None when it has none yet."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this version has ever had this schema; one that is newer than the program is strange to it."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions())

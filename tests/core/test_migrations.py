"""The migrated schema is the schema of the models, on whichever database this run uses."""

from dataclasses import replace
from pathlib import Path

from alembic import command
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, text

from tests.support import postgres
from webapp import create_app
from webapp.cli import alembic_config
from webapp.config import Settings
from webapp.core.db import Base, db


def test_the_models_are_migrated_whole(app: Flask) -> None:
    command.check(alembic_config(app))


def test_the_checks_are_migrated_too(app: Flask) -> None:
    """Alembic compares no CHECKs, so their names are compared here."""
    inspector = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint) and c.name}
        present = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert wanted <= present, table.name


def test_there_is_a_way_back(settings: Settings, tmp_path: Path) -> None:
    """Down to nothing and up again, on a database of its own."""
    on_postgres = settings.database_url.startswith("postgres")
    url = postgres.create_database() if on_postgres else f"sqlite:///{tmp_path / 'way_back.sqlite'}"
    own = create_app(replace(settings, database_url=url))
    with own.app_context():
        config = alembic_config(own)
        command.upgrade(config, "head")
        command.downgrade(config, "base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        command.upgrade(config, "head")
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 0
        db.engine.dispose()
    if on_postgres:
        postgres.drop_database(url)

"""Alembic's environment: one set of migrations for SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from webapp import create_app
from webapp.accounts import models as accounts
from webapp.core.db import Base, db
from webapp.directory import models as directory
from webapp.notifications import models as notifications
from webapp.referrals import between
from webapp.referrals import models as referrals

AREAS = (accounts, between, directory, notifications, referrals)  # imported so that the metadata knows every table

BY_HAND = "lesson_words", "bridge_of_plan"


def plain_type(kind: str, thing: object, _context: object) -> str | bool:
    """Migrations name the type that the database sees, so that they outlive our own types."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def is_modelled(name: str | None, _kind: str, _parents: object) -> bool:
    """An index of words, or of what has no order everywhere, is another thing on each database, and made by hand: no
    model knows it."""
    return not (name or "").startswith(BY_HAND)


@contextmanager
def without_cascades(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew and dropping the old one, and a drop deletes its rows: whatever hangs
    on them would go too. So foreign keys are off meanwhile, and all of them are looked at before the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.connection.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    else:
        connection.commit()
    finally:  # inside a transaction this would do nothing, and the connection would go back to the pool without them
        connection.connection.execute("PRAGMA foreign_keys=ON")


def look_at_keys(connection: Connection) -> None:
    """Refuse a migration that leaves rows hanging on something that is gone."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("a migration left rows that hang on something that is gone")


def configure(connection: Connection) -> None:
    """Run the migrations over one connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
        render_item=plain_type,
        include_name=is_modelled,
    )
    with without_cascades(connection), context.begin_transaction():
        context.run_migrations()
        look_at_keys(connection)


app = context.config.attributes.get("app") or create_app()
with app.app_context():
    given = context.config.attributes.get("connection")
    if given is not None:
        configure(given)
    else:
        with db.engine.connect() as own:
            configure(own)

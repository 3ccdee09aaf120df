"""How a command ends that meets what it can do nothing about: with a sentence for whoever typed it."""

import sqlite3
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class Command(click.Command):
    """A command that says what a database or a disk refuses, in place of where in the program that was."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except _errors_of_a_database() as error:
            sentence = f"The database refuses: {_first_line(error)}. What is wrong says: flask --app webapp doctor"
            raise click.ClickException(sentence) from error
        except OSError as error:
            sentence = f"A file cannot be read or written: {error}. Is the disk full, or may it only be read?"
            raise click.ClickException(sentence) from error


def _errors_of_a_database() -> tuple[type[Exception], ...]:
    """Asked for when something went wrong: a town on SQLite has no other use for the driver of PostgreSQL."""
    import psycopg

    return SQLAlchemyError, psycopg.Error, sqlite3.Error


def _first_line(error: Exception) -> str:
    """What the database said itself, without statements and values."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.splitlines()[0].rstrip(".") if said else type(error).__name__

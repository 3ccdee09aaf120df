"""Which of the two kinds of database an address leads to."""

from webapp.operations.sqlite_store import SqliteStore
from webapp.operations.store import Store


def store_of(address: str) -> Store:
    """The store for a database address."""
    if address.startswith("sqlite"):
        return SqliteStore(address)
    from webapp.operations.postgres_store import PostgresStore  # its driver is loaded where it is used

    return PostgresStore(address)

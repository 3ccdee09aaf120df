"""Bringing a backup back, and rehearsing it every night on a database of its own that nobody sees.

Both do the same work up to the last step: open the file, load the database beside the real one, look whether all of
it is there, bring it to today's schema, and erase again what was erased after the backup was made. A rehearsal then
throws it away; a restore puts it in place, so that it is clean before anybody can read it.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, text

from webapp.config import Settings
from webapp.core import chain, ledger, rotation
from webapp.core.chain import Head
from webapp.core.db import db
from webapp.core.errors import Unavailable
from webapp.operations import backups, schema
from webapp.operations.backups import KEYS_OF_THEN, UPLOADS
from webapp.operations.store import Facts, Store, Trouble
from webapp.operations.stores import store_of

HEADS = "audit-heads.txt"

MakeApp = Callable[[Settings], Flask]


@dataclass(frozen=True, slots=True)
class Report:
    """What came back: how many rows in all, how much was erased again, and of when it is. `kept` names the database
    before it."""

    rows: int
    erased_again: int
    made_at: datetime
    kept: str = ""


def heads_file(settings: Settings) -> Path:
    """Where the heads of the audit log are kept, outside the database."""
    return settings.data / HEADS


def rehearse(settings: Settings, make_app: MakeApp, *, despite_log: bool = False) -> Report:
    """Try the newest backup. Raises Trouble with what is wrong with it. `despite_log`: also when its audit log is not
    whole; the rest of it may well be."""
    newest = next(iter(backups.present(settings)), None)
    if newest is None:
        raise Trouble("no_backup", "There is no backup yet to try. Make one with: flask --app webapp backup")
    with _brought_out(settings, newest.file, make_app, despite_log=despite_log) as (_folder, _store, _address, report):
        return report


def restore(settings: Settings, file: Path, make_app: MakeApp, *, despite_log: bool = False) -> Report:
    """Put a backup in the place of the database. Raises Trouble before anything was changed."""
    store_of(settings.database_url).refuse_while_used()
    with _brought_out(settings, file, make_app, despite_log=despite_log) as (folder, store, address, report):
        kept = store.put_in_place(address)
        if (folder / UPLOADS).is_dir():
            present = settings.data / UPLOADS
            if present.exists():
                present.replace(present.with_name(f"{UPLOADS}.before-{file.stem}"))
            shutil.move(folder / UPLOADS, present)
        return replace(report, kept=kept)


@contextmanager
def _brought_out(
    settings: Settings, file: Path, make_app: MakeApp, *, despite_log: bool
) -> Iterator[tuple[Path, Store, str, Report]]:
    """A backup, loaded beside the real database, looked at and cleaned."""
    store = store_of(settings.database_url)
    with backups.scratch(settings.backups) as folder:
        facts = backups.unpack(file, folder)
        with store.beside(folder, folder / backups.DATABASE) as address:
            copy = replace(settings, database_url=address)
            yield folder, store, address, _examined(copy, facts, make_app(copy), despite_log=despite_log)


def _examined(settings: Settings, facts: Facts, app: Flask, *, despite_log: bool) -> Report:
    with app.app_context():
        try:
            _look(facts)
            schema.upgrade(app)
            if not despite_log:
                _look_at_log(settings, facts)
            if not rotation.is_complete():
                raise Trouble("keys", f"A key is missing: not everything in the backup can be opened. {KEYS_OF_THEN}")
            erased = ledger.replay()
            db.session.commit()
            if not ledger.is_replayed():
                raise Trouble("ledger", "What was erased after the backup could not be erased again.")
            return Report(sum(facts["rows"].values()), erased, _moment(facts))
        except ledger.UnknownErasure as error:
            raise Trouble("ledger", f"The ledger erases something that this version does not know: {error}") from error
        except Unavailable as error:
            raise Trouble("keys", f"Not everything in the backup can be opened: {error}") from error
        except schema.UnknownSchema as error:
            raise Trouble("schema", f"The schema of the backup is not one that this version knows: {error}") from error
        finally:
            db.session.remove()
            db.engine.dispose()


def _look(facts: Facts) -> None:
    """Whether the database is whole and every row is there."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            if connection.execute(text("PRAGMA integrity_check(1)")).scalar() != "ok":
                raise Trouble("damaged", "The database in the backup is damaged.")
            if connection.execute(text("PRAGMA foreign_key_check")).first():
                raise Trouble("damaged", "In the backup, something refers to a row that is not there.")
        if connection.execute(text("SELECT version_num FROM alembic_version")).scalar() != facts["revision"]:
            raise Trouble("damaged", "The backup holds another schema than its list says.")
        for table in inspect(connection).get_table_names():
            number = connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar()  # noqa: S608 - own tables
            told = facts["rows"].get(table)
            if number != told:
                raise Trouble("rows", f"The backup has {number} rows in {table}, and its list says {told}.")


def _moment(facts: Facts) -> datetime:
    return datetime.fromisoformat(facts["made_at"])


def _look_at_log(settings: Settings, facts: Facts) -> None:
    """Whether the audit log in the copy is whole, as far as it went at that time."""
    newest = Head.parse(facts["head"]) if facts["head"] else None
    file = heads_file(settings)
    try:
        then = chain.kept(file, _moment(facts))
    except ValueError as error:
        sentence = (
            f"A head that was kept cannot be read: {error}. Keep {file.name} elsewhere as evidence, and try again."
        )
        raise Trouble("rewritten", sentence) from error
    known = [head for head in then if newest and head.number <= newest.number]
    verdict = chain.verify([*known, newest] if newest else known)
    db.session.rollback()
    if verdict.fault:
        sentence = (
            f"The audit log in the backup is not whole from entry {verdict.number} on. Take an older one, or take this "
            "one all the same with --despite-log: then the log in it stays as it is."
        )
        raise Trouble("chain", sentence)

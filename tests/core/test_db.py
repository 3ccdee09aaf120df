"""The database keeps its promises: no lost update, reads that cannot write, exact types."""

import contextlib
import enum
import socket
import time
import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from tests.core.together import in_processes
from tests.people import Cast
from webapp.accounts.models import Function, Organisation
from webapp.config import Settings
from webapp.core import clock
from webapp.core.db import (
    SQLITE_PRAGMAS,
    Base,
    CodeList,
    ReadThatWrites,
    UtcDateTime,
    current_connection,
    db,
    engine_options,
    given,
    is_reading,
    own_transaction,
    read,
    reading,
)
from webapp.core.history import History
from webapp.core.statements import Prepared
from webapp.vocabulary.seven_bs import B
from webapp.web.attempts import Attempts

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
AS_READ_BACK = {"WAL": "wal", "FULL": "2", "ON": "1", "OFF": "0", "MEMORY": "2"}


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def counted(amount: int) -> dict[str, Any]:
    return {"key_hash": uuid.uuid4().hex, "amount": amount, "expires_at": NOON}


def count(amount: int) -> Attempts:
    return Attempts(**counted(amount))


def test_every_pooled_connection_is_set_up(app: Flask) -> None:
    connections = [db.engine.connect() for _ in range(5)]
    try:
        assert len({id(one.connection.dbapi_connection) for one in connections}) == 5
        for one in connections:
            if is_sqlite():
                cursor = one.connection.cursor()
                read = {name: str(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in SQLITE_PRAGMAS}
                assert read == {name: AS_READ_BACK.get(value, value) for name, value in SQLITE_PRAGMAS.items()}
            else:
                shown = [one.scalar(text(f"SHOW {name}")) for name in ("statement_timeout", "lock_timeout")]
                assert shown == ["10s", "5s"]
                assert one.scalar(text("SHOW idle_in_transaction_session_timeout")) == "30s"
                assert one.scalar(text("SHOW synchronous_commit")) == "on"
            one.rollback()
    finally:
        for one in connections:
            one.close()


def test_two_processes_with_threads_lose_no_update(app: Flask, cast: Cast, settings: Settings) -> None:
    """Trap 1: read-then-write from many sides at once. Every letter that was written is there afterwards."""
    before = db.session.get_one(Organisation, cast.stil).name
    db.session.rollback()
    in_processes(settings.database_url, cast.stil, processes=2, threads=3, times=8)
    assert db.session.get_one(Organisation, cast.stil).name == before + "x" * 48


def test_a_writing_transaction_takes_its_turn_before_it_reads(app: Flask) -> None:
    """Trap 1, why it holds on SQLite: the lock is there from the first statement on."""
    if not is_sqlite():
        pytest.skip("PostgreSQL guards rows by their version instead")
    db.session.execute(select(Organisation.id)).all()
    with db.engine.connect() as other, reading():
        other.execute(text("SELECT 1"))
    raw = db.engine.raw_connection()
    raw.cursor().execute("PRAGMA busy_timeout=0")
    with pytest.raises(Exception, match="locked"):
        raw.cursor().execute("BEGIN IMMEDIATE")
    raw.cursor().execute("PRAGMA busy_timeout=5000")
    raw.close()


def test_readers_are_not_held_up_by_a_writer(app: Flask, cast: Cast) -> None:
    db.session.get_one(Organisation, cast.stil).name = "Anders"
    db.session.flush()
    with reading(), db.engine.connect() as other:
        assert other.scalar(select(Organisation.name).where(Organisation.id == cast.stil)) == "Speelclub Rietpluim"


def test_a_read_that_writes_raises(app: Flask, cast: Cast) -> None:
    with reading():
        assert is_reading()
        db.session.add(count(1))
        with pytest.raises(ReadThatWrites):
            db.session.flush()
        db.session.rollback()
        for statement in (
            insert(Attempts).values(key_hash="x", amount=1, expires_at=NOON),
            update(Organisation).values(name="x"),
            delete(Organisation),
        ):
            with pytest.raises(ReadThatWrites):
                db.session.execute(statement)
        db.session.get_one(Organisation, cast.stil).name = "Anders"
        with pytest.raises(ReadThatWrites):
            db.session.commit()
        db.session.rollback()
    assert not is_reading()
    assert db.session.get_one(Organisation, cast.stil).name == "Speelclub Rietpluim"


def test_what_is_kept_beside_the_request_survives_its_failure(app: Flask) -> None:
    with reading(), own_transaction() as beside:
        beside.execute(insert(Attempts).values(counted(7)))
    db.session.rollback()
    assert db.session.scalar(select(Attempts.amount)) == 7


def test_an_own_transaction_that_fails_keeps_nothing_and_reading_goes_on(app: Flask) -> None:
    with reading():
        with contextlib.suppress(ZeroDivisionError), own_transaction() as beside:
            beside.execute(insert(Attempts).values(counted(7)))
            raise ZeroDivisionError
        assert is_reading()
    assert db.session.scalar(select(func.count()).select_from(Attempts)) == 0


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_a_transaction_keeps_its_connection_and_the_next_one_sees_what_is_new(app: Flask, cast: Cast, end: str) -> None:
    with reading():
        before = current_connection()
        assert before is current_connection() is db.session.connection()
        assert read(NAME, {"id": cast.zilverreiger})[0].name != "Net veranderd"
    getattr(db.session, end)()
    assert before.closed
    with own_transaction() as beside:
        beside.execute(update(Organisation).where(Organisation.id == cast.zilverreiger).values(name="Net veranderd"))
    assert read(NAME, {"id": cast.zilverreiger})[0].name == "Net veranderd"
    assert current_connection() is not before


NAME = Prepared(lambda: select(Organisation.name).where(Organisation.id == given("id", Organisation.id)))


def test_a_stored_moment_has_a_time_zone_and_comes_back_as_utc(app: Flask) -> None:
    row = count(1)
    row.expires_at = datetime(2026, 11, 24, 13, tzinfo=timezone(timedelta(hours=1)))
    db.session.add(row)
    db.session.commit()
    assert row.expires_at == NOON
    assert row.expires_at.utcoffset() == timedelta(0)

    naive = count(2)
    naive.expires_at = datetime(2026, 11, 24, 13)  # noqa: DTZ001 - that is the point
    db.session.add(naive)
    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()


def test_every_moment_of_every_table_is_kept_as_utc() -> None:
    moments = [
        column for table in Base.metadata.tables.values() for column in table.columns if "DATETIME" in str(column.type)
    ]
    assert len(moments) > 20
    assert [str(column) for column in moments if not isinstance(column.type, UtcDateTime)] == []


def test_a_list_of_codes_comes_back_as_members_and_refuses_others() -> None:
    kind = CodeList(B)
    codes = tuple(B)[:2]
    kept = kind.process_bind_param(codes, db_dialect())
    assert kept == [one.value for one in codes]
    assert kind.process_result_value(kept, db_dialect()) == codes
    assert kind.process_result_value(None, db_dialect()) == ()
    with pytest.raises(ValueError, match="nonsense"):
        kind.process_bind_param(["nonsense"], db_dialect())


def db_dialect() -> object:
    return None


class Other(enum.StrEnum):
    """A code of something else."""

    THING = "thing"


def test_the_database_itself_refuses_a_code_that_does_not_exist(app: Flask, cast: Cast) -> None:
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("UPDATE organisation SET kind = 'casino'"))
    with pytest.raises(StatementError):
        db.session.execute(update(Organisation).values(kind=Other.THING))
    db.session.rollback()


def test_the_database_itself_refuses_a_row_that_points_at_nothing(app: Flask, cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        db.session.execute(update(Function).values(organisation_id=uuid.uuid4()))
    db.session.rollback()


def test_history_holds_codes_and_an_actor_and_never_a_name(app: Flask, cast: Cast) -> None:
    from webapp.core import history

    with clock.at(NOON):
        history.record("offer", cast.stil, "confirm", by=cast.actor("noor"), before=B.TRUST, after=None)
    db.session.commit()
    row = db.session.scalars(select(History)).one()
    assert (row.kind, row.thing_id, row.step, row.before, row.after) == ("offer", cast.stil, "confirm", B.TRUST, None)
    assert (row.at, row.actor_id, row.organisation_id) == (NOON, cast.noor, cast.zilverreiger)
    kinds = {column.name: str(column.type) for column in History.__table__.columns}
    assert not [name for name, kind in kinds.items() if kind in ("TEXT", "VARCHAR") or "note" in name]


def test_a_database_that_does_not_answer_is_given_up_soon() -> None:
    """Its machine is there and says nothing, as behind a firewall: readiness must not wait for minutes."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql+psycopg://brug@127.0.0.1:{silent.getsockname()[1]}/brug"
        engine = create_engine(url, **engine_options(url))
        begun = time.monotonic()
        with pytest.raises(OperationalError):
            engine.connect()
        assert time.monotonic() - begun < 5
        engine.dispose()

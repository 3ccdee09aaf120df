"""The audit log only grows, every change to it shows, and what cannot be written down does not happen."""

import uuid
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.core.together import at_once
from tests.people import Cast
from webapp.core import audit, chain, clock
from webapp.core.audit import Audit
from webapp.core.db import db, own_transaction
from webapp.core.errors import Unavailable
from webapp.policy.actor import CLOCK

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
THING = uuid.UUID(int=5)


def write_three(cast: Cast) -> None:
    for who in ("hilde", "bram", "lena"):
        audit.write("open_card", by=cast.actor(who), thing_id=THING)
    db.session.commit()


def entries() -> list[Audit]:
    return list(db.session.scalars(select(Audit).order_by(Audit.number)))


def broken_at() -> int | None:
    """The number of the first entry that does not follow from the one before it."""
    return chain.verify().number


def force(statement: str, **values: object) -> None:
    """Change the log past its triggers, as somebody with the database in hands could."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for trigger in ("audit_no_update", "audit_no_delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement), values)


def test_an_entry_says_who_what_and_when_and_nothing_else(app: Flask, cast: Cast) -> None:
    audit.request_id.set("r1")
    with clock.at(NOON):
        audit.write("open_card", by=cast.actor("hilde"), thing_id=THING, result="refused", reason="no_agreement")
    row = entries()[0]
    assert (row.number, row.at, row.action, row.thing_id) == (1, NOON, "open_card", THING)
    assert (row.actor_id, row.organisation_id) == (cast.hilde, cast.lantaarn)
    assert (row.result, row.reason, row.request_id) == ("refused", "no_agreement", "r1")
    assert b"Hilde" not in audit.canonical([getattr(row, column.key) for column in audit.PROTECTED])


def test_the_chain_holds_from_the_first_entry_on(app: Flask, cast: Cast) -> None:
    write_three(cast)
    assert [row.number for row in entries()] == [1, 2, 3]
    assert broken_at() is None


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE audit SET actor_id = NULL WHERE number = 2", 2),
        ("UPDATE audit SET result = 'refused' WHERE number = 1", 1),
        ("UPDATE audit SET reason = 'x' WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 2", 3),
        ("DELETE FROM audit WHERE number = 1", 2),
        ("UPDATE audit SET mac = (SELECT mac FROM audit WHERE number = 1) WHERE number = 3", 3),
    ],
)
def test_a_change_by_force_shows(app: Flask, cast: Cast, statement: str, first_bad: int) -> None:
    write_three(cast)
    db.session.remove()
    force(statement)
    assert broken_at() == first_bad


def test_another_order_shows(app: Flask, cast: Cast) -> None:
    write_three(cast)
    db.session.remove()
    for before, after in ((1, 9), (2, 1), (9, 2)):
        force("UPDATE audit SET number = :after WHERE number = :before", before=before, after=after)
    assert broken_at() == 1


def test_each_field_is_protected(app: Flask, cast: Cast) -> None:
    """Two different entries never read the same to the MAC."""
    first = {
        "number": 1, "at": NOON, "action": "a", "actor_id": None, "organisation_id": None, "thing_id": None,
        "result": "ok", "reason": "x", "request_id": "r",
    }  # fmt: skip
    others = {
        "number": 2,
        "at": datetime(2026, 11, 24, 13, tzinfo=UTC),
        "action": "b",
        "actor_id": THING,
        "organisation_id": THING,
        "thing_id": THING,
        "result": "no",
        "reason": "y",
        "request_id": "s",
    }
    assert [*others] == [column.key for column in audit.PROTECTED]
    before = audit.canonical([*first.values()])
    assert before == b"1\x1f2026-11-24T12:00:00+00:00\x1fa\x1f\x1f\x1f\x1fok\x1fx\x1fr", (
        "as every entry was read so far"
    )
    for name, value in others.items():
        assert audit.canonical([*(first | {name: value}).values()]) != before, name
    moved = first | {"reason": "xr", "request_id": ""}
    assert audit.canonical([*moved.values()]) != before


@pytest.mark.parametrize("statement", ["UPDATE audit SET reason = 'x'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_the_log(app: Flask, cast: Cast, statement: str) -> None:
    write_three(cast)
    with pytest.raises(DBAPIError, match="only ever added to"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert len(entries()) == 3


def test_what_is_undone_leaves_no_entry(app: Flask, cast: Cast) -> None:
    audit.write("open_card", by=cast.actor("hilde"), thing_id=THING)
    db.session.rollback()
    write_three(cast)
    assert broken_at() is None


def test_an_act_that_cannot_be_written_down_does_not_happen(app: Flask, cast: Cast) -> None:
    db.session.execute(text("ALTER TABLE audit RENAME TO audit_gone"))
    db.session.commit()
    try:
        with pytest.raises(Unavailable):
            audit.write("open_card", by=cast.actor("hilde"), thing_id=THING)
        db.session.rollback()
    finally:
        db.session.execute(text("ALTER TABLE audit_gone RENAME TO audit"))
        db.session.commit()


def test_entries_written_at_the_same_time_make_one_chain(app: Flask, cast: Cast) -> None:
    def act(_number: int) -> None:
        audit.write("sign_in", by=CLOCK)
        db.session.commit()

    at_once(app, 8, act)
    assert [row.number for row in entries()] == list(range(1, 9))
    assert broken_at() is None


def test_an_entry_can_be_written_beside_the_request(app: Flask, cast: Cast) -> None:
    with own_transaction() as beside:
        audit.write("sign_in", by=CLOCK, result="refused", beside=beside)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Audit)) == 1

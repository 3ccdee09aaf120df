"""Entries of the audit log go after two years, in order, and nobody else can shorten it unnoticed."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.core.test_audit import NOON, force
from tests.people import Cast
from webapp.core import audit, audit_period, chain, clock
from webapp.core.audit import Audit
from webapp.core.chain import Head
from webapp.core.db import db
from webapp.vocabulary.retention import Keep, kept_for

DAY = timedelta(days=1)
PERIOD = kept_for(Keep.AUDIT)


@pytest.fixture
def heads(app: Flask, cast: Cast) -> list[Head]:
    """Six entries, ten days apart; their heads, as they were kept outside."""
    for number in range(6):
        with clock.at(NOON + number * 10 * DAY):
            audit.write("open_card", by=cast.actor("hilde"))
            db.session.commit()
    rows = db.session.execute(select(Audit.number, Audit.mac).order_by(Audit.number)).all()
    return [Head(row.number, row.mac) for row in rows]


def forget(moment: datetime) -> None:
    with clock.at(moment):
        audit_period.forget_old_entries()
        db.session.commit()


def numbers() -> list[int]:
    return list(db.session.scalars(select(Audit.number).order_by(Audit.number)))


def found(heads: list[Head]) -> tuple[str, int | None]:
    verdict = chain.verify(heads)
    db.session.rollback()
    return verdict.fault, verdict.number


def test_it_is_kept_for_twenty_four_months_and_no_longer(heads: list[Head]) -> None:
    assert timedelta(days=730) == PERIOD
    forget(NOON + PERIOD - DAY)
    assert numbers() == [1, 2, 3, 4, 5, 6]
    forget(NOON + PERIOD + DAY)
    assert numbers() == [2, 3, 4, 5, 6]
    forget(NOON + PERIOD + 21 * DAY)
    assert numbers() == [4, 5, 6]
    assert found(heads) == ("", None), "also beside the heads of entries that went"


def test_the_newest_stays_and_the_chain_goes_on(heads: list[Head], cast: Cast) -> None:
    for _ in range(2):
        forget(NOON + 3 * PERIOD)
        assert numbers() == [6]
    audit.write("sign_in", by=cast.actor("jef"))
    db.session.commit()
    assert numbers() == [6, 7]
    assert found(heads) == ("", None)


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE audit SET result = 'refused' WHERE number = 5", ("broken", 5)),
        ("DELETE FROM audit WHERE number = 4", ("broken", 5)),
        ("DELETE FROM audit WHERE number >= 5", ("cut", 5)),
        ("DELETE FROM audit_base", ("broken", 4)),
        ("UPDATE audit_base SET number = 2", ("broken", 3)),
        ("UPDATE audit_base SET mac = (SELECT mac FROM audit WHERE number = 4), number = 4", ("broken", 5)),
    ],
)
def test_what_is_done_to_it_afterwards_is_found(heads: list[Head], statement: str, bad: tuple[str, int]) -> None:
    forget(NOON + PERIOD + 21 * DAY)
    db.session.remove()
    force(statement)
    assert found(heads) == bad


def test_who_holds_the_database_alone_cannot_shorten_it(heads: list[Head]) -> None:
    db.session.remove()
    mac = heads[2].mac
    force("INSERT INTO audit_base (id, number, mac, proof) VALUES (1, 3, :mac, :proof)", mac=mac, proof="0" * 64)
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE number <= 3"))
    assert found(heads) == ("broken", 4)


def test_the_triggers_let_go_of_nothing_else(heads: list[Head]) -> None:
    forget(NOON + PERIOD + 21 * DAY)
    with pytest.raises(DBAPIError, match="only ever added to"):
        db.session.execute(text("DELETE FROM audit WHERE number = 4"))
    db.session.rollback()
    assert numbers() == [4, 5, 6]


def test_a_head_of_the_last_entry_that_went_is_compared(heads: list[Head]) -> None:
    forget(NOON + PERIOD + 21 * DAY)
    assert found([Head(3, "a" * 64)]) == ("rewritten", 3)

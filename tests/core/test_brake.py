"""Erasing what is over stops by itself when the clock jumped or when a lot is due, and asks a person."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.people import Cast
from webapp.core import brake, clock
from webapp.core.audit import Audit
from webapp.core.brake import Due, Held
from webapp.core.db import db
from webapp.core.outbox import Claimed
from webapp.core.sweeps import run_sweeps
from webapp.policy.rules import NotAllowed

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def erased(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When something was erased; nothing else forgets here."""
    found: list[datetime] = []
    monkeypatch.setattr(brake, "FORGETS", [lambda: found.append(clock.now())])
    return found


def due(monkeypatch: pytest.MonkeyPatch, number: int, of: int) -> None:
    """So many questions are due."""
    monkeypatch.setattr(brake, "COUNTS", [lambda: Due(number, of)])


def run(moment: datetime) -> Held | None:
    """Let the clocks run at a moment; why erasing is held."""
    with clock.at(moment):
        run_sweeps(Claimed(uuid.uuid4(), "sweeps", {}, clock.now(), 1))
        db.session.commit()
    standing = brake.standing()
    assert standing is not None
    why = standing.held_why
    db.session.rollback()
    return why


@pytest.mark.parametrize(
    ("jump", "held"),
    [
        (timedelta(minutes=10), None),
        (timedelta(days=7), None),
        (timedelta(days=7, minutes=1), Held.CLOCK),
        (timedelta(days=365), Held.CLOCK),
        (timedelta(days=-365), Held.CLOCK),
    ],
)
def test_a_clock_that_jumped_stops_erasing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, erased: list[datetime], jump: timedelta, held: Held | None
) -> None:
    due(monkeypatch, 0, 0)
    assert run(NOON) is None
    assert run(NOON + jump) is held
    assert erased == [NOON] + [NOON + jump] * (held is None)


def test_a_clock_that_was_put_right_needs_nobody(
    app: Flask, monkeypatch: pytest.MonkeyPatch, erased: list[datetime]
) -> None:
    due(monkeypatch, 0, 0)
    run(NOON)
    assert run(NOON + timedelta(days=365)) is Held.CLOCK
    assert run(NOON + timedelta(minutes=20)) is None
    assert erased == [NOON, NOON + timedelta(minutes=20)]


@pytest.mark.parametrize(
    ("number", "of", "held"),
    [(0, 0, False), (5, 5, False), (6, 30, False), (7, 30, True), (50, 1000, False), (51, 1000, True)],
)
def test_more_than_fifty_or_a_fifth_of_all_stops_erasing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, erased: list[datetime], number: int, of: int, held: bool
) -> None:
    due(monkeypatch, number, of)
    assert run(NOON) is (Held.MANY if held else None)
    assert bool(erased) is not held


def test_it_says_so_once_and_goes_on_when_a_person_said_yes(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, erased: list[datetime]
) -> None:
    due(monkeypatch, 80, 1000)
    run(NOON)
    assert run(NOON + timedelta(minutes=10)) is Held.MANY
    with clock.at(NOON + timedelta(hours=1)):
        with pytest.raises(NotAllowed):
            brake.release(by=cast.actor("tine"))
        brake.release(by=cast.actor("ada"))
        db.session.commit()
    assert run(NOON + timedelta(hours=2)) is None
    assert run(NOON + timedelta(hours=24)) is None
    assert len(erased) == 2
    assert run(NOON + timedelta(hours=26)) is Held.MANY
    noted = select(Audit.action, Audit.actor_id).where(Audit.action.startswith("retention.")).order_by(Audit.number)
    assert [tuple(row) for row in db.session.execute(noted)] == [
        ("retention.hold", None),
        ("retention.release", cast.ada),
        ("retention.hold", None),
    ]

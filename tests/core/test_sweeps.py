"""The clocks tick once a slot, however many workers there are, and a sweep runs twice without harm."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.core.together import at_once
from webapp.core import clock, links, outbox, sweeps
from webapp.core.db import db
from webapp.core.links import Link, Purpose
from webapp.core.outbox import Job

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def ticks() -> Iterator[list[datetime]]:
    """When a sweep of our own ran."""
    found: list[datetime] = []

    def tick() -> None:
        found.append(clock.now())

    sweeps.sweep(tick)
    yield found
    sweeps.SWEEPS.remove(tick)


def jobs() -> int:
    return db.session.scalar(select(func.count()).select_from(Job)) or 0


def test_several_workers_ask_for_a_slot_once(app: Flask, ticks: list[datetime]) -> None:
    def act(_number: int) -> None:
        with clock.at(NOON):
            sweeps.enqueue_slot()
            sweeps.enqueue_slot()

    at_once(app, 6, act)
    assert jobs() == 1
    with clock.at(NOON):
        outbox.run_due("w")
        sweeps.enqueue_slot()
        outbox.run_due("w")
    assert ticks == [NOON]


def test_the_next_slot_ticks_again(app: Flask, ticks: list[datetime]) -> None:
    for minutes in (0, 9, 10, 19, 20):
        with clock.at(NOON + timedelta(minutes=minutes)):
            sweeps.enqueue_slot()
            outbox.run_due("w")
    assert [(tick - NOON) // timedelta(minutes=1) for tick in ticks] == [0, 10, 20]


def test_done_work_and_ended_links_go_and_the_rest_stays(app: Flask) -> None:
    outbox.TASKS["nothing"] = lambda job: None
    with clock.at(NOON):
        outbox.enqueue("nothing", {})
        db.session.commit()
        outbox.run_due("w")
        outbox.enqueue("nothing", {}, run_at=NOON + timedelta(days=90))
        links.issue(Purpose.ANSWER, uuid.UUID(int=1), expires_at=NOON)
        links.issue(Purpose.ANSWER, uuid.UUID(int=2), expires_at=NOON + timedelta(days=60))
        db.session.commit()
    del outbox.TASKS["nothing"]
    for away, left in (
        (timedelta(days=2), (2, 2)),
        (timedelta(days=2, seconds=1), (1, 2)),
        (timedelta(days=31), (1, 1)),
    ):
        with clock.at(NOON + away):
            for _ in range(2):
                sweeps.forget_done_work()
                db.session.commit()
        assert (jobs(), db.session.scalar(select(func.count()).select_from(Link))) == left

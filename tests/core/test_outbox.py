"""Work for later happens when its transaction did, at least once, by one worker at a time."""

import multiprocessing
import os
import signal
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.core.together import at_once
from webapp import create_app
from webapp.config import Settings
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.outbox import GIVE_UP_AFTER, LEASE, TASKS, Claimed, Job
from webapp.web.attempts import Attempts

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def done() -> Iterator[list[Any]]:
    """What the task "note" was asked to do; the task "fail" always fails."""
    noted: list[Any] = []

    def fail(job: Claimed) -> None:
        db.session.add(Attempts(key_hash=uuid.uuid4().hex, amount=1, expires_at=NOON))
        db.session.flush()
        raise ValueError("Zohrakanarie")

    TASKS["note"] = lambda job: noted.append(job.payload["n"])
    TASKS["fail"] = fail
    yield noted
    del TASKS["note"], TASKS["fail"]


def ask(n: int, **more: Any) -> None:
    outbox.enqueue("note", {"n": n}, **more)
    db.session.commit()


def only() -> Job:
    db.session.expire_all()
    return db.session.scalars(select(Job)).one()


def test_work_asked_for_in_a_transaction_that_failed_never_happens(app: Flask, done: list[int]) -> None:
    outbox.enqueue("note", {"n": 1})
    db.session.rollback()
    assert outbox.run_due("w") == 0
    assert done == []


def test_work_happens_once(app: Flask, done: list[int]) -> None:
    ask(1)
    assert outbox.run_due("w") == 1
    assert outbox.run_due("w") == 0
    assert done == [1]
    assert only().done_at is not None


def test_work_waits_for_its_time_and_comes_in_order(app: Flask, done: list[int]) -> None:
    with clock.at(NOON):
        ask(3, run_at=NOON + timedelta(minutes=3))
        ask(2, run_at=NOON + timedelta(minutes=2))
        ask(1)
        outbox.run_due("w")
        assert done == [1]
    with clock.at(NOON + timedelta(minutes=5)):
        outbox.run_due("w")
    assert done == [1, 2, 3]


def test_jobs_of_one_moment_keep_the_order_they_were_asked_in(app: Flask, done: list[int]) -> None:
    for n in range(6):
        with clock.at(NOON + timedelta(milliseconds=n)):
            ask(n)
    with clock.at(NOON + timedelta(seconds=1)):
        outbox.run_due("w")
    assert done == list(range(6))


def test_the_same_work_is_asked_for_once(app: Flask, done: list[int]) -> None:
    ask(1, dedupe_key="mail:1")
    ask(2, dedupe_key="mail:1")
    ask(3, dedupe_key="mail:2")
    outbox.run_due("w")
    assert sorted(done) == [1, 3]
    ask(4, dedupe_key="mail:1")
    assert outbox.run_due("w") == 0, "also after it was done"


def test_failed_work_leaves_no_trace_in_the_data_and_none_of_its_words(app: Flask, done: list[int]) -> None:
    with clock.at(NOON):
        outbox.enqueue("fail", {})
        db.session.commit()
        assert outbox.run_due("w") == 1
    assert db.session.scalar(select(func.count()).select_from(Attempts)) == 0
    job = only()
    assert (job.done_at, job.failed_at, job.locked_by, job.attempts) == (None, None, None, 1)
    assert job.last_error == "ValueError"
    assert job.run_at > NOON


def test_failed_work_is_tried_ever_less_often_and_set_aside_after_a_day(app: Flask, done: list[int]) -> None:
    moment = NOON
    with clock.at(moment):
        outbox.enqueue("fail", {})
        db.session.commit()
    waits = []
    while only().failed_at is None:
        moment = max(moment, only().run_at)
        with clock.at(moment):
            assert outbox.run_due("w") == 1
        waits.append(only().run_at - moment)
        assert len(waits) < 100
    assert moment - NOON > GIVE_UP_AFTER
    assert moment - NOON < GIVE_UP_AFTER + timedelta(hours=2)
    assert waits[0] < timedelta(seconds=3)
    assert max(waits) <= timedelta(seconds=3600 * 1.2)
    assert 20 < len(waits) < 60
    with clock.at(moment + timedelta(days=30)):
        assert outbox.run_due("w") == 0


def test_one_bad_job_does_not_hold_up_the_others(app: Flask, done: list[int]) -> None:
    outbox.enqueue("fail", {})
    outbox.enqueue("unheard_of", {})
    ask(1)
    outbox.run_due("w")
    assert done == [1]


def test_two_workers_never_hold_the_same_job(app: Flask, done: list[int]) -> None:
    for n in range(40):
        outbox.enqueue("note", {"n": n})
    db.session.commit()
    db.session.remove()

    def work(number: int) -> int:
        total = 0
        while tried := outbox.run_due(f"w{number}"):
            total += tried
        return total

    assert sum(at_once(app, 4, work)) == 40
    assert sorted(done) == list(range(40))


def test_a_job_in_hand_is_passed_by_until_its_lease_ends(app: Flask, done: list[int]) -> None:
    with clock.at(NOON):
        ask(1)
        assert len(outbox.claim("first")) == 1
        assert outbox.claim("second") == []
    with clock.at(NOON + LEASE + timedelta(seconds=1)):
        assert outbox.run_due("second") == 1
    assert only().attempts == 2


def test_a_worker_that_lost_its_lease_changes_nothing(app: Flask, done: list[int]) -> None:
    def slow(_job: Claimed) -> None:
        db.session.execute(update(Job).values(locked_by="another"))
        db.session.add(Attempts(key_hash="x", amount=1, expires_at=NOON))

    TASKS["note"] = slow
    ask(1)
    (job,) = outbox.claim("w")
    assert outbox.run(job, "w") is False
    assert db.session.scalar(select(func.count()).select_from(Attempts)) == 0
    assert only().done_at is None


def _die_at_work(settings: Settings) -> None:
    """A worker in another process that is killed in the middle of its job, after it wrote something."""

    def kill(_job: Claimed) -> None:
        db.session.add(Attempts(key_hash="half", amount=1, expires_at=NOON))
        db.session.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    TASKS["note"] = kill
    app = create_app(settings)
    with app.app_context():
        outbox.run_due("victim")


def test_a_job_whose_worker_was_killed_runs_again(app: Flask, done: list[int], settings: Settings) -> None:
    """Trap 8: a killed worker loses nothing, and half of its work is not in the database."""
    ask(1)
    db.session.remove()
    victim = multiprocessing.get_context("spawn").Process(target=_die_at_work, args=(settings,))
    victim.start()
    victim.join(60)
    assert victim.exitcode == -signal.SIGKILL
    assert only().locked_by == "victim"
    assert db.session.scalar(select(func.count()).select_from(Attempts)) == 0
    db.session.rollback()
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        assert outbox.run_due("w") == 1
    assert done == [1]
    assert only().attempts == 2

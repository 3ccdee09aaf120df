"""Machines get one word, administrators a page in plain words, and neither says anything about people."""

import shutil
import sqlite3
import uuid
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests import factories
from tests.people import Cast
from tests.support.browse import Browse
from webapp.config import Settings
from webapp.core import clock, duties, ledger
from webapp.core.db import db
from webapp.core.duties import Duty
from webapp.core.outbox import Job
from webapp.operations import health, readiness
from webapp.operations.health import State

Disk = namedtuple("Disk", "total used free")


def ready(browse: Browse, path: str = "/readyz") -> tuple[int, str]:
    page = browse("guest").get(path)
    return page.status, page.text


def test_alive_and_ready_say_one_word(browse: Browse) -> None:
    assert ready(browse, "/healthz") == ready(browse) == (200, "ok")


def test_alive_asks_the_database_nothing(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "session", None)
    with pytest.raises(AttributeError):
        db.session.execute(text("SELECT 1"))
    monkeypatch.undo()
    assert ready(browse, "/healthz") == (200, "ok")


def gone(*_arguments: object) -> None:
    raise OperationalError("SELECT 1", {}, Exception("/var/lib/secret.sqlite"))


def strange(*_arguments: object) -> str:
    return "9999"


BREAKS: dict[str, Callable[[pytest.MonkeyPatch, Path], None]] = {
    "database": lambda patch, _place: patch.setattr(readiness, "ping", gone),
    "schema": lambda patch, _place: patch.setattr(readiness.schema, "present", strange),
    "disk": lambda patch, _place: patch.setattr(shutil, "disk_usage", lambda _path: Disk(9, 9, 0)),
    "ledger": lambda patch, place: _unknown_erasure(patch, place),
    "writes": lambda patch, _place: patch.setattr(readiness, "_can_write", gone),
}


def _unknown_erasure(patch: pytest.MonkeyPatch, place: Path) -> None:
    file = place / "erased.jsonl"
    file.write_text(f'{{"id": "{uuid.uuid4().hex}", "kind": "card", "thing": "x", "at": "x"}}\n')
    patch.setattr(ledger, "_file", file)


@pytest.mark.parametrize("what", BREAKS)
def test_what_is_broken_makes_it_not_ready_and_says_no_more(
    browse: Browse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    BREAKS[what](monkeypatch, tmp_path)
    assert ready(browse) == (503, "not ok")
    assert ready(browse, "/healthz") == (200, "ok")
    monkeypatch.undo()
    assert ready(browse) == (200, "ok")


def test_without_the_key_file_it_is_not_ready(browse: Browse, settings: Settings) -> None:
    away = settings.key_file.with_suffix(".away")
    settings.key_file.rename(away)
    try:
        assert ready(browse) == (503, "not ok")
    finally:
        away.rename(settings.key_file)
    assert ready(browse) == (200, "ok")


def test_while_somebody_holds_the_database_it_is_not_ready(browse: Browse, settings: Settings) -> None:
    if not settings.database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL has no lock over everything")
    with closing(sqlite3.connect(settings.data / "brug.sqlite", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert ready(browse) == (503, "not ok")
        holder.execute("ROLLBACK")
    assert ready(browse) == (200, "ok")


def test_the_worker_is_asked_after_apart(browse: Browse) -> None:
    assert ready(browse, "/readyz/worker") == (503, "not ok")
    duties.ended(Duty.WORKER)
    db.session.commit()
    assert ready(browse, "/readyz/worker") == (200, "ok")
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert ready(browse, "/readyz/worker") == (503, "not ok")
        assert ready(browse) == (200, "ok")


def test_a_worker_that_beats_while_its_clocks_stand_still_is_noticed(browse: Browse) -> None:
    """Each round of reminders and erasing fails: the worker lives, and does half of its work."""
    with clock.at(clock.now() - timedelta(hours=2)):
        duties.ended(Duty.CLOCKS)
    duties.ended(Duty.WORKER)
    db.session.commit()
    assert ready(browse, "/readyz/worker") == (503, "not ok")
    duties.ended(Duty.CLOCKS)
    db.session.commit()
    assert ready(browse, "/readyz/worker") == (200, "ok")


@pytest.mark.parametrize("duty", [Duty.BACKUP, Duty.REHEARSAL, Duty.CHAIN])
def test_what_was_begun_and_never_ended_is_told(app: Flask, browse: Browse, duty: Duty) -> None:
    """A backup that is killed each time, as by an out-of-memory, never says by itself that it failed."""
    assert duties.claim(duty, last_before=clock.now())
    assert health.state_of(duty, duties.all_runs()[duty]) is State.NOT_YET, "it is at work"
    assert duties.claim(duty, last_before=clock.now())
    assert health.state_of(duty, duties.all_runs()[duty]) is State.WRONG
    assert browse("ada").get("/gezondheid").says("is begonnen en nooit geëindigd")
    duties.ended(duty)
    assert duties.claim(duty, last_before=clock.now())
    assert health.state_of(duty, duties.all_runs()[duty]) is State.GOOD


def test_before_anything_was_done_the_page_says_what_will_be(browse: Browse) -> None:
    page = browse("ada").get("/gezondheid")
    assert page.says("Reservekopie", "Nog niet", "Alles in orde")


def test_the_page_says_what_went_well_and_what_did_not(browse: Browse) -> None:
    for duty in Duty:
        duties.ended(duty)
    db.session.commit()
    assert browse("ada").get("/gezondheid").says("Alles in orde", "Goed")
    duties.ended(Duty.REHEARSAL, "damaged")
    db.session.commit()
    assert browse("ada").get("/gezondheid").says("De reservekopie is beschadigd.", "Kijk dit even na")
    assert browse("ada").get("/").says("De reservekopie is beschadigd.")
    assert not browse("tine").get("/").says("De reservekopie is beschadigd.")


def test_what_was_not_done_for_too_long_comes_up_on_today(browse: Browse) -> None:
    with clock.at(clock.now() - timedelta(hours=4)):
        duties.ended(Duty.BACKUP)
    db.session.commit()
    assert browse("ada").get("/gezondheid").says("Te lang geleden")
    assert browse("ada").get("/").says("Reservekopie")


def test_the_page_tells_what_waits_and_nothing_of_whom(browse: Browse, cast: Cast) -> None:
    referral = factories.agreed(cast)
    now = clock.now()
    db.session.add(Job(task="mail.notice", payload={}, created_at=now, run_at=now, failed_at=now))
    db.session.commit()
    page = browse("ada").get("/gezondheid")
    assert page.says("opgegeven")
    for word in (referral.alias, factories.CANARY_NAME, "Hilde", "@"):
        assert word not in page.text.split("<main")[1].split("</main>")[0]


def test_little_room_is_told(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state in ((10 * 1024**3, "good"), (800 * 1024**2, "late"), (100 * 1024**2, "wrong")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: Disk(free, 0, free))
        assert health.room(settings).state == state


@pytest.mark.parametrize("who", ["tine", "hilde", "noor", "bo", "guest"])
def test_nobody_else_has_the_page(browse: Browse, who: str) -> None:
    assert browse(who).get("/gezondheid").status in (303, 403, 404)

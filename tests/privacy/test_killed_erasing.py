"""Killed between any two steps of the clocks, nothing is half erased; the next time it is erased whole."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests import factories
from tests.people import Cast
from tests.privacy.test_canaries import through_every_field
from tests.referrals.steps import again
from tests.support.browse import Browse
from webapp.core import clock, ledger
from webapp.core.db import Base, db
from webapp.core.outbox import Claimed
from webapp.core.sweeps import run_sweeps
from webapp.referrals.models import Referral

STEPS_APART = 7


class Killed(BaseException):
    """What ends a process at once; nothing catches it."""


@contextmanager
def killed_at(step: int) -> Iterator[list[str]]:
    """Let the process die before statement number `step`; the statements so far."""
    said: list[str] = []

    def count(*arguments: Any) -> None:
        said.append(arguments[2])
        if len(said) == step:
            raise Killed

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def run() -> None:
    run_sweeps(Claimed(uuid.uuid4(), "sweeps", {}, clock.now(), 1))
    db.session.commit()


def everything() -> dict[str, list[str]]:
    rows = {table.name: sorted(map(str, db.session.execute(table.select()))) for table in Base.metadata.sorted_tables}
    db.session.rollback()
    return rows


def test_killed_between_any_two_steps(app: Flask, browse: Browse, cast: Cast) -> None:
    referral_id = through_every_field(browse, cast)
    draft_id = factories.draft(cast).id
    db.session.commit()
    with clock.at(clock.now() + timedelta(days=181)):
        before, told = everything(), list(ledger.entries())
        step = 1
        while True:
            with killed_at(step) as said:
                try:
                    run()
                except Killed:
                    db.session.rollback()
                else:
                    break
            assert everything() == before, said[-1]
            assert list(ledger.entries()) == told, "nothing is told that did not happen"
            step += STEPS_APART
        assert step > 10 * STEPS_APART
    for gone in (referral_id, draft_id):
        assert again(Referral, gone) is None
    assert {entry["kind"] for entry in ledger.entries()} >= {"card", "words", "draft", "question"}


def test_killed_before_the_ledger_is_written_it_is_written_the_next_time(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ledger, "_file", tmp_path / "erased.jsonl")
    draft_id = factories.draft(cast).id
    db.session.commit()

    def die(_lines: list[str]) -> None:
        raise Killed

    with clock.at(clock.now() + timedelta(days=15)):
        with monkeypatch.context() as dying:
            dying.setattr(ledger, "_append", die)
            with pytest.raises(Killed):
                run()
        db.session.remove()
        assert again(Referral, draft_id) is None
        assert list(ledger.entries()) == []
        run()
    assert [uuid.UUID(entry["thing"]) for entry in ledger.entries()] == [draft_id]

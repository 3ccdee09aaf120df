"""What is done again and again is begun by one worker, and how it went is kept."""

from datetime import timedelta

from flask import Flask

from tests.core.together import at_once
from webapp.core import clock, duties, sweeps
from webapp.core.db import db
from webapp.core.duties import Duty

HOUR = timedelta(hours=1)


def test_of_several_workers_one_begins(app: Flask) -> None:
    now = clock.now()
    won = at_once(app, 6, lambda _number: duties.claim(Duty.BACKUP, last_before=now - HOUR))
    assert sorted(won) == [False] * 5 + [True]
    assert not duties.claim(Duty.BACKUP, last_before=now - HOUR)
    assert duties.claim(Duty.BACKUP, last_before=clock.now() + HOUR)


def test_how_it_went_is_kept_and_the_last_success_too(app: Flask) -> None:
    duties.ended(Duty.CHAIN)
    well = duties.all_runs()[Duty.CHAIN].succeeded_at
    with clock.at(clock.now() + HOUR):
        duties.ended(Duty.CHAIN, "cut")
    run = duties.all_runs()[Duty.CHAIN]
    assert (run.finding, run.succeeded_at) == ("cut", well)
    assert run.ended_at
    assert well
    assert run.ended_at > well


def test_the_clocks_tell_that_they_go(app: Flask) -> None:
    assert Duty.CLOCKS not in duties.all_runs()
    sweeps.SWEEPS[0]()
    duties.note_the_clocks()
    db.session.commit()
    assert duties.all_runs()[Duty.CLOCKS].succeeded_at

"""The migrated schema is the schema of the models, on whichever database this run uses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import CheckConstraint, String, func, inspect, select, text
from sqlalchemy import cast as cast_to

from tests import factories
from tests.meetings import makers
from tests.people import settle_in
from tests.support.copies import copied, thrown_away
from webapp import create_app
from webapp.cli import alembic_config
from webapp.config import Settings
from webapp.core import clock
from webapp.core.db import Base, db
from webapp.meetings import deciding
from webapp.meetings.codes import LineKind
from webapp.meetings.models import Decision
from webapp.referrals import actions, answering
from webapp.referrals.models import Reminder


@pytest.fixture
def migrated(settings: Settings, blank: str, tmp_path: Path) -> Iterator[Config]:
    """A database of its own that stands at the last migration, on the kind that this run uses."""
    url = copied(blank, tmp_path / "own.sqlite")
    own = create_app(replace(settings, database_url=url))
    with own.app_context():
        try:
            yield alembic_config(own)
        finally:
            db.session.remove()
            db.engine.dispose()
    thrown_away(url)


def test_the_models_are_migrated_whole(app: Flask) -> None:
    command.check(alembic_config(app))


def test_the_checks_are_migrated_too(app: Flask) -> None:
    """Alembic compares no CHECKs, so their names are compared here."""
    inspector = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint) and c.name}
        present = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert wanted <= present, table.name


def test_a_table_that_is_made_anew_takes_nothing_along(migrated: Config) -> None:
    """Down to before tables were made anew, and up again: what hangs on them is still there."""
    factories.trying(settle_in())
    tables = ("welcome_plan", "check_in", "agreement", "contact_card", "function", "organisation_tag")
    before = {name: _count(name) for name in tables}
    command.downgrade(migrated, "0001")
    command.upgrade(migrated, "head")
    assert {name: _count(name) for name in tables} == before


def test_after_a_migration_what_hangs_on_a_row_goes_with_it(migrated: Config) -> None:
    """In the same process, over the same connection: so a restore erases what was erased since."""
    for _ in range(2):
        command.upgrade(migrated, "head")
        with db.engine.connect() as connection:
            if db.engine.dialect.name == "sqlite":
                assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    plan = factories.planned(settle_in())
    command.upgrade(migrated, "head")
    db.session.execute(text("DELETE FROM referral"))
    db.session.commit()
    assert plan
    assert _count("welcome_plan") == 0


def _count(table: str) -> int:
    found = db.session.scalar(select(func.count()).select_from(Base.metadata.tables[table])) or 0
    db.session.remove()
    return found


def test_what_was_on_its_way_gets_its_reminders(migrated: Config) -> None:
    """Questions from before the clocks: those that wait, those on a list, those asked again later, those chosen."""
    cast = settle_in()
    asked, listed, paused = (factories.sent(cast, ["zilverreiger"]) for _ in range(3))
    chosen = factories.chosen(cast)
    later = clock.today() + timedelta(days=40)
    answering.put_on_waiting_list(factories.ask_of(listed, cast.zilverreiger), later, by=cast.actor("noor"))
    actions.pause(paused, later, by=cast.actor("hilde"))
    ids = [one.id for one in (asked, listed, paused, chosen)]
    db.session.commit()
    db.session.remove()
    command.downgrade(migrated, "0004")
    command.upgrade(migrated, "head")
    found = {(row.referral_id, row.kind.value, row.counted_from) for row in db.session.scalars(select(Reminder))}
    today = clock.today()
    assert found == {
        *((ids[0], kind, today) for kind in ("nudge", "silence")),
        *((ids[1], kind, later) for kind in ("call_back", "call_back_late")),
        (ids[2], "ask_again", later),
        *((ids[3], kind, today) for kind in ("first_time", "first_time_late")),
    }


def test_a_proposal_that_was_dropped_is_no_decision_that_ended(migrated: Config) -> None:
    """Its history tells which of the two it was."""
    cast = settle_in()
    meeting = makers.running(cast)
    dropped, ended = (makers.line(cast, meeting, LineKind.DECISION, words).decision for words in ("Soep", "Thee"))
    assert dropped
    assert ended
    deciding.drop(dropped, by=cast.actor("bram"))
    deciding.decide(ended, by=cast.actor("bram"))
    deciding.end(ended, by=cast.actor("bram"))
    db.session.commit()
    standing = select(Decision.id, cast_to(Decision.status, String).label("status"))
    wanted = {dropped.id: "dropped", ended.id: "ended"}
    db.session.remove()
    command.downgrade(migrated, "0075")
    assert {status for _, status in db.session.execute(standing)} == {"ended"}
    db.session.remove()
    command.upgrade(migrated, "head")
    assert {row.id: row.status for row in db.session.execute(standing)} == wanted


def test_there_is_a_way_back(migrated: Config) -> None:
    """Down to nothing and up again, on a database of its own."""
    command.downgrade(migrated, "base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    command.upgrade(migrated, "head")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 0

"""What was erased is not in a database that is brought back from before, not even in its bytes, when Brug opens."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import BASE_URL
from tests.groups import makers as groups
from tests.integrity import writing
from tests.operations.conftest import Town
from tests.privacy.test_canaries import CANARY, in_bytes, in_tables, through_every_field
from tests.referrals.steps import again
from tests.referrals.test_forgetting import clocks
from tests.support.browse import Browser
from webapp.accounts import sessions
from webapp.core import ledger
from webapp.core.db import checkpoint, db
from webapp.groups.models import WorkingGroup
from webapp.meetings import deciding
from webapp.meetings.deciding import Terms
from webapp.meetings.models import Decision, MinuteLine
from webapp.operations import backups
from webapp.referrals.models import Referral


def browse_in(town: Town) -> Callable[[str], Browser]:
    """`browse`, in a town of its own."""

    def open_as(who: str) -> Browser:
        db.session.rollback()
        browser = Browser(town.app, BASE_URL)
        if who != "guest":
            browser.carry("__Host-session", sessions.start(town.cast.people[who], second_factor=True))
            db.session.commit()
        return browser

    return open_as


@pytest.mark.parametrize("days", [91, 181])
def test_a_backup_from_before_brings_no_canary_back(town: Town, days: int) -> None:
    referral_id = through_every_field(browse_in(town), town.cast)
    assert in_tables(), "there is something to come back"
    assert town.run("backup")[0] == 0
    clocks(timedelta(days=days))
    assert in_tables() == {}
    code, said = town.run("restore", str(backups.present(town.settings)[0].file), "--yes")
    assert code == 0, said
    assert ledger.is_replayed()
    assert in_tables() == {}
    assert (again(Referral, referral_id) is None) is (days == 181)
    db.session.rollback()
    checkpoint()
    assert [name for name in in_bytes(town.settings.data) if ".before-" not in name] == []


def test_of_a_group_about_integrity_neither_the_file_nor_its_log_nor_a_backup_holds_a_word(town: Town) -> None:
    made = writing.written(town.cast)
    writing.name(town.cast, made.group)
    later = groups.queries.with_members(db.session.get_one(WorkingGroup, made.group_id))
    deciding.record(later, Terms(f"{CANARY}later"), by=town.cast.actor("noor"))
    db.session.commit()
    assert CANARY in str(db.session.scalars(select(Decision.statement)).all())
    assert town.run("backup")[0] == 0
    (file,) = (one.file for one in backups.present(town.settings))
    assert CANARY.encode() not in file.read_bytes()
    assert town.run("restore", str(file), "--yes")[0] == 0
    assert writing.in_tables() == set()
    assert CANARY in str(db.session.scalars(select(MinuteLine.words)).all())
    db.session.rollback()
    for _ in ("with its log", "without"):
        assert in_bytes(town.settings.data) == []
        checkpoint()

"""What was erased stays erased: the ledger tells it beside the backups, and does it again after a restore."""

import json
import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests import factories
from tests.people import Cast
from webapp.core import clock, ledger
from webapp.core.db import db
from webapp.core.ledger import Erasure, UnknownErasure
from webapp.referrals import agreements
from webapp.referrals.agreements import Identity, Said
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute
from webapp.referrals.models import ContactCard, Referral


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "backups" / "erased.jsonl"
    monkeypatch.setattr(ledger, "_file", place)
    return place


def told(file: Path) -> list[tuple[str, uuid.UUID]]:
    lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    return [(line["kind"], uuid.UUID(line["thing"])) for line in lines]


def withdrawn(cast: Cast) -> Referral:
    referral = factories.agreed(cast)
    agreements.withdraw(referral, by=cast.actor("hilde"))
    return referral


def test_an_erasure_is_told_when_it_is_committed_and_not_before(app: Flask, cast: Cast, file: Path) -> None:
    referral = withdrawn(cast)
    assert told(file) == []
    db.session.commit()
    assert told(file) == [("card", referral.id), ("words", referral.id)]
    assert file.stat().st_mode & 0o077 == 0
    assert db.session.scalar(select(func.count()).select_from(Erasure)) == 2


def test_what_is_undone_is_not_told(app: Flask, cast: Cast, file: Path) -> None:
    withdrawn(cast)
    db.session.rollback()
    factories.agreed(cast)
    db.session.commit()
    assert told(file) == []


def test_the_ledger_holds_ids_and_nothing_else(app: Flask, cast: Cast, file: Path) -> None:
    referral = withdrawn(cast)
    db.session.commit()
    for line in file.read_text().splitlines():
        assert set(json.loads(line)) == {"id", "kind", "thing", "at"}
    assert referral.alias not in file.read_text()


@pytest.mark.parametrize("statement", ["UPDATE erasure SET kind = 'x'", "DELETE FROM erasure"])
def test_the_database_refuses_to_change_the_ledger(app: Flask, cast: Cast, statement: str) -> None:
    withdrawn(cast)
    db.session.commit()
    with pytest.raises(DBAPIError, match="only ever added to"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_an_older_database_erases_again_what_was_erased_since(app: Flask, cast: Cast, file: Path) -> None:
    """The same file beside a database that still holds the card is what a restore finds."""
    older = factories.agreed(cast)
    db.session.commit()
    line = {"id": uuid.uuid4().hex, "kind": "card", "thing": older.id.hex, "at": "2026-11-24T12:00:00+00:00"}
    words = line | {"id": uuid.uuid4().hex, "kind": "words"}
    file.parent.mkdir()
    file.write_text(json.dumps(line) + "\n" + json.dumps(words) + "\n")
    assert not ledger.is_replayed()
    assert ledger.replay() == 2
    db.session.commit()
    db.session.expire_all()
    again = db.session.get_one(Referral, older.id)
    assert db.session.get(ContactCard, older.id) is None
    assert (again.data_key, again.own_words_sealed, again.has_agreement) == (None, None, False)
    assert ledger.is_replayed()
    assert ledger.replay() == 0
    assert len(told(file)) == 2, "a replay tells nothing new"


def test_a_card_written_after_the_erasure_stays(app: Flask, cast: Cast, file: Path) -> None:
    """A database that knows an erasure already is not asked to do it twice."""
    referral = withdrawn(cast)
    said = Said(AgreedBy.BOTH, AgreedHow.TOGETHER, clock.today(), clock.today(), understood=True)
    identity = Identity("Sem", ContactRoute.YOUNG_PERSON, "0470 00 00 22")
    agreements.record(referral, said, identity, by=cast.actor("hilde"))
    db.session.commit()
    assert ledger.replay() == 0
    assert db.session.get(ContactCard, referral.id) is not None


def test_what_is_gone_already_is_no_trouble(app: Flask, file: Path) -> None:
    file.parent.mkdir()
    lines = [
        {"id": uuid.uuid4().hex, "kind": kind, "thing": uuid.uuid4().hex, "at": "2026-11-24T12:00:00+00:00"}
        for kind in ledger.REPLAYS
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert ledger.replay() == len(lines)


def test_a_kind_that_nobody_knows_stops_the_replay(app: Flask, file: Path) -> None:
    file.parent.mkdir()
    line = {"id": uuid.uuid4().hex, "kind": "of_later", "thing": uuid.uuid4().hex, "at": "2026-11-24T12:00:00+00:00"}
    file.write_text(json.dumps(line) + "\n")
    with pytest.raises(UnknownErasure, match="of_later"):
        ledger.replay()


def test_a_line_that_could_not_be_written_is_written_later(app: Flask, cast: Cast, file: Path) -> None:
    file.parent.mkdir()
    file.mkdir()  # in the way
    withdrawn(cast)
    db.session.commit()
    file.rmdir()
    ledger.complete_file()
    assert [kind for kind, _ in told(file)] == ["card", "words"]
    ledger.complete_file()
    assert len(told(file)) == 2


def test_half_a_line_of_a_crash_is_passed_over(app: Flask, cast: Cast, file: Path) -> None:
    withdrawn(cast)
    db.session.commit()
    with file.open("a") as half:
        half.write('{"id": "12')
    assert ledger.is_replayed()
    assert len(list(ledger.entries())) == 2
    withdrawn(cast)
    db.session.commit()
    assert len(list(ledger.entries())) == 4
    ledger.complete_file()
    assert len(list(ledger.entries())) == 4


def test_what_is_not_committed_yet_is_not_told_by_the_sweep_either(app: Flask, cast: Cast, file: Path) -> None:
    """The sweeps run in one transaction: this one may come after those that erase."""
    withdrawn(cast)
    ledger.complete_file()
    assert told(file) == []
    db.session.commit()
    assert [kind for kind, _ in told(file)] == ["card", "words"]


def test_a_line_that_two_processes_wrote_is_replayed_once(app: Flask, cast: Cast, file: Path) -> None:
    """A worker may complete the file in the moment between a commit elsewhere and its own line."""
    file.parent.mkdir()
    line = {"id": uuid.uuid4().hex, "kind": "card", "thing": uuid.uuid4().hex, "at": "2026-11-24T12:00:00+00:00"}
    file.write_text(2 * (json.dumps(line) + "\n"))
    assert ledger.replay() == 1
    db.session.commit()
    assert ledger.is_replayed()

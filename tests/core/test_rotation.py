"""Keys change while everybody goes on working: nothing fails to open, and an old key can go in the end."""

import json
import os
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Uuid, select

from tests import factories
from tests.core.together import at_once
from tests.people import Cast
from webapp.accounts import authenticator, factors
from webapp.accounts.models import Person
from webapp.core import crypto, keyfile, rotation
from webapp.core.db import db
from webapp.core.errors import Unavailable
from webapp.referrals import sealed
from webapp.referrals.models import ContactCard, Referral

ROW = uuid.UUID(int=7)


@pytest.fixture
def file(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A key file of this test's own, used as a running application uses it."""
    before = crypto.ring()
    path = tmp_path / "keys.json"
    crypto.create_key_file(path)
    crypto.use(crypto.load_key_file(path))
    yield path
    crypto.use(before)


def age(file: Path) -> None:
    """Let the file look changed, however coarse the clock of the disk is."""
    moment = file.stat().st_mtime_ns + 1_000_000
    os.utime(file, ns=(moment, moment))


def rotate(file: Path) -> str:
    fresh = keyfile.add_kek(file)
    age(file)
    return fresh


def words_of(referral_id: uuid.UUID) -> tuple[str, str]:
    referral = db.session.get_one(Referral, referral_id)
    return sealed.card(referral, db.session.get_one(ContactCard, referral_id))


def test_a_new_key_is_added_and_the_old_one_stays(file: Path) -> None:
    before = json.loads(file.read_text())
    assert rotate(file) == "k2"
    after = json.loads(file.read_text())
    assert (after["current"], after["keks"]["k1"], after["audit"]) == ("k2", before["keks"]["k1"], before["audit"])
    assert file.stat().st_mode & 0o077 == 0
    assert rotate(file) == "k3"


def test_a_running_process_takes_the_new_key_up_by_itself(file: Path) -> None:
    running = crypto.ring()
    old = running.new_data_key(ROW)
    rotate(file)
    assert running.new_data_key(ROW).startswith("v1.k2.")
    assert running.rewrap(old, ROW).startswith("v1.k2.")


def test_a_running_process_opens_what_another_one_wrapped_anew(file: Path) -> None:
    running = crypto.ring()
    wrapped = running.new_data_key(ROW)
    place = crypto.Place("card", "name", ROW)
    text = running.seal(wrapped, place, "Zohrakanarie")
    rotate(file)
    anew = crypto.load_key_file(file).rewrap(wrapped, ROW)
    assert running.open(anew, place, text) == "Zohrakanarie"


def test_what_was_sealed_before_and_after_opens_with_the_new_key_alone(file: Path, cast: Cast) -> None:
    old, fresh = factories.agreed(cast).id, rotate(file)
    new = factories.agreed(cast).id
    assert (rotation.left("k1"), rotation.left(fresh)) == (1, 1)
    assert rotation.rewrap_batch() == 1
    db.session.commit()
    assert (rotation.left("k1"), rotation.left(fresh)) == (0, 2)
    assert rotation.in_use() == [fresh]
    keyfile.remove_kek(file, "k1")
    crypto.use(crypto.load_key_file(file))
    db.session.expire_all()
    assert words_of(old) == words_of(new) == (factories.CANARY_NAME, factories.CANARY_PHONE)
    assert rotation.is_complete()


def test_it_goes_in_pieces_and_goes_on_where_it_was_stopped(file: Path, cast: Cast) -> None:
    for _ in range(5):
        factories.agreed(cast)
    rotate(file)
    crypto.use(crypto.load_key_file(file))
    assert rotation.rewrap_batch(2) == 2
    db.session.commit()
    assert rotation.rewrap_batch(2) == 2
    db.session.rollback()  # killed half way
    assert rotation.left("k1") == 3
    rotation.finish_rotation()
    db.session.commit()
    assert rotation.left("k1") == 0
    assert rotation.rewrap_batch() == 0


def test_a_lost_key_is_noticed(file: Path, cast: Cast) -> None:
    referral = factories.agreed(cast)
    assert rotation.is_complete()
    rotate(file)
    keyfile.remove_kek(file, "k1")
    crypto.use(crypto.load_key_file(file))
    assert not rotation.is_complete()
    with pytest.raises(Unavailable):
        words_of(referral.id)


def test_readers_and_writers_go_on_while_keys_rotate(file: Path, cast: Cast, app: Flask) -> None:
    readable = [factories.agreed(cast).id for _ in range(4)]
    db.session.remove()
    over = threading.Event()
    ring = crypto.ring()

    def act(number: int) -> int:
        if number == 0:
            try:
                for _ in range(3):
                    rotate(file)
                    while rotation.rewrap_batch(2):
                        db.session.commit()
                    db.session.commit()
            finally:
                over.set()
            return 3
        done = 0
        while not over.is_set() or not done:
            if number == 1:
                factories.agreed(cast)
            else:
                assert words_of(readable[done % 4]) == (factories.CANARY_NAME, factories.CANARY_PHONE)
            db.session.rollback()
            done += 1
        return done

    assert all(at_once(app, 4, act))
    assert crypto.ring() is ring
    rotation.rewrap_batch(10_000)
    db.session.commit()
    assert rotation.in_use() == ["k4"]
    for row in db.session.scalars(select(ContactCard.referral_id)).all():
        assert words_of(row)[0] == factories.CANARY_NAME


def test_every_wrapped_key_goes_by_the_id_of_its_row(app: Flask) -> None:
    """What wraps a data key is tied to the id of the row it lies in, so a row must have exactly one."""
    places = {table.name: row_id for table, row_id, _ in rotation.wrapped()}
    assert {"referral", "authenticator", "join_link"} <= places.keys()
    for table, row_id in places.items():
        assert isinstance(row_id.type, Uuid), table


def test_the_secret_of_an_app_is_wrapped_anew_too(file: Path, cast: Cast) -> None:
    person = db.session.get_one(Person, cast.noor)
    authenticator.begin(person, by=cast.actor("noor"))
    row = factors.app_of(person.id)
    assert row
    shown = authenticator.shown(row, person)
    db.session.commit()
    rotate(file)
    assert rotation.rewrap_batch() == 1
    db.session.commit()
    keyfile.remove_kek(file, "k1")
    crypto.use(crypto.load_key_file(file))
    db.session.expire_all()
    assert authenticator.shown(row, person) == shown

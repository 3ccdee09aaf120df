"""Every test begins from the same rows, whatever the one before it did to them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update

from tests.support.rows import all_stored, changed
from tests.support.snapshot import Snapshot
from webapp.accounts.models import Organisation
from webapp.core.db import Base, db
from webapp.web.attempts import Attempts, DatabaseStorage

TAGS = Base.metadata.tables["organisation_tag"]


def _a_row_is_other() -> None:
    db.session.execute(update(Organisation).values(name=Organisation.name + " en co"))


def _rows_are_gone() -> None:
    db.session.execute(delete(TAGS))


def _one_came_and_another_went() -> None:
    rows = [dict(row) for row in db.session.execute(select(TAGS)).mappings()]
    db.session.execute(delete(TAGS))
    db.session.execute(insert(TAGS), [*rows[1:], {**rows[0], "word": "something else"}])


def _an_empty_table_is_filled() -> None:
    DatabaseStorage().incr("somebody", 60)


WAYS = (_a_row_is_other, _rows_are_gone, _one_came_and_another_went, _an_empty_table_is_filled)


@pytest.mark.parametrize("change", WAYS)
def test_what_was_changed_is_put_back(app: Flask, change: Callable[[], None]) -> None:
    assert db.session.scalar(select(func.count()).select_from(TAGS))
    assert not db.session.scalar(select(func.count()).select_from(Attempts))
    before, picture = all_stored(), Snapshot.take(db.engine, change.__name__.strip("_"))
    for _ in range(2):  # the second time from rows that it put back itself
        change()
        db.session.commit()
        assert changed(before, all_stored())
        db.session.remove()
        picture.restore(db.engine)
        assert changed(before, all_stored()) == []
    if picture.file:
        picture.file.unlink()

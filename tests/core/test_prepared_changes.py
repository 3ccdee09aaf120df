"""Prepared changes store what SQLAlchemy stores by itself, one row or several, and tell what comes back."""

import uuid
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.exc import IntegrityError

from tests.people import Cast
from webapp.core import clock
from webapp.core.db import ReadThatWrites, db, given, new_id, reading, write, write_each
from webapp.core.outbox import Job
from webapp.core.statements import Prepared
from webapp.notifications.kinds import Attention, NoticeKind
from webapp.notifications.models import Notice
from webapp.web.once import FormOnce

ADD_JOB = Prepared(lambda: insert(Job))
ADD_FORM = Prepared(lambda: insert(FormOnce))


def _job(task: str) -> dict[str, Any]:
    now = clock.now()
    return {"task": task, "payload": {"of": [task, "é 50 % :a"]}, "created_at": now, "run_at": now}


def _stored(task: str) -> tuple[Any, ...]:
    columns = [column for column in Job.__table__.columns if column.key != "id"]
    return tuple(db.session.execute(select(*columns).where(Job.task == task)).one())


def test_a_new_row_is_what_sqlalchemy_would_store(cast: Cast) -> None:
    values = _job("one")
    write(ADD_JOB, values)
    ours = _stored("one")
    db.session.execute(delete(Job))
    db.session.add(Job(**values))
    db.session.flush()
    assert ours == _stored("one")
    assert ours[0] == "one"


def test_each_row_has_an_id_of_its_own(cast: Cast) -> None:
    write_each(ADD_JOB, [_job("many"), _job("many")])
    write(ADD_JOB, _job("many"))
    assert len({*db.session.scalars(select(Job.id).where(Job.task == "many"))}) == 3


def test_what_is_given_goes_before_a_default(cast: Cast) -> None:
    own = new_id()
    write(ADD_JOB, {**_job("own"), "id": own, "attempts": 4})
    assert db.session.execute(select(Job.id, Job.attempts).where(Job.task == "own")).all() == [(own, 4)]


def test_no_rows_are_no_work(cast: Cast) -> None:
    heard: list[Any] = []

    def note(*about: Any) -> None:
        heard.append(about)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        write_each(ADD_JOB, [])
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert heard == []


def test_rows_come_back_when_they_are_asked_for(cast: Cast) -> None:
    id_ = given("id", Job.id)
    more = Prepared(
        lambda: update(Job).where(Job.id == id_).values(attempts=Job.attempts + 1).returning(Job.id, Job.attempts)
    )
    own = new_id()
    assert write(ADD_JOB, {**_job("told"), "id": own}) == []
    [changed] = write(more, {"id": own})
    assert (changed.id, changed.attempts) == (own, 1)
    assert write(more, {"id": uuid.uuid4()}) == []


@pytest.mark.parametrize("many", [0, 1, 3, 7])
def test_rows_named_in_a_list_go(cast: Cast, many: int) -> None:
    line = {"kind": NoticeKind.ASK_SENT, "person_id": cast.hilde, "thing_id": new_id(), "created_at": clock.now()}
    ids = [new_id() for _ in range(8)]
    write_each(Prepared(lambda: insert(Notice)), [{**line, "id": id_, "way": Attention.DIGEST} for id_ in ids])
    go = Prepared(lambda: delete(Notice).where(Notice.id.in_(given("ids", Notice.id, many=True))))
    write(go, {"ids": ids[:many]})
    assert {*db.session.scalars(select(Notice.id).where(Notice.id.in_(ids)))} == {*ids[many:]}


def test_a_second_of_what_may_be_there_once_is_told_as_sqlalchemy_tells_it(cast: Cast) -> None:
    twice = [{"key_hash": "a" * 64, "at": clock.now()}] * 2
    for change in (lambda: write_each(ADD_FORM, twice), lambda: [write(ADD_FORM, one) for one in twice]):
        with pytest.raises(IntegrityError):
            change()
        db.session.rollback()
    assert db.session.scalar(select(FormOnce.at)) is None


def test_who_only_reads_changes_nothing(cast: Cast) -> None:
    with reading():
        for change in (lambda: write(ADD_JOB, _job("no")), lambda: write_each(ADD_JOB, [_job("no")])):
            with pytest.raises(ReadThatWrites, match="INSERT INTO job"):
                change()
    assert db.session.scalar(select(Job.id).where(Job.task == "no")) is None

"""What is written in a group about integrity is sealed in the database, and readable by whoever may read it there."""

from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.integrity.writing import in_tables, name, written
from tests.meetings import makers
from tests.people import Cast
from tests.plans import makers as plans
from tests.privacy.test_canaries import CANARY
from tests.support.browse import Browse
from webapp.core import crypto, outbox, renewal, rotation, sealing
from webapp.core.db import Base, db
from webapp.core.errors import Unavailable
from webapp.groups import sealed
from webapp.groups.models import ActionItem, ActionNote
from webapp.meetings.models import Meeting, Topic
from webapp.notifications import mail
from webapp.privacy import held
from webapp.talk.models import Thread
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy


def mailed_out() -> None:
    """Every mail that waits is written."""
    while outbox.run_due("test"):
        pass
    db.session.rollback()


@pytest.fixture
def mailed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Mails, as they go out."""
    sent: list[Any] = []
    monkeypatch.setattr(mail, "send", lambda written, _job: sent.append(written))
    return sent


def test_named_before_or_after_it_was_written_nothing_can_be_read(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = written(cast)
    assert in_tables() >= {
        "minute_line",
        "typing",
        "meeting",
        "decision",
        "topic",
        "action_item",
        "action_note",
        "thread_post",
    }
    name(cast, made.group)
    mailed_out()
    assert in_tables() == set()
    topic = db.session.scalars(select(Topic).where(Topic.meeting_id == made.id)).first()
    assert topic
    topic.title = f"{CANARY}anders"
    db.session.commit()
    db.session.expire_all()
    assert topic.title == f"{CANARY}anders"
    assert in_tables() == set()
    assert mailed
    assert CANARY not in str(mailed)
    other = makers.draft(cast)
    other.summary = CANARY
    db.session.commit()
    assert in_tables() == {"meeting"}, "an ordinary group is as it was"
    name(cast, made.group, is_it=False)
    assert in_tables() == {"meeting"}, "what was sealed stays so"


def test_whoever_sits_there_reads_it_all(browse: Browse, cast: Cast) -> None:
    made = written(cast)
    name(cast, made.group)
    home, meeting = f"/werkgroepen/{made.group_id}", f"/vergaderingen/{made.id}"
    thread = db.session.scalars(select(Thread.id)).one()
    action = db.session.scalars(select(ActionNote.item_id)).first()
    read = {
        home: ("actie", "beslist"),
        meeting: ("slot", "punt", "lijn", "voorstel", "bezwaar", "actie"),
        f"{home}/vergaderingen": ("slot",),
        f"{home}/beslissingen": ("voorstel", "beslist"),
        f"{home}/acties": ("actie",),
        f"/werkgroepen/acties/{action}": ("actie", "woord"),
        f"{home}/gesprekken": ("gesprek", "antwoord"),
        f"/gesprekken/{thread}": ("begin", "antwoord"),
        "/beslissingen": ("beslist",),
    }
    hilde = browse("hilde")
    for path, parts in read.items():
        page = hilde.get(path)
        assert page.says(*(f"{CANARY}{part}" for part in parts)), (path, page.words)
    assert hilde.get(f"{meeting}/verslag.pdf").response.get_data().startswith(b"%PDF")
    assert browse("jef").get(meeting).status == 404
    mine = [str(held.rows(key, cast.bram)) for key in held.HELD]
    assert f"{CANARY}lijn" in str(mine)
    assert f"{CANARY}antwoord" in str(mine)
    hilde_has = str(held.rows("action_item.owner_id", cast.hilde))
    assert f"{CANARY}actie" in hilde_has


def test_what_is_moved_to_another_row_or_column_does_not_open(cast: Cast) -> None:
    made = written(cast)
    name(cast, made.group)
    open_one = makers.announced(cast)
    elsewhere = makers.topic(cast, open_one)
    db.session.commit()
    kept = db.session.scalar(text("SELECT title FROM topic WHERE meeting_id <> :there"), {"there": _as_kept(open_one)})
    assert kept.startswith(sealing.MARK)
    for table, column, row in (("topic", "title", elsewhere.id), ("meeting", "summary", open_one.id)):
        target = Base.metadata.tables[table]
        moved = target.update().where(target.c.id == row)
        db.session.execute(moved.values({column: sealing.literal_column(f"'{kept}'")}))
        with pytest.raises(Unavailable):
            db.session.scalars(select(target.c[column]).where(target.c.id == row)).all()
        db.session.rollback()


def _as_kept(meeting: Meeting) -> str:
    return meeting.id.hex if db.engine.dialect.name == "sqlite" else str(meeting.id)


def test_a_sign_that_nobody_types_does_not_pass_for_a_seal(cast: Cast) -> None:
    made = makers.announced(cast)
    topic = makers.topic(cast, made, f"{sealing.MARK}Gewoon")
    db.session.commit()
    db.session.expire_all()
    assert topic.title == "Gewoon"


def test_the_clock_seals_what_a_group_wrote_before_there_were_keys(cast: Cast) -> None:
    made = written(cast)
    made.group.is_about_integrity = True
    db.session.commit()
    for _ in range(2):
        sealed.begin_for_all()
        db.session.commit()
        assert in_tables() == set()
    assert f"{CANARY}slot" in set(db.session.scalars(select(Meeting.summary)))


def test_new_keys_open_everything_as_before(cast: Cast) -> None:
    made = written(cast)
    name(cast, made.group)
    old, before = made.group.data_key, _texts()
    assert f"{CANARY}woord" in before
    assert f"{CANARY}lijn" in before
    assert crypto.ring().current in rotation.in_use()
    assert renewal.renew_all() == 1
    db.session.commit()
    db.session.expire_all()
    assert made.group.data_key != old
    assert _texts() == before
    assert in_tables() == set()


def _texts() -> set[str]:
    """Everything that can be sealed, as it reads."""
    owner = Base.metadata.tables["working_group"]
    columns = [one.value for one in renewal.sealed_by(owner)]
    assert len(columns) == 10
    return {value for column in columns for value in db.session.scalars(select(column))}


def test_an_action_that_stands_in_a_plan_is_read_by_the_network_and_stays_open(cast: Cast) -> None:
    made = written(cast)
    plan = plans.plan(cast)
    items_ = db.session.scalars(select(ActionItem).where(ActionItem.group_id == made.group_id)).all()
    name(cast, made.group)
    for item in items_:
        item.plan_id, item.side, item.strategy = plan.id, Side.SUPPLY, next(iter(Strategy))
    db.session.commit()
    name(cast, made.group)
    assert in_tables() == {"action_item"}
    db.session.expire_all()
    assert {item.title for item in items_} == {f"{CANARY}actie"}

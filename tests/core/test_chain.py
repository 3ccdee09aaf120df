"""Whatever is done to the audit log by somebody who holds the database, and even the key, `audit verify` names it."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.core.test_audit import force, write_three
from tests.people import Cast
from webapp.core import audit, chain
from webapp.core.audit import Audit
from webapp.core.chain import Head
from webapp.core.db import db


@pytest.fixture
def heads(app: Flask, cast: Cast, tmp_path: Path) -> list[Head]:
    """Three entries, of which the second and the third were kept outside."""
    write_three(cast)
    rows = db.session.execute(select(Audit.number, Audit.mac).order_by(Audit.number)).all()
    db.session.remove()
    return [Head(row.number, row.mac) for row in rows if row.number > 1]


def chain_anew() -> None:
    """Give every entry the MAC that follows, as somebody with the key could."""
    previous = ""
    for row in db.session.execute(select(*audit.PROTECTED).order_by(Audit.number)).all():
        mac = audit.mac_of(row, previous)
        number = row.number
        db.session.rollback()
        force("UPDATE audit SET mac = :mac WHERE number = :number", mac=mac, number=number)
        previous = mac
    db.session.remove()


def found(heads: list[Head]) -> tuple[str, int | None]:
    verdict = chain.verify(heads)
    db.session.remove()
    return verdict.fault, verdict.number


def test_a_whole_log_is_whole(heads: list[Head]) -> None:
    verdict = chain.verify(heads)
    assert (verdict.fault, verdict.number, verdict.checked) == ("", None, 3)
    assert verdict.head == chain.head() == heads[-1]


def test_an_edit_is_found(heads: list[Head]) -> None:
    force("UPDATE audit SET result = 'refused' WHERE number = 2")
    assert found(heads) == ("broken", 2)


def test_a_deletion_is_found(heads: list[Head]) -> None:
    force("DELETE FROM audit WHERE number = 2")
    assert found(heads) == ("broken", 3)


def test_another_order_is_found(heads: list[Head]) -> None:
    for before, after in ((2, 9), (3, 2), (9, 3)):
        force("UPDATE audit SET number = :after WHERE number = :before", before=before, after=after)
    assert found(heads) == ("broken", 2)


def test_an_end_that_was_cut_off_is_found_by_what_was_kept_outside(heads: list[Head]) -> None:
    force("DELETE FROM audit WHERE number = 3")
    assert found([]) == ("", None), "the chain alone cannot show it"
    assert found(heads) == ("cut", 3)


def test_a_log_that_was_emptied_is_found(heads: list[Head]) -> None:
    force("DELETE FROM audit")
    assert found(heads) == ("cut", 1)


def test_an_end_that_was_cut_off_and_grew_again_is_found(heads: list[Head], cast: Cast) -> None:
    force("DELETE FROM audit WHERE number >= 2")
    for _ in range(3):
        audit.write("sign_in", by=cast.actor("jef"))
        db.session.commit()
    assert found([]) == ("", None)
    assert found(heads) == ("rewritten", 2)


def test_a_log_that_was_chained_anew_with_the_key_is_found(heads: list[Head]) -> None:
    force("UPDATE audit SET actor_id = NULL WHERE number = 2")
    chain_anew()
    assert found([]) == ("", None)
    assert found(heads) == ("rewritten", 2)


def test_a_long_log_is_read_in_pieces(heads: list[Head], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "BATCH", 1)
    assert found(heads) == ("", None)
    force("UPDATE audit SET result = 'refused' WHERE number = 3")
    assert found(heads) == ("broken", 3)


def test_heads_are_kept_in_a_file_that_grows(heads: list[Head], tmp_path: Path) -> None:
    file = tmp_path / "outside" / "heads.txt"
    assert chain.kept(file) == []
    for head in heads:
        chain.keep(file, head)
    assert chain.kept(file) == heads
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(file.read_text()[:-20])
    with pytest.raises(ValueError, match="64 signs"):
        chain.kept(file)


def test_a_head_reads_as_it_was_printed(heads: list[Head]) -> None:
    assert Head.parse(f" {heads[0]} ") == heads[0]
    for wrong in ("", "3", "x:" + "a" * 64, "3:abc"):
        with pytest.raises(ValueError, match="64 signs"):
            Head.parse(wrong)


def test_an_empty_log_is_whole(app: Flask) -> None:
    assert db.session.execute(text("SELECT count(*) FROM audit")).scalar() == 0
    assert chain.verify().head is None
    assert chain.head() is None

"""A canary in every field of a question, from the first words to "belongs now"; then time passes. Afterwards not one
is left: not in the database file, nor in its log, the outbox, the mails, the ledger or the log of the server."""

import io
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests import factories
from tests.core.test_files import photo
from tests.people import Cast
from tests.referrals.asking import WISHES, filled
from tests.referrals.steps import again, by_link, id_of
from tests.referrals.test_forgetting import clocks
from tests.support.browse import Browse
from webapp.core import clock, outbox
from webapp.core.db import Base, db
from webapp.notifications import mail
from webapp.operations import nightly
from webapp.referrals import wiping
from webapp.referrals.models import Ask, Referral

CANARY = "Kanarie"
CARD_NUMBER = "0470 99 00 77"


class Mails(list[str]):
    """Every mail that went out, as its reader gets it."""


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> Mails:
    """Mail is kept here, and in the database as the demo does."""
    sent = Mails()

    def keep(written: mail.Letter, job_id: uuid.UUID) -> None:
        message = mail.message_of(written, job_id)
        parts = [part for part in message.walk() if not part.is_multipart()]
        sent.extend([str(message["Subject"]), *(str(part.get_content()) for part in parts)])
        mail._keep_for_demo(written, message)

    monkeypatch.setattr(mail, "send", keep)
    return sent


@pytest.fixture
def log(app: Flask) -> Iterator[io.StringIO]:
    """The log of the server."""
    said = io.StringIO()
    before = [(handler, handler.setStream(said)) for handler in app.logger.handlers if hasattr(handler, "setStream")]
    assert before
    yield said
    for handler, stream in before:
        handler.setStream(stream)


def through_every_field(browse: Browse, cast: Cast) -> uuid.UUID:
    """Somebody types a canary wherever a person can type, by real requests, until the young person belongs."""
    referral = factories.sent(cast)
    ideas, yes = factories.ask_of(referral, cast.zilverreiger).id, factories.ask_of(referral, cast.halvenoot).id
    referral_id = id_of(referral)
    here = f"/toeleidingen/{referral_id}"
    hilde, bram = browse("hilde"), browse("bram")
    wishes = filled(hilde.get(f"{here}/wensen"), **{**WISHES, "own_words": f"{CANARY}woorden graag", "keep_words": "y"})
    assert hilde.post(f"{here}/wensen", wishes).status == 303
    guest = by_link(browse, cast, ideas)
    path = f"/antwoord/{ideas}/ander-idee"
    assert guest.submit(guest.get(path), path, kind="other_group", message=f"{CANARY}idee").status == 303
    path, other = f"/antwoord/{yes}/ja", {"other_welcomer": f"{CANARY}ontvangst", "other_moment": f"{CANARY}moment"}
    assert bram.submit(bram.get(path), path, welcomer="other", moment="other", **other).status == 303
    assert (
        hilde.submit(hilde.get(f"{here}/kiezen"), f"{here}/kiezen", ask=str(yes), words=f"{CANARY}keuze").status == 303
    )
    card = {"name": f"{CANARY}naam", "contact": CARD_NUMBER, "route": "young_person", "understood": "y"}
    agreed = {"agreed_by": "self", "agreed_how": "together"}
    assert hilde.submit(hilde.get(f"{here}/akkoord"), f"{here}/akkoord", **card, **agreed).status == 303
    fields = ("welcomer", "welcomer_hint", "place", "companion", "bring", "phone_name", "we_prepare", "you_arrange")
    plan = {name: f"{CANARY}plan {name}"[:40] for name in fields}
    day = (clock.today() + timedelta(days=3)).isoformat()
    path = f"{here}/welkomstplan"
    assert bram.submit(bram.get(path), path, **plan, day=day, time="14:00", phone=CARD_NUMBER).status == 303
    assert hilde.post(f"{here}/welkomstkaart").status in (200, 303)
    assert CANARY in bram.post(f"{here}/contactkaart").text
    for who, part, field in ((bram, "gesprek", "message"), (hilde, "notities", "note"), (bram, "notities", "note")):
        written = {field: f"{CANARY}{part}", "keep_words": "y"}
        assert who.post(f"{here}/{part}", written).status == 303
    paper = f"%PDF-1.7\n% {CANARY}handtekening {CARD_NUMBER}\n%%EOF\n".encode()
    path, photo_path = f"{here}/akkoord/blad", f"/aanbod/{again(Ask, yes).offer_id}/deurfoto"
    assert hilde.submit(hilde.get(path), path, file=(io.BytesIO(paper), f"{CANARY}blad.pdf")).status == 303
    assert CANARY in hilde.post(f"{path}/openen").text
    pinned = (io.BytesIO(photo().replace(b"Zohrakanarie", f"{CANARY}deur!".encode())), f"{CANARY}deur.jpg")
    assert bram.submit(bram.get(photo_path), photo_path, file=pinned).status == 303
    assert CANARY in hilde.post(f"{here}/over-mij/blad").text
    assert CANARY in hilde.post(f"{here}/over-mij/bestand").text
    for search in ("/toeleidingen/zoek", "/zoeken"):
        hilde.post(search, {"words": f"{CANARY}zoek"})
    assert bram.post(f"{here}/gelukt").status == 303
    assert hilde.post(f"{here}/afronden").status == 303
    return referral_id


def in_tables() -> dict[str, set[str]]:
    """The columns in which a canary can be read, by table."""
    found: dict[str, set[str]] = {}
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(table.select()).mappings():
            for name, value in row.items():
                if CANARY in str(value) or CARD_NUMBER in str(value):
                    found.setdefault(table.name, set()).add(str(name))
    db.session.rollback()
    return found


def in_bytes(folder: Path) -> list[str]:
    """The files in a folder in which a canary can be read."""
    beside = [one for one in folder.rglob("*") if one.is_file() and one.suffix != ".snapshot"]
    words = (CANARY.encode(), CARD_NUMBER.encode())
    return sorted({one.name for one in beside for word in words if word in one.read_bytes()})


def _here() -> list[str]:
    return in_bytes(Path(str(db.engine.url.database)).parent)


def test_not_one_canary_is_left(browse: Browse, cast: Cast, mails: Mails, log: io.StringIO) -> None:
    referral_id = through_every_field(browse, cast)
    while outbox.run_due("test"):
        pass
    assert mails
    sealed = {
        "file_sealed",
        "own_words_sealed",
        "choice_words_sealed",
        "name_sealed",
        "contact_sealed",
        "link_sealed",
        "words_sealed",
    }
    before = in_tables()
    assert not sealed & set().union(*before.values()), "what identifies somebody can be read in the database"
    assert set(before) <= {"welcome_plan", "ask"}
    clocks(timedelta(days=91))
    assert in_tables() == {}
    assert again(Referral, referral_id) is not None
    clocks(timedelta(days=181))
    assert again(Referral, referral_id) is None
    with clock.at(clock.now() + timedelta(days=181)):
        while outbox.run_due("test"):
            pass
    assert in_tables() == {}
    told = "\n".join(mails) + log.getvalue()
    assert log.getvalue()
    assert CANARY not in told
    assert CARD_NUMBER not in told
    if db.engine.dialect.name == "sqlite":
        assert _here() == []


def test_a_reader_that_holds_the_log_delays_it_by_a_beat_of_the_worker(app: Flask, cast: Cast) -> None:
    """On SQLite the log cannot be emptied while somebody reads from it: the worker, twice a minute, tries again."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps the bytes of a deleted row until it cleans up by itself")
    plan = factories.planned(cast)
    plan.place, referral_id = CANARY, plan.referral_id
    db.session.commit()
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        wiping.forget_plan_for_good(again(Referral, referral_id))
        db.session.commit()
        assert _here(), "the reader still needs it"
    nightly.beat()
    assert _here() == []


def test_the_search_finds_a_canary_that_is_there(browse: Browse, cast: Cast) -> None:
    """The proof is worth something only if it would find one."""
    factories.planned(cast)
    db.session.execute(text("UPDATE welcome_plan SET place = :word"), {"word": CANARY})
    db.session.commit()
    assert in_tables() == {"welcome_plan": {"place"}}
    if db.engine.dialect.name == "sqlite":
        assert _here()

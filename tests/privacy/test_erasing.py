"""Somebody may ask that everything goes now: one command, and no backup brings it back."""

import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of
from webapp.core import ledger
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.referrals.models import ContactCard, Referral, WelcomePlan
from webapp.vocabulary.aliases import ALIAS_LABELS
from webapp.web.i18n import catalogue


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "erased.jsonl"
    monkeypatch.setattr(ledger, "_file", place)
    return place


def _erase(app: Flask, question: uuid.UUID) -> tuple[int, str]:
    db.session.remove()
    done = app.test_cli_runner().invoke(args=["erase-question", str(question), "--yes"])
    return done.exit_code, done.output


def test_the_whole_question_goes_and_is_told_to_the_ledger(app: Flask, cast: Cast) -> None:
    other = factories.planned(cast).referral_id
    mine = factories.planned(cast).referral_id
    code, said = _erase(app, mine)
    assert (code, "Erased." in said) == (0, True), said
    assert again(Referral, mine) is None
    for kind in (ContactCard, WelcomePlan):
        assert set(db.session.scalars(select(kind.referral_id))) == {other}
    assert [(entry["kind"], uuid.UUID(entry["thing"])) for entry in ledger.entries()] == [("question", mine)]
    assert db.session.scalars(select(Audit.thing_id).where(Audit.action == "question.erase")).one() == mine


def test_it_asks_by_alias_whether_it_is_this_one(app: Flask, cast: Cast) -> None:
    referral = factories.planned(cast).referral_id
    alias = catalogue("nl").ugettext(ALIAS_LABELS[again(Referral, referral).alias])
    db.session.remove()
    asked = app.test_cli_runner().invoke(args=["erase-question", str(referral)], input="n\n")
    assert (asked.exit_code, f"This erases {alias}, De Lantaarn," in asked.output) == (1, True), asked.output
    assert again(Referral, referral)


def test_a_draft_goes_without_being_counted(app: Flask, cast: Cast) -> None:
    mine = id_of(factories.draft(cast))
    assert _erase(app, mine)[0] == 0
    assert [entry["kind"] for entry in ledger.entries()] == ["draft"]


def test_a_number_that_leads_nowhere(app: Flask) -> None:
    code, said = _erase(app, uuid.uuid4())
    assert (code, "no question with this number" in said) == (1, True)

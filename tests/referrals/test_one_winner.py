"""Many people answer one question in the same instant: one answer counts, the others hear that somebody was first."""

import uuid
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from tests import factories
from tests.core.together import at_once
from tests.people import Cast
from tests.referrals.steps import again, id_of
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, StepRefused
from webapp.core.history import History
from webapp.referrals import answering
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask

ROUNDS, TOGETHER = 8, 12


def test_of_many_answers_at_once_exactly_one_counts(app: Flask, cast: Cast) -> None:
    for _ in range(ROUNDS):
        ask_id: uuid.UUID = id_of(factories.ask_of(factories.sent(cast), cast.halvenoot))
        version = again(Ask, ask_id).version
        db.session.rollback()

        def answer(number: int, ask_id: uuid.UUID = ask_id, version: int = version) -> str:
            ask = db.session.get_one(Ask, ask_id)
            welcome = answering.Welcome(f"Iemand {number}", clock.now() + timedelta(days=4))
            try:
                answering.accept(ask, welcome, by=cast.actor("bram"), version=version)
                db.session.commit()
            except (Conflict, StepRefused, StaleDataError) as refused:
                db.session.rollback()
                return type(refused).__name__
            return "won"

        said = at_once(app, TOGETHER, answer)
        assert said.count("won") == 1, said
        winner = said.index("won")
        ask = again(Ask, ask_id)
        assert (ask.status, ask.welcomer) == (AskStatus.ACCEPTED, f"Iemand {winner}")
        steps = select(func.count()).where(History.thing_id == ask_id, History.after == AskStatus.ACCEPTED)
        assert db.session.scalar(steps) == 1
        db.session.rollback()

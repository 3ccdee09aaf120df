"""What ends by itself ends once, however many workers look at the same moment, also after one of them fell over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories
from tests.core.together import at_once
from tests.people import Cast
from tests.referrals.steps import id_of, notices
from tests.visits.makers import group
from webapp.core import clock
from webapp.core.db import db
from webapp.core.history import History
from webapp.referrals import actions, bringing, handing
from webapp.visits import actions as visits
from webapp.vocabulary.outcomes import Outcome

LATER = timedelta(days=40)


def a_visit(cast: Cast) -> tuple[UUID, str, Callable[[], None]]:
    """A class asked whether it may come, and the days passed."""
    visit = visits.ask(factories.offer(cast), group(), by=cast.actor("hilde"))
    db.session.commit()
    return id_of(visit), "expire", visits.close_visits_quietly


def a_bridge_builder(cast: Cast) -> tuple[UUID, str, Callable[[], None]]:
    """Somebody thinks along until a day that passed."""
    referral = factories.sent(cast)
    bringing.bring_in(referral, cast.bo, clock.today() + timedelta(days=30), by=cast.actor("hilde"))
    db.session.commit()
    return id_of(referral), "let_go", bringing.let_go_in_time


@pytest.mark.parametrize("begin", [a_visit, a_bridge_builder])
def test_several_workers_end_it_once(
    app: Flask, cast: Cast, begin: Callable[[Cast], tuple[UUID, str, Callable[[], None]]]
) -> None:
    thing_id, step, sweep = begin(cast)
    later = clock.now() + LATER
    _fall_over(sweep, later)
    assert _times(thing_id, step) == 0

    def act(_number: int) -> None:
        with clock.at(later):
            for _ in range(2):
                sweep()
                db.session.commit()

    at_once(app, 4, act)
    assert _times(thing_id, step) == 1
    assert notices(cast, "hilde").count("visit_ended") == (step == "expire")


def test_what_was_asked_of_a_colleague_lapses_once(app: Flask, cast: Cast) -> None:
    referral = factories.sent(cast)
    row = handing.propose(referral, cast.lena, by=cast.actor("hilde"))
    actions.stop(referral, Outcome.NOT_SAID, by=cast.actor("hilde"))
    db.session.commit()
    row_id, later = row.id, clock.now() + LATER
    db.session.rollback()
    _fall_over(handing.let_lapse, later)

    def act(_number: int) -> None:
        with clock.at(later):
            handing.let_lapse()
            db.session.commit()

    at_once(app, 4, act)
    found = db.session.get(handing.HandOver, row_id)
    assert found
    assert (found.status.value, found.ended_at) == ("taken_back", later)


def _fall_over(sweep: Callable[[], None], moment: datetime) -> None:
    """The work was done and the machine went off before it was kept."""
    with clock.at(moment):
        sweep()
        db.session.rollback()


def _times(thing_id: UUID, step: str) -> int:
    query = select(func.count()).where(History.thing_id == thing_id, History.step == step)
    number = db.session.scalar(query) or 0
    db.session.rollback()
    return number

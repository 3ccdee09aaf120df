"""Thinking along without looking in, and seats that take over when their person is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import factories
from tests.people import Cast
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import helping
from webapp.referrals.models import Referral
from webapp.vocabulary.functions import FunctionKind


@pytest.mark.parametrize(("who", "status"), [("tine", 303), ("bo", 303), ("hilde", 404), ("noor", 404), ("ada", 404)])
def test_who_sees_what_is_stuck_may_offer_help(browse, cast: Cast, who: str, status: int) -> None:
    referral = factories.sent(cast)
    with clock.at(clock.now() + timedelta(days=11)):
        assert browse(who).post(f"/toeleidingen/{referral.id}/meedenken").status == status
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.HELP_OFFERED)).all()
    assert told == ([cast.hilde] if status == 303 else [])


def test_who_offered_help_is_not_asked_again_for_a_week(browse, cast: Cast) -> None:
    referral_id = factories.sent(cast).id
    db.session.rollback()
    path = f"/toeleidingen/{referral_id}/meedenken"
    with clock.at(clock.now() + timedelta(days=11)):
        assert path in browse("tine").get("/").text
        assert browse("tine").post(path).status == 303
        assert path not in browse("tine").get("/").text
        assert path in browse("bo").get("/").text
        assert browse("hilde").get(f"/toeleidingen/{referral_id}").says("Iemand wil meedenken")
    with clock.at(clock.now() + timedelta(days=19)):
        assert path in browse("tine").get("/").text


def test_a_field_that_nobody_typed_is_refused(browse, cast: Cast) -> None:
    referral_id, draft_id = factories.sent(cast).id, factories.draft(cast).id
    db.session.rollback()
    with clock.at(clock.now() + timedelta(days=11)):
        assert browse("tine").post(f"/toeleidingen/{referral_id}/meedenken", {"guide_id": "x"}).status == 400
    assert browse("hilde").post(f"/toeleidingen/{draft_id}/weggooien", {"status": "sent"}).status == 400
    assert db.session.get(Referral, draft_id)


def test_what_is_not_stuck_cannot_be_reached(browse, cast: Cast) -> None:
    referral = factories.sent(cast)
    assert browse("tine").post(f"/toeleidingen/{referral.id}/meedenken").status == 404
    assert db.session.scalar(select(func.count()).select_from(Notice).where(Notice.kind == "help_offered")) == 0


def test_the_seat_takes_over_when_the_receiver_is_gone(cast: Cast) -> None:
    referral = factories.agreed(cast)
    yara = cast.actor("yara")
    helping.let_seats_take_over()
    assert referral.receiver_id == cast.bram
    assert not can(yara, Can.READ_REFERRAL, referral)
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.bram)).one()
    seat.ends_on = clock.today() - timedelta(days=1)
    helping.let_seats_take_over()
    assert referral.receiver_id is None
    assert can(yara, Can.READ_REFERRAL, referral)


def test_a_bridge_builder_keeps_what_they_said_yes_to(cast: Cast) -> None:
    referral = factories.agreed(cast)
    db.session.get_one(Referral, referral.id).receiver_id = cast.bo
    db.session.flush()
    assert db.session.scalar(select(Function.kind).where(Function.person_id == cast.bo)) is FunctionKind.BRIDGE_BUILDER
    helping.let_seats_take_over()
    assert referral.receiver_id == cast.bo

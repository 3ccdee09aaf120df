"""What the lists show is what the policy allows, for everybody and in every state."""

from datetime import timedelta

import pytest
from sqlalchemy import or_, select, update

from tests import factories
from tests.policy.matrix import EVERYBODY
from tests.referrals.states import put, standing
from webapp.accounts.models import Function
from webapp.accounts.queries import speakers_at
from webapp.core import clock
from webapp.core.db import db
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import visibility
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral


def referrals_of(actor):
    """The questions that somebody sees, as lists ask for them."""
    received = visibility.received_either_way(builder=visibility.builds_bridges(actor))
    return select(Referral.id).where(or_(visibility.guided(), visibility.watched(), *received))


def asks_of(actor):
    """The asks that somebody sees, as lists ask for them."""
    return select(Ask.id).where(visibility.asks(builder=visibility.builds_bridges(actor)))


class TestVisibility:
    """What the lists show is what the policy allows, for everybody and in every state."""

    @pytest.mark.parametrize("status", ReferralStatus)
    def test_of_questions(self, app, cast, status):
        for make in (factories.draft, factories.chosen, factories.trying):
            put(make(cast).id, **standing(status))
        put(factories.draft(cast, "fatma").id, **standing(status))
        left = factories.draft(cast).id
        put(left, **standing(status), guide_id=cast.moved)
        put(factories.chosen(cast).id, **standing(status), receiver_id=None)
        put(factories.chosen(cast).id, **standing(status), receiver_id=cast.yara)
        everything = db.session.scalars(select(Referral)).all()
        for who in EVERYBODY:
            actor = cast.actor(who)
            shown = set(db.session.scalars(referrals_of(actor), visibility.of(actor)))
            assert shown == {one.id for one in everything if can(actor, Can.READ_REFERRAL, one)}, who

    def test_somebody_sees_some_of_them(self, app, cast):
        chosen = factories.chosen(cast)
        seen = {
            who for who in EVERYBODY if db.session.scalar(referrals_of(cast.actor(who)), visibility.of(cast.actor(who)))
        }
        assert seen == {"hilde", "lena", "bram"}
        assert chosen.receiver_id == cast.bram

    @pytest.mark.parametrize("status", AskStatus)
    def test_of_asks(self, app, cast, status):
        factories.sent(cast, ("zilverreiger", "halvenoot", "stil"))
        values = {"status": status, "answered_at": clock.now(), "call_back_on": clock.today()}
        db.session.execute(update(Ask).values(**values))
        db.session.commit()
        asks = db.session.scalars(select(Ask)).all()
        for ask in asks:
            ask.seat_is_empty = speakers_at(ask.organisation_id)[1]
            ask.speakers = frozenset()
        actors = [cast.actor(who) for who in EVERYBODY]
        for actor in actors:
            shown = set(db.session.scalars(asks_of(actor), visibility.of(actor)))
            assert shown == {ask.id for ask in asks if can(actor, Can.READ_ASK, ask)}, actor.name

    def test_a_seat_that_falls_empty_lets_the_bridge_builder_see(self, app, cast):
        factories.sent(cast, ("zilverreiger",))
        bo = cast.actor("bo")
        assert db.session.scalars(asks_of(bo), visibility.of(bo)).all() == []
        ended = clock.today() - timedelta(days=1)
        db.session.execute(update(Function).where(Function.person_id == cast.noor).values(ends_on=ended))
        assert len(db.session.scalars(asks_of(bo), visibility.of(bo)).all()) == 1

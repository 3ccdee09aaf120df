"""What becomes of a question in the end: the words sooner where no place was found, then all of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of
from tests.referrals.test_forgetting import WORDS, clocks, with_words
from webapp.core import clock, ledger
from webapp.core.db import db
from webapp.core.history import History
from webapp.core.ledger import Erasure
from webapp.core.links import Link
from webapp.notifications.models import Notice
from webapp.referrals import actions, forgetting, sealed, welcome
from webapp.referrals.models import Agreement, Ask, CheckIn, CountedQuestion, Referral, WelcomePlan
from webapp.vocabulary.outcomes import Outcome


def _settled(cast: Cast) -> Referral:
    referral = factories.trying(cast)
    hilde = cast.actor("hilde")
    welcome.share(referral.plan, referral, by=hilde)
    actions.settle(referral, by=hilde)
    db.session.commit()
    return referral


@pytest.mark.parametrize(("after", "stay"), [(timedelta(days=29), True), (timedelta(days=31), False)])
def test_words_go_after_thirty_days_when_no_place_was_found(cast: Cast, after: timedelta, stay: bool) -> None:
    hilde = cast.actor("hilde")
    referral = with_words(factories.sent(cast), hilde)
    actions.stop(referral, next(iter(Outcome)), by=hilde)
    db.session.commit()
    referral_id = id_of(referral)
    clocks(after)
    assert sealed.own_words(again(Referral, referral_id)) == (WORDS if stay else "")


def test_half_a_year_after_the_end_nothing_is_left_but_a_row_to_count(cast: Cast) -> None:
    referral = _settled(cast)
    referral_id, asks = referral.id, [one.id for one in referral.asks]
    things = [referral_id, *asks, referral.plan.id]
    month = clock.local(referral.created_at).date().replace(day=1)
    clocks(timedelta(days=179))
    assert again(Referral, referral_id)
    clocks(timedelta(days=181))
    assert again(Referral, referral_id) is None
    for kind in (Ask, Agreement, CheckIn, WelcomePlan):
        assert db.session.scalars(select(kind).where(kind.referral_id == referral_id)).all() == []
    for column in (History.thing_id, Notice.thing_id, Link.subject_id):
        assert db.session.scalars(select(column).where(column.in_(things))).all() == []
    counted = db.session.scalars(select(CountedQuestion)).one()
    assert (counted.month, counted.age_band, counted.interests, counted.status.value) == (
        month,
        factories.PROFILE.age_band,
        factories.PROFILE.interests,
        "settled",
    )
    kept = {str(value) for name, value in vars(counted).items() if name not in ("_sa_instance_state", "id")}
    everybody = {str(one) for one in (*cast.people.values(), *cast.organisations.values(), referral_id)}
    assert not kept & everybody


def test_what_nobody_ended_goes_a_year_after_its_last_step(cast: Cast) -> None:
    silent, paused = id_of(factories.sent(cast)), factories.sent(cast)
    actions.pause(paused, clock.today() + timedelta(days=20), by=cast.actor("hilde"))
    paused.ask_again_on = clock.today() + timedelta(days=500)
    db.session.commit()
    paused_id = id_of(paused)
    clocks(timedelta(days=364))
    assert again(Referral, silent)
    clocks(timedelta(days=366))
    assert again(Referral, silent) is None
    assert again(Referral, paused_id)
    clocks(timedelta(days=501))
    assert again(Referral, paused_id) is None


def test_a_backup_from_before_does_not_bring_a_question_back(cast: Cast) -> None:
    referral_id = id_of(_settled(cast))
    clocks(timedelta(days=181))
    noted = select(Erasure.kind).where(Erasure.thing_id == referral_id).order_by(Erasure.at)
    assert "question" in set(db.session.scalars(noted))
    restored = id_of(factories.sent(cast))
    for _ in range(2):  # it may be gone already
        ledger.REPLAYS["question"](restored)
        db.session.commit()
    assert again(Referral, restored) is None


def test_the_brake_counts_each_question_once(cast: Cast) -> None:
    _settled(cast)
    factories.draft(cast)
    factories.sent(cast)
    assert forgetting.due() == (0, 3)
    with clock.at(clock.now() + timedelta(days=200)):
        assert forgetting.due() == (2, 3)

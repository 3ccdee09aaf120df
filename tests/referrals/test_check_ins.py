"""Looking back after 2, 6 and 12 weeks: one tap for each side, and stopping is an answer."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of, notices, status_of
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import NotAllowed, StepRefused
from webapp.referrals import actions, welcome
from webapp.referrals.codes import Side
from webapp.referrals.models import CheckIn, Referral
from webapp.vocabulary.outcomes import Mood

WEEKS = timedelta(weeks=1)


def _one(referral: Referral, week: int, side: Side) -> CheckIn:
    query = select(CheckIn).where(CheckIn.referral_id == referral.id, CheckIn.week == week, CheckIn.side == side)
    return db.session.scalars(query).one()


def test_three_for_each_side(cast: Cast) -> None:
    referral = factories.trying(cast)
    rows = db.session.scalars(select(CheckIn).where(CheckIn.referral_id == referral.id)).all()
    today = clock.today()
    assert {(one.week, one.side, (one.due_on - today).days // 7) for one in rows} == {
        (week, side, week) for week in (2, 6, 12) for side in Side
    }


def test_each_side_answers_its_own_and_the_other_hears(cast: Cast) -> None:
    referral = factories.trying(cast)
    ours, theirs = _one(referral, 2, Side.GUIDE), _one(referral, 2, Side.ASSOCIATION)
    welcome.check_in(ours, referral, Mood.GOOD, by=cast.actor("hilde"))
    with pytest.raises(StepRefused):
        welcome.check_in(theirs, referral, Mood.GOOD, by=cast.actor("hilde"))
    with pytest.raises(NotAllowed):
        welcome.check_in(theirs, referral, Mood.GOOD, by=cast.actor("noor"))
    welcome.check_in(theirs, referral, Mood.COULD_BE_BETTER, by=cast.actor("bram"))
    db.session.commit()
    assert (ours.mood, theirs.mood) == (Mood.GOOD, Mood.COULD_BE_BETTER)
    assert notices(cast, "bram")[-1] == notices(cast, "hilde")[-1] == "checked_in"


def test_on_the_day_each_side_is_reminded_once(cast: Cast) -> None:
    factories.trying(cast)
    with clock.at(clock.now() + 2 * WEEKS):
        welcome.remind_of_check_ins()
        welcome.remind_of_check_ins()
        db.session.commit()
    assert notices(cast, "hilde").count("check_in_due") == notices(cast, "bram").count("check_in_due") == 1


def test_today_asks_the_last_one_that_came_due_as_the_page_does(browse: Browse, cast: Cast) -> None:
    referral = factories.trying(cast)
    twelfth = _one(referral, 12, Side.GUIDE)
    with clock.at(clock.now() + 12 * WEEKS + timedelta(hours=1)):
        today = browse("hilde").get("/")
        assert today.says("12 weken bezig")
        assert not today.says("6 weken bezig")
        welcome.check_in(twelfth, referral, Mood.GOOD, by=cast.actor("hilde"))
        db.session.commit()
        assert not browse("hilde").get("/").says("weken bezig")


def test_nobody_is_reminded_after_it_stopped(cast: Cast) -> None:
    referral = factories.trying(cast)
    actions.seek_again(referral, by=cast.actor("hilde"))
    with clock.at(clock.now() + 2 * WEEKS):
        welcome.remind_of_check_ins()
        db.session.commit()
    assert "check_in_due" not in notices(cast, "hilde")


@pytest.mark.parametrize(("who", "side"), [("hilde", "guide"), ("bram", "association")])
def test_one_tap_on_the_page(browse: Browse, cast: Cast, who: str, side: str) -> None:
    referral_id = id_of(factories.trying(cast))
    visitor = browse(who)
    assert not visitor.get(f"/toeleidingen/{referral_id}").says("Twee weken bezig")
    with clock.at(clock.now() + 2 * WEEKS):
        visitor = browse(who)
        page = visitor.get(f"/toeleidingen/{referral_id}")
        assert page.says("Twee weken bezig. Hoe loopt het?", "Ook stoppen is een antwoord.")
        action = next(one for one in page.links() if one.startswith("/terugblik/") and "by_phone" not in page.form(one))
        done = visitor.submit(page, action, mood="good")
        assert (done.status, done.location) == (303, f"/toeleidingen/{referral_id}")
        after = visitor.get(f"/toeleidingen/{referral_id}")
        assert not after.says("Hoe loopt het?")
        assert after.says("Na 2 weken")
    row = again(CheckIn, uuid.UUID(action.split("/")[-1]))
    assert (row.mood, row.side.value) == (Mood.GOOD, side)


def test_stopped_leads_to_seeking_again_or_stopping(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.trying(cast))
    with clock.at(clock.now() + 2 * WEEKS):
        bram, hilde = browse("bram"), browse("hilde")
        page = bram.get(f"/toeleidingen/{referral_id}")
        bram.submit(
            page,
            next(one for one in page.links() if one.startswith("/terugblik/") and "by_phone" not in page.form(one)),
            mood="stopped",
        )
        assert status_of(referral_id) == "trying"
        choice = hilde.get(f"/toeleidingen/{referral_id}")
        assert choice.says("Gestopt, en nu?", "Zoek een andere plek", "Stop hier")
        assert hilde.post(f"/toeleidingen/{referral_id}/opnieuw").status == 303
    assert status_of(referral_id) == "seeking"


def test_the_guide_may_know_better(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.trying(cast))
    with clock.at(clock.now() + 2 * WEEKS):
        bram, hilde = browse("bram"), browse("hilde")
        page = bram.get(f"/toeleidingen/{referral_id}")
        bram.submit(
            page,
            next(one for one in page.links() if one.startswith("/terugblik/") and "by_phone" not in page.form(one)),
            mood="stopped",
        )
    with clock.at(clock.now() + 2 * WEEKS + timedelta(hours=1)):
        page = hilde.get(f"/toeleidingen/{referral_id}")
        hilde.submit(
            page,
            next(one for one in page.links() if one.startswith("/terugblik/") and "by_phone" not in page.form(one)),
        )
        for browser in (hilde, bram):
            shown = browser.get(f"/toeleidingen/{referral_id}")
            assert "stopte bij jullie" not in shown.words
            assert "Gestopt, en nu?" not in shown.words
        assert "Gestopt, en nu?" not in hilde.get("/").words


def test_what_is_not_a_mood_or_not_ours_is_refused(browse: Browse, cast: Cast) -> None:
    referral = factories.trying(cast)
    ours = id_of(_one(referral, 2, Side.GUIDE))
    assert browse("hilde").post(f"/terugblik/{ours}", {"mood": "great"}).status == 400
    assert browse("bram").post(f"/terugblik/{ours}", {"mood": "good"}).status == 409
    assert browse("noor").post(f"/terugblik/{ours}", {"mood": "good"}).status == 404
    assert browse("hilde").post(f"/terugblik/{uuid.uuid4()}", {"mood": "good"}).status == 404
    assert again(CheckIn, ours).mood is None


def test_after_seeking_again_the_old_look_back_is_gone(browse: Browse, cast: Cast) -> None:
    referral = factories.trying(cast)
    ours = _one(referral, 2, Side.GUIDE).id
    actions.seek_again(referral, by=cast.actor("hilde"))
    db.session.commit()
    assert browse("hilde").post(f"/terugblik/{ours}", {"mood": "good"}).status == 404

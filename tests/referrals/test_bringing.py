"""A bridge builder who walks beside a question: what they read, how long, and how it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.factories import CANARY_NAME
from tests.people import Cast
from tests.referrals.steps import again, id_of, notices
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.referrals import actions, answering, bringing, talk
from webapp.referrals.between import Beside
from webapp.referrals.codes import PostKind
from webapp.referrals.lifecycle import BesideStatus
from webapp.referrals.models import Ask, Referral

SAID = "Kanariewoorden."
MONTH = timedelta(days=28)


def brought(cast: Cast, by: str = "hilde") -> Referral:
    """Bo walks beside a question that has an agreement and a few words."""
    referral = factories.agreed(cast)
    talk.write(referral, PostKind.MESSAGE, SAID, by=cast.actor("bram"))
    bringing.bring_in(referral, cast.bo, clock.today() + MONTH, by=cast.actor(by))
    db.session.commit()
    return referral


def test_either_side_brings_somebody_in_on_the_page(browse: Browse, cast: Cast) -> None:
    for who in ("hilde", "bram"):
        page = f"/toeleidingen/{id_of(factories.chosen(cast))}"
        browser = browse(who)
        assert f"{page}/bruggenbouwer" in browser.get(page).links()
        asked = browser.submit(browser.get(f"{page}/bruggenbouwer"), f"{page}/bruggenbouwer")
        assert asked.status == 303
        for side in ("hilde", "bram"):
            assert browse(side).get(page).says("Bo", "denkt mee tot")
    assert notices(cast, "bo") == ["brought_in", "brought_in"]


def test_they_read_the_alias_and_whom_to_call_and_nothing_else(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(brought(cast))
    bo, path = browse("bo"), f"/toeleidingen/{referral_id}"
    read = bo.get(f"{path}/meelopen")
    assert read.says("Hilde", "Bram", "Muziekhuis Halve Noot")
    for word in (CANARY_NAME, SAID, "muziek maken", "12 tot 14"):
        assert word not in read.text, word
    assert bo.get(path).status == 404
    assert [bo.post(f"{path}/{one}").status for one in ("contactkaart", "gesprek", "notities")] == [404, 404, 404]
    assert f"{path}/meelopen" in bo.get("/").links()


def test_a_hidden_sender_is_hidden_from_who_the_association_brought_in(browse: Browse, cast: Cast) -> None:
    for by, hidden in (("bram", True), ("hilde", False)):
        referral = factories.chosen(cast)
        referral.hides_sender = True
        db.session.commit()
        bringing.bring_in(referral, cast.bo, clock.today() + MONTH, by=cast.actor(by))
        db.session.commit()
        page = browse("bo").get(f"/toeleidingen/{id_of(referral)}/meelopen")
        assert ("De Lantaarn" not in page.text and "Hilde" not in page.text) is hidden


def test_it_ends_on_its_day_even_before_the_clocks_run(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(brought(cast))
    for days, status in ((28, 200), (29, 404)):
        with clock.at(clock.now() + timedelta(days=days)):
            assert browse("bo").get(f"/toeleidingen/{referral_id}/meelopen").status == status
    with clock.at(clock.now() + timedelta(days=29)):
        bringing.let_go_in_time()
        db.session.commit()
    assert db.session.query(Beside.status).scalar() is BesideStatus.LET_GO
    db.session.rollback()
    assert browse("hilde").get(f"/toeleidingen/{referral_id}").says("De bruggenbouwer is bedankt")


@pytest.mark.parametrize("who", ["hilde", "bram"])
def test_either_side_lets_go_again(browse: Browse, cast: Cast, who: str) -> None:
    referral_id = id_of(brought(cast))
    page = f"/toeleidingen/{referral_id}"
    browser = browse(who)
    assert browser.submit(browser.get(page), f"{page}/bruggenbouwer/loslaten").status == 303
    assert browse("bo").get(f"{page}/meelopen").status == 404
    assert notices(cast, "bo")[-1] == "let_go"
    bringing.bring_in(again(Referral, referral_id), cast.bo, clock.today(), by=cast.actor(who))


def test_the_bridge_builder_steps_back_and_both_sides_hear(browse: Browse, cast: Cast) -> None:
    page = f"/toeleidingen/{id_of(brought(cast))}/meelopen"
    bo = browse("bo")
    assert bo.submit(bo.get(page), f"{page}/stoppen").status == 303
    assert bo.get(page).status == 404
    assert (notices(cast, "hilde")[-1], notices(cast, "bram")[-1]) == ("new_face", "new_face")


def test_one_at_a_time_not_for_ever_and_only_a_bridge_builder(cast: Cast) -> None:
    referral = brought(cast)
    with pytest.raises(StepRefused):
        bringing.bring_in(referral, cast.bo, clock.today(), by=cast.actor("bram"))
    other = factories.chosen(cast)
    for person, until in ((cast.noor, MONTH), (cast.bo, timedelta(days=92)), (cast.bo, timedelta(days=-1))):
        with pytest.raises(Invalid):
            bringing.bring_in(other, person, clock.today() + until, by=cast.actor("hilde"))
    with pytest.raises(StepRefused):
        bringing.bring_in(factories.draft(cast), cast.bo, clock.today(), by=cast.actor("hilde"))


def test_a_next_place_reads_nothing_of_the_place_before(browse: Browse, cast: Cast) -> None:
    """Who opened the card at an earlier place, and what happened there, is nobody's business at the next."""
    referral_id = id_of(factories.agreed(cast))
    browse("bram").post(f"/toeleidingen/{referral_id}/contactkaart")
    referral = again(Referral, referral_id)
    actions.seek_again(referral, by=cast.actor("hilde"))
    offer = factories.offer(cast, "zilverreiger")
    actions.send(referral, [actions.Target(offer.id, offer.organisation_id)], by=cast.actor("hilde"))
    ask = db.session.scalars(select(Ask).where(Ask.offer_id == offer.id)).one()
    answering.accept(ask, answering.Welcome("Noor", moment_note="zaterdag"), by=cast.actor("noor"))
    actions.choose(referral, ask, by=cast.actor("hilde"))
    db.session.commit()
    page = browse("noor").get(f"/toeleidingen/{referral_id}")
    assert page.status == 200
    assert "Bram" not in page.text
    assert browse("hilde").get(f"/toeleidingen/{referral_id}").says("Bram")

"""Handing a question to a colleague, on each side: asked, accepted or not, and told."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.factories import CANARY_NAME
from tests.people import Cast
from tests.referrals.steps import again, id_of, notices
from tests.support.browse import Browse
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.policy.rules import NotAllowed
from webapp.referrals import actions, around, handing
from webapp.referrals.between import HandOver
from webapp.referrals.codes import Side
from webapp.referrals.lifecycle import HandOverStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.outcomes import Outcome


def asked(cast: Cast, by: str, to: str) -> tuple[uuid.UUID, uuid.UUID]:
    """Somebody asked a colleague; the ids of the question and of the hand-over."""
    referral = factories.agreed(cast)
    row = handing.propose(referral, cast.people[to], by=cast.actor(by))
    ids = referral.id, row.id
    db.session.commit()
    return ids


def end_seat(cast: Cast, who: str) -> None:
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.people[who])).one()
    seat.ends_on = clock.today() - timedelta(days=1)
    db.session.commit()


def test_nothing_changes_before_the_yes(browse: Browse, cast: Cast) -> None:
    referral_id, row_id = asked(cast, "hilde", "pieter")
    page = f"/toeleidingen/{referral_id}"
    assert (browse("hilde").get(page).status, browse("pieter").get(page).status) == (200, 404)
    read = browse("pieter").get(f"/doorgeven/{row_id}")
    assert read.status == 200
    for word in (CANARY_NAME, "muziek", "12 tot 14", "Halve Noot", "Bram"):
        assert word not in read.text, word
    assert again(Referral, referral_id).guide_id == cast.hilde


def test_a_yes_changes_who_has_it_and_everybody_hears(browse: Browse, cast: Cast) -> None:
    referral_id, row_id = asked(cast, "hilde", "pieter")
    pieter, page = browse("pieter"), f"/toeleidingen/{referral_id}"
    today = pieter.get("/")
    assert f"/doorgeven/{row_id}" in today.links()
    pieter.submit(pieter.get(f"/doorgeven/{row_id}"), f"/doorgeven/{row_id}/ja")
    assert again(Referral, referral_id).guide_id == cast.pieter
    assert (browse("hilde").get(page).status, pieter.get(page).status) == (303, 200)
    assert pieter.get(page).says("Doorgegeven aan een collega")
    assert browse("bram").get(page).says("Doorgegeven aan een collega", "Pieter")
    assert pieter.post(f"{page}/contactkaart").says(CANARY_NAME)
    assert notices(cast, "pieter") == ["hand_over_asked"]
    assert notices(cast, "hilde")[-1] == "hand_over_answered"
    assert notices(cast, "bram")[-1] == "new_face"
    assert browse("hilde").get(f"/doorgeven/{row_id}").says("Pieter nam over")


def test_no_leaves_it_as_it_was(browse: Browse, cast: Cast) -> None:
    referral_id, row_id = asked(cast, "hilde", "pieter")
    pieter = browse("pieter")
    pieter.submit(pieter.get(f"/doorgeven/{row_id}"), f"/doorgeven/{row_id}/nee")
    assert again(Referral, referral_id).guide_id == cast.hilde
    assert notices(cast, "hilde")[-1] == "hand_over_answered"
    story = browse("hilde").get(f"/toeleidingen/{referral_id}")
    assert story.says("Een collega kan het nu niet overnemen")
    with pytest.raises(StepRefused):
        handing.accept(again(HandOver, row_id), by=cast.actor("pieter"))
    handing.propose(again(Referral, referral_id), cast.lena, by=cast.actor("hilde"))


def test_each_side_reads_of_its_own_house_alone_whom_it_asked(browse: Browse, cast: Cast) -> None:
    referral_id, _ = asked(cast, "hilde", "pieter")
    assert not browse("bram").get(f"/toeleidingen/{referral_id}").says("Een collega kreeg de vraag om over te nemen")
    assert "Pieter" not in browse("bram").get(f"/toeleidingen/{referral_id}").text
    assert browse("hilde").get(f"/toeleidingen/{referral_id}").says("Een collega kreeg de vraag om over te nemen")


def test_the_welcome_is_handed_over_too(browse: Browse, cast: Cast) -> None:
    referral_id, row_id = asked(cast, "bram", "yara")
    handing.accept(again(HandOver, row_id), by=cast.actor("yara"))
    db.session.commit()
    referral = again(Referral, referral_id)
    assert (referral.receiver_id, referral.guide_id) == (cast.yara, cast.hilde)
    db.session.rollback()
    assert browse("bram").get(f"/toeleidingen/{referral_id}").location == f"/doorgeven/{row_id}"
    assert browse("yara").post(f"/toeleidingen/{referral_id}/contactkaart").says(CANARY_NAME)
    assert notices(cast, "hilde")[-1] == "new_face"


@pytest.mark.parametrize(("by", "to"), [("hilde", "fatma"), ("hilde", "bram"), ("hilde", "hilde"), ("bram", "jef")])
def test_only_a_colleague_with_a_fitting_function_is_asked(cast: Cast, by: str, to: str) -> None:
    with pytest.raises(Invalid):
        handing.propose(factories.chosen(cast), cast.people[to], by=cast.actor(by))


def test_one_colleague_at_a_time_and_the_question_can_be_taken_back(browse: Browse, cast: Cast) -> None:
    referral_id, row_id = asked(cast, "hilde", "pieter")
    with pytest.raises(StepRefused):
        handing.propose(again(Referral, referral_id), cast.lena, by=cast.actor("hilde"))
    db.session.rollback()
    hilde = browse("hilde")
    page = hilde.get(f"/toeleidingen/{referral_id}")
    hilde.submit(page, f"/toeleidingen/{referral_id}/doorgeven/terug")
    assert again(HandOver, row_id).status is HandOverStatus.TAKEN_BACK
    with pytest.raises(StepRefused):
        handing.accept(again(HandOver, row_id), by=cast.actor("pieter"))


def test_a_function_that_ended_cannot_take_over(cast: Cast) -> None:
    _, row_id = asked(cast, "hilde", "pieter")
    with pytest.raises(NotAllowed):
        handing.accept(again(HandOver, row_id), by=cast.actor("moved"))


def test_what_was_asked_lapses_with_the_place_and_with_the_question(cast: Cast) -> None:
    referral_id, there = asked(cast, "bram", "yara")
    here = handing.propose(again(Referral, referral_id), cast.pieter, by=cast.actor("hilde")).id
    db.session.commit()
    actions.seek_again(again(Referral, referral_id), by=cast.actor("hilde"))
    db.session.commit()
    with pytest.raises(StepRefused):
        handing.accept(again(HandOver, there), by=cast.actor("yara"))
    db.session.rollback()
    handing.let_lapse()
    db.session.commit()
    states = [again(HandOver, one).status for one in (there, here)]
    assert states == [HandOverStatus.TAKEN_BACK, HandOverStatus.PROPOSED]
    actions.stop(again(Referral, referral_id), next(iter(Outcome)), by=cast.actor("hilde"))
    handing.let_lapse()
    db.session.commit()
    assert again(HandOver, here).status is HandOverStatus.TAKEN_BACK


def test_the_contact_for_referrals_takes_over_when_the_guide_left(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    lena, page = browse("lena"), f"/toeleidingen/{referral_id}"
    assert f"{page}/overnemen" not in lena.get(page).text
    with pytest.raises(StepRefused):
        handing.take_over(again(Referral, referral_id), by=cast.actor("lena"))
    db.session.rollback()
    end_seat(cast, "hilde")
    lena.submit(lena.get(page), f"{page}/overnemen")
    assert again(Referral, referral_id).guide_id == cast.lena
    db.session.rollback()
    assert notices(cast, "bram")[-1] == "new_face"
    assert lena.get(page).says("De contactpersoon voor toeleidingen nam het over")


def test_taking_over_opens_no_card_to_a_function_from_outside(browse: Browse, cast: Cast) -> None:
    """Neither taking over nor handing round gets somebody at a card whose function was given after the agreement."""
    referral_id = id_of(factories.agreed(cast))
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.lena)).one()
    seat.from_outside, seat.opens_from = True, clock.now()
    db.session.commit()
    end_seat(cast, "hilde")
    lena, page = browse("lena"), f"/toeleidingen/{referral_id}"
    assert lena.get(page).status == 200
    assert (lena.post(f"{page}/overnemen").status, lena.post(f"{page}/doorgeven").status) == (403, 403)
    assert lena.post(f"{page}/contactkaart").status == 403


def test_who_stands_in_for_an_empty_seat_hands_nothing_round(cast: Cast) -> None:
    referral = factories.chosen(cast)
    referral.receiver_id = cast.bo
    db.session.flush()
    with pytest.raises(NotAllowed):
        handing.propose(referral, cast.yara, by=cast.actor("bo"))


def test_without_colleagues_the_page_says_so(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    for who in ("pieter", "lena"):
        end_seat(cast, who)
    assert browse("hilde").get(f"/toeleidingen/{referral_id}/doorgeven").says("Er is nog niemand om het aan te vragen")
    assert around.colleagues(again(Referral, referral_id), Side.GUIDE, besides=cast.hilde) == []


def test_nobody_is_chosen_is_said_kindly(browse: Browse, cast: Cast) -> None:
    path = f"/toeleidingen/{id_of(factories.chosen(cast))}/doorgeven"
    hilde = browse("hilde")
    assert hilde.submit(hilde.get(path), path).says("Kies eerst een collega.")
    assert hilde.submit(hilde.get(path), path, colleague=str(cast.lena)).status == 303
    assert FunctionKind.REFERRAL_CONTACT in HandOver(side=Side.GUIDE).fitting


def test_what_was_told_before_leads_to_who_took_over_and_to_nothing_else(browse: Browse, cast: Cast) -> None:
    referral_id, row_id = asked(cast, "hilde", "pieter")
    handing.accept(again(HandOver, row_id), by=cast.actor("pieter"))
    db.session.commit()
    hilde, question = browse("hilde"), f"/toeleidingen/{referral_id}"
    for told in (question, f"{question}/steun"):
        assert hilde.get(told).location == f"/doorgeven/{row_id}"
    page = hilde.get(f"/doorgeven/{row_id}")
    assert page.says("Pieter nam over")
    for word in (CANARY_NAME, "muziek", "Halve Noot", "Bram", "Verwelkomen"):
        assert word not in page.text, word
    assert question not in page.links()
    assert hilde.get(f"{question}/welkomstplan").status == 404
    assert hilde.post(f"{question}/contactkaart").status == 404
    for who in ("fatma", "noor", "tine"):
        assert browse(who).get(question).status == 404
    end_seat(cast, "hilde")
    assert hilde.get(question).status == 404


def test_whoever_had_it_hears_it_when_the_contact_handed_it_on(browse: Browse, cast: Cast) -> None:
    referral_id, row_id = asked(cast, "lena", "pieter")
    handing.accept(again(HandOver, row_id), by=cast.actor("pieter"))
    db.session.commit()
    assert notices(cast, "lena")[-1] == notices(cast, "hilde")[-1] == "hand_over_answered"
    hilde = browse("hilde")
    assert hilde.get(f"/toeleidingen/{referral_id}").location == f"/doorgeven/{row_id}"
    assert hilde.get(f"/doorgeven/{row_id}").says("Pieter nam over. Bedankt om tot hier mee te gaan.")
    assert "Pieter" in browse("lena").get(f"/toeleidingen/{referral_id}").text

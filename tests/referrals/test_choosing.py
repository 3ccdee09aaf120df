"""Choosing together: the young person picks, the others are thanked, and not knowing yet is an answer."""

import uuid
from datetime import timedelta

import pytest

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of, notices, status_of
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import NotAllowed, StepRefused
from webapp.referrals import actions, answering, sealed
from webapp.referrals.answering import Welcome
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask, Referral


@pytest.fixture
def answered(cast: Cast) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """A question with a yes of the music house and a waiting list at the scouts; its id and those of both asks."""
    referral = factories.answered(cast)
    yes, waiting = factories.ask_of(referral, cast.halvenoot), factories.ask_of(referral, cast.zilverreiger)
    answering.put_on_waiting_list(waiting, clock.today() + timedelta(days=30), by=cast.actor("noor"))
    ids = referral.id, yes.id, waiting.id
    db.session.commit()
    return ids


def test_every_answer_with_a_way_on_is_a_door(browse: Browse, answered: tuple[uuid.UUID, ...]) -> None:
    page = browse("hilde").get(f"/toeleidingen/{answered[0]}/kiezen")
    assert page.says("Muziekhuis Halve Noot", "Hier wil ik proberen", "Scouts Zilverreiger", "Zet mij op de lijst")
    assert page.says("Ik weet het nog niet", "Dit kies ik", "Ik sta aan de deur")


def test_a_choice_in_their_own_words(browse: Browse, cast: Cast, answered: tuple[uuid.UUID, ...]) -> None:
    referral_id, yes, waiting = answered
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/kiezen"
    page = hilde.get(path)
    done = hilde.submit(page, path, ask=str(yes), words="Daar mag ik drummen.")
    assert (done.status, done.location) == (303, f"/toeleidingen/{referral_id}")
    referral = again(Referral, referral_id)
    assert (referral.status, referral.chosen_ask_id, referral.receiver_id) == ("welcoming", yes, cast.bram)
    assert sealed.choice_words(referral) == "Daar mag ik drummen."
    assert "drummen" not in (referral.choice_words_sealed or "")
    assert (status_of(yes), status_of(waiting)) == ("chosen", "thanked")
    assert notices(cast, "bram")[-1] == "chosen"
    assert notices(cast, "noor")[-1] == "thanked"
    assert hilde.get(f"/toeleidingen/{referral_id}").says("Daar mag ik drummen.")
    assert "drummen" not in browse("bram").get(f"/toeleidingen/{referral_id}").text


def test_nothing_chosen_says_what_to_do(browse: Browse, answered: tuple[uuid.UUID, ...]) -> None:
    hilde, path = browse("hilde"), f"/toeleidingen/{answered[0]}/kiezen"
    refused = hilde.submit(hilde.get(path), path, words="Ik twijfel")
    assert refused.status == 422
    assert refused.says("Kies eerst een deur.")
    assert refused.form(path)["words"] == "Ik twijfel"
    strange = hilde.submit(hilde.get(path), path, ask=str(uuid.uuid4()))
    assert strange.status == 422
    assert status_of(answered[0]) == "choosing"


def test_not_knowing_yet_is_noted_and_keeps_the_choice(browse: Browse, answered: tuple[uuid.UUID, ...]) -> None:
    hilde = browse("hilde")
    done = hilde.post(f"/toeleidingen/{answered[0]}/kiezen/later")
    assert done.status == 303
    assert status_of(answered[0]) == "choosing"
    assert hilde.follow(done).says("Weet het nog niet, en dat mag")


def test_an_answer_that_was_taken_back_meanwhile_cannot_be_chosen(
    browse: Browse, cast: Cast, answered: tuple[uuid.UUID, ...]
) -> None:
    referral_id, yes, _waiting = answered
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/kiezen"
    page = hilde.get(path)
    answering.decline(again(Ask, yes), by=cast.actor("bram"))
    db.session.commit()
    late = hilde.submit(page, path, ask=str(yes))
    assert late.status in (409, 422)
    assert status_of(referral_id) == "choosing"


def test_only_the_side_of_the_young_person_chooses(browse: Browse, answered: tuple[uuid.UUID, ...]) -> None:
    path = f"/toeleidingen/{answered[0]}/kiezen"
    for who in ("pieter", "fatma", "bram", "noor", "tine", "bo", "ada"):
        assert browse(who).get(path).status == 404
        assert browse(who).post(path, {"ask": str(answered[1])}).status == 404
    assert browse("lena").get(path).status == 200
    assert status_of(answered[0]) == "choosing"


def test_an_ask_of_another_question_cannot_be_chosen(cast: Cast, answered: tuple[uuid.UUID, ...]) -> None:
    other = factories.ask_of(factories.answered(cast), cast.halvenoot)
    with pytest.raises(NotAllowed):
        actions.choose(again(Referral, answered[0]), other, by=cast.actor("hilde"))


def test_a_choice_of_somebody_who_declined_is_refused(cast: Cast, answered: tuple[uuid.UUID, ...]) -> None:
    waiting = again(Ask, answered[2])
    answering.decline(waiting, by=cast.actor("noor"))
    with pytest.raises(StepRefused):
        actions.choose(waiting.referral, waiting, by=cast.actor("hilde"))


def test_seeking_again_lets_go_of_the_place_and_tells_it(cast: Cast) -> None:
    referral = factories.agreed(cast)
    chosen = factories.ask_of(referral, cast.halvenoot)
    actions.seek_again(referral, by=cast.actor("hilde"))
    db.session.commit()
    assert chosen.status is AskStatus.RECALLED
    assert (referral.chosen_ask_id, referral.has_agreement, referral.receiver_id) == (None, False, None)
    assert notices(cast, "bram")[-1] == "recalled"


def test_whoever_looks_again_is_not_told_that_nobody_has_room(browse: Browse, cast: Cast) -> None:
    referral = factories.agreed(cast)
    actions.seek_again(referral, by=cast.actor("hilde"))
    db.session.commit()
    referral_id = id_of(referral)
    with clock.at(clock.now() + timedelta(minutes=1)):
        for path in ("/", f"/toeleidingen/{referral_id}"):
            page = browse("hilde").get(path)
            assert page.says("zoekt opnieuw", "Er is nog niemand gevraagd."), path
            assert "Nog niemand heeft pl" not in page.words
        referral = again(Referral, referral_id)
        offer = factories.offer(cast, "stil")
        [ask] = actions.send(referral, [actions.Target(offer.id, offer.organisation_id)], by=cast.actor("hilde"))
        ask.status = AskStatus.EXPIRED
        db.session.commit()
        for path in ("/", f"/toeleidingen/{referral_id}"):
            page = browse("hilde").get(path)
            assert "Nog niemand heeft pl" in page.words, path
            assert "zoekt opnieuw" not in page.words


def test_the_waiting_ask_can_be_asked_again_later(cast: Cast) -> None:
    referral = factories.chosen(cast)
    actions.seek_again(referral, by=cast.actor("hilde"))
    offer = factories.offer(cast, "stil")
    asks = actions.send(referral, [actions.Target(offer.id, offer.organisation_id)], by=cast.actor("hilde"))
    with pytest.raises(NotAllowed):
        answering.accept(asks[0], Welcome("Bo", clock.now() + timedelta(days=3)), by=cast.actor("noor"))


def test_the_page_asks_little(browse: Browse, answered: tuple[uuid.UUID, ...]) -> None:
    from tests.referrals.steps import counted

    hilde = browse("hilde")
    with counted() as asked:
        hilde.get(f"/toeleidingen/{answered[0]}/kiezen")
    assert len(asked) <= 8


def test_choosing_needs_an_answer(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.sent(cast))
    page = browse("hilde").get(f"/toeleidingen/{referral_id}/kiezen")
    assert page.says("Nog niemand heeft geantwoord")
    assert browse("hilde").post(f"/toeleidingen/{referral_id}/kiezen/later").status == 409

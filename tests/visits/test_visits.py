"""A class that comes by: asked in a minute, answered by a link, looked back on in a sentence, and nobody named."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import counted, id_of, notices
from tests.support.browse import Browse, Browser
from tests.visits.makers import group
from webapp.core import clock, links
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.core.history import History
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import message_of
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader
from webapp.policy.rules import NotAllowed
from webapp.referrals.models import Ask, Referral
from webapp.visits import actions, letters, queries
from webapp.visits.actions import Answer
from webapp.visits.codes import VisitMood
from webapp.visits.lifecycle import VISIT, VisitStatus
from webapp.visits.models import Visit

CANARY = "kanariepiet komt mee"


def asked(cast: Cast, place: str = "zilverreiger", **changes: Any) -> Visit:
    """Hilde asks whether her class may come."""
    visit = actions.ask(factories.offer(cast, place), group(**changes), by=cast.actor("hilde"))
    db.session.commit()
    return visit


def again(visit_id: uuid.UUID) -> Visit:
    db.session.rollback()
    db.session.expire_all()
    return queries.visit(visit_id) or pytest.fail("gone")


def agreed(cast: Cast, starts_at: datetime | None = None) -> uuid.UUID:
    """Noor said yes."""
    visit_id = id_of(asked(cast))
    said = Answer(VisitStatus.AGREED, starts_at or clock.now() + timedelta(days=7), "Noor")
    actions.answer(again(visit_id), said, by=cast.actor("noor"))
    db.session.commit()
    return visit_id


def guest_of(browse: Browse, cast: Cast, visit_id: uuid.UUID, who: str = "noor") -> Browser:
    """A browser in which nobody is signed in, that followed the link of the mail."""
    soon = clock.now() + timedelta(days=30)
    token = links.issue(links.Purpose.VISIT, visit_id, expires_at=soon, person_id=cast.people[who])
    db.session.commit()
    guest = browse("guest")
    guest.get(f"/b/{token}")
    return guest


def test_a_class_asks_and_no_question_of_anybody_is_made(browse: Browse, cast: Cast) -> None:
    offer_id = id_of(factories.offer(cast))
    hilde, path = browse("hilde"), f"/aanbod/{offer_id}/bezoek"
    assert path in hilde.get(f"/aanbod/{offer_id}").links()
    day = (clock.today() + timedelta(days=9)).isoformat()
    form = {"size": "up_to_20", "age_band": "12-14", "purpose": "try", "first_day": day, "note": "we komen met de tram"}
    done = hilde.post(path, {**hilde.get(path).form(path), **form})
    assert done.status == 303
    assert hilde.get(done.location).says("10 tot 20 jongeren, 12 tot 14 jaar", "Nog geen antwoord", "Afzeggen")
    assert [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Referral, Ask)] == [0, 0]
    db.session.rollback()
    assert notices(cast, "noor") == ["visit_asked"]
    assert browse("noor").get("/").says("De Lantaarn wil graag langskomen met een groep")
    assert browse("noor").get("/bezoeken").says("De Lantaarn")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"size": ""}, "size"),
        ({"age_band": ""}, "age_band"),
        ({"purpose": "x"}, "purpose"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": "2020-01-01"}, "first_day"),
        ({"other_day": "2090-01-01"}, "other_day"),
        ({"note": "x" * 141}, "note"),
    ],
)
def test_what_is_missing_is_said(browse: Browse, cast: Cast, wrong: dict[str, str], field: str) -> None:
    offer_id = id_of(factories.offer(cast))
    day = (clock.today() + timedelta(days=9)).isoformat()
    right = {"size": "up_to_20", "age_band": "12-14", "purpose": "try", "first_day": day}
    page = browse("hilde").post(f"/aanbod/{offer_id}/bezoek", right | wrong)
    assert page.status == 422
    assert f'id="{field}-error"' in page.text
    assert db.session.scalars(select(Visit)).all() == []


@pytest.mark.parametrize("words", ["bel 0470 99 00 11", "samen met Zohra en haar broer"])
def test_words_that_point_at_somebody_are_shown_once_more(browse: Browse, cast: Cast, words: str) -> None:
    offer_id = id_of(factories.offer(cast))
    day = (clock.today() + timedelta(days=9)).isoformat()
    form = {"size": "up_to_20", "age_band": "12-14", "purpose": "try", "first_day": day, "note": words}
    path = f"/aanbod/{offer_id}/bezoek"
    page = browse("hilde").post(path, form)
    assert page.status == 422
    assert page.says("Een bezoek gaat over een groep")
    assert browse("hilde").post(path, form | {"keep_words": "y"}).status == 303


def test_the_association_answers_by_the_link_without_signing_in(browse: Browse, cast: Cast) -> None:
    visit_id = id_of(asked(cast))
    guest = guest_of(browse, cast, visit_id)
    path = f"/bezoeken/{visit_id}/antwoord"
    page = guest.get(f"/bezoeken/{visit_id}")
    assert page.says("Mag een groep langskomen?", "De Lantaarn")
    day = (clock.today() + timedelta(days=7)).isoformat()
    assert page.form(path)["day"] == day
    assert guest.post(path, {**page.form(path), "answer": "agreed"}).status == 422
    said = {"answer": "agreed", "day": day, "time": "14:00", "welcomer": "Noor"}
    assert guest.post(path, {**page.form(path), **said}).status == 303
    visit = again(visit_id)
    assert visit.status is VisitStatus.AGREED
    assert visit.starts_at == datetime.combine(clock.today() + timedelta(days=7), time(14), clock.BRUSSELS)
    steps = select(History.step, History.actor_id).where(History.thing_id == visit_id).order_by(History.at)
    assert db.session.execute(steps).all() == [("ask", cast.hilde), ("agree", cast.noor)]
    assert notices(cast, "hilde") == ["visit_answered"]
    assert browse("hilde").get(f"/bezoeken/{visit_id}").says("Noor wacht aan de deur")


@pytest.mark.parametrize(
    ("said", "status"),
    [({"answer": "declined"}, "declined"), ({"answer": "idea", "message": "kom liever in de lente"}, "idea")],
)
def test_no_and_another_idea_are_answers_too(browse: Browse, cast: Cast, said: dict[str, str], status: str) -> None:
    visit_id = id_of(asked(cast))
    noor, path = browse("noor"), f"/bezoeken/{visit_id}/antwoord"
    assert noor.post(path, {**noor.get(f"/bezoeken/{visit_id}").form(path), **said}).status == 303
    assert again(visit_id).status.value == status
    assert browse("hilde").get("/").says("heeft een ander idee voor je groep") is (status == "idea")


def test_an_idea_without_words_is_no_idea(cast: Cast) -> None:
    visit = again(id_of(asked(cast)))
    with pytest.raises(Invalid):
        actions.answer(visit, Answer(VisitStatus.IDEA), by=cast.actor("noor"))
    with pytest.raises(Invalid):
        actions.answer(visit, Answer(VisitStatus.AGREED, clock.now() - timedelta(hours=1)), by=cast.actor("noor"))


def test_two_who_answer_at_once(browse: Browse, cast: Cast) -> None:
    visit_id = id_of(asked(cast))
    noor, path = browse("noor"), f"/bezoeken/{visit_id}/antwoord"
    form = noor.get(f"/bezoeken/{visit_id}").form(path)
    actions.call_off(again(visit_id), by=cast.actor("hilde"))
    db.session.commit()
    assert noor.post(path, {**form, "answer": "declined"}).status == 409
    assert again(visit_id).status is VisitStatus.CALLED_OFF


def test_an_empty_seat_has_a_bridge_builder(browse: Browse, cast: Cast) -> None:
    visit_id = id_of(asked(cast, "stil"))
    assert notices(cast, "bo") == ["visit_asked"]
    assert browse("bo").get("/").says("De Lantaarn wil graag langskomen")
    assert browse("bo").get(f"/bezoeken/{visit_id}").says("Wat zeggen jullie?")


def test_whoever_is_first_looks_back(browse: Browse, cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=8)):
        visit_id = agreed(cast)
    path = f"/bezoeken/{visit_id}/terugblik"
    for who in ("hilde", "noor"):
        assert browse(who).get("/").says("Hoe was het bezoek aan Scouts Zilverreiger?")
    hilde = browse("hilde")
    page = hilde.get(f"/bezoeken/{visit_id}")
    assert hilde.post(path, {**page.form(path), "mood": "good", "look_back": "Drie willen terugkomen."}).status == 303
    assert again(visit_id).status is VisitStatus.DONE
    for who in ("hilde", "noor"):
        assert not browse(who).get("/").says("Hoe was het bezoek")
        assert browse(who).get(f"/bezoeken/{visit_id}").says("Drie willen terugkomen.")


def test_nobody_looks_back_on_what_is_to_come(cast: Cast) -> None:
    visit = again(agreed(cast))
    with pytest.raises(Invalid):
        actions.look_back(visit, VisitMood.GOOD, by=cast.actor("hilde"))


# who, and what nobody may read


@pytest.mark.parametrize("who", ["noor", "lena", "tine", "frank", "ada"])
def test_only_guides_ask(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.ask(factories.offer(cast), group(), by=cast.actor(who))


@pytest.mark.parametrize("who", ["pieter", "fatma", "jef", "bram", "tine", "bo", "frank", "ada"])
def test_who_has_no_part_in_it_sees_nothing(browse: Browse, cast: Cast, who: str) -> None:
    visit_id = id_of(asked(cast, note=CANARY))
    visitor = browse(who)
    assert visitor.get(f"/bezoeken/{visit_id}").status == 404
    for path in ("/", "/bezoeken"):
        text = visitor.get(path).text
        assert str(visit_id) not in text
        assert CANARY not in text


def test_a_link_opens_its_own_visit_alone(browse: Browse, cast: Cast) -> None:
    mine, other = id_of(asked(cast)), id_of(asked(cast))
    guest = guest_of(browse, cast, mine)
    assert guest.get(f"/bezoeken/{mine}").status == 200
    assert guest.get(f"/bezoeken/{other}").status in (303, 401)
    stranger = guest_of(browse, cast, mine, "bram")
    assert stranger.get(f"/bezoeken/{mine}").status in (303, 401, 410)
    assert browse("guest").get("/b/bz_nee").status == 404


def test_the_mail_says_nothing_of_the_group(app: Flask, cast: Cast) -> None:
    asked(cast, note=CANARY)
    told = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.VISIT_ASKED)).one()
    with app.test_request_context(base_url="https://brug.test"):
        written = letters.asked(told, Reader(cast.noor, "Noor Vermeulen", "noor@brug.example", "Scouts Zilverreiger"))
        assert written
        text = message_of(written, uuid.uuid4()).as_string()
    assert "/b/bz_" in text
    for secret in (CANARY, "Hilde", "Lantaarn", "12-14", "12 tot 14"):
        assert secret not in text, secret


def test_the_history_holds_codes_alone(cast: Cast) -> None:
    asked(cast, note=CANARY)
    rows = db.session.execute(select(History.__table__).where(History.kind == "visit")).all()
    assert rows
    assert "kanariepiet" not in str(rows)


# in time


def test_days_that_passed_close_quietly_once(cast: Cast) -> None:
    visit_id = id_of(asked(cast))
    with clock.at(clock.now() + timedelta(days=8)):
        actions.close_visits_quietly()
        assert again(visit_id).status is VisitStatus.ASKED
    with clock.at(clock.now() + timedelta(days=10)):
        for _ in range(2):
            actions.close_visits_quietly()
            db.session.commit()
    assert again(visit_id).status is VisitStatus.EXPIRED
    assert notices(cast, "hilde") == ["visit_ended"]


def test_words_go_before_the_visit_does(cast: Cast) -> None:
    visit = asked(cast, note=CANARY)
    visit_id = visit.id
    actions.call_off(visit, by=cast.actor("hilde"))
    db.session.commit()
    with clock.at(clock.now() + timedelta(days=89)):
        actions.forget_visits()
        db.session.commit()
    assert again(visit_id).note == CANARY
    with clock.at(clock.now() + timedelta(days=91)):
        actions.forget_visits()
        db.session.commit()
    assert again(visit_id).note == ""
    with clock.at(clock.now() + timedelta(days=366)):
        actions.forget_visits()
        db.session.commit()
    assert db.session.get(Visit, visit_id) is None


def test_the_list_asks_as_much_for_thirty_as_for_one(browse: Browse, cast: Cast) -> None:
    asked(cast)
    for who in ("hilde", "noor", "bo"):
        visitor = browse(who)
        visitor.get("/bezoeken")
        with counted() as few:
            visitor.get("/bezoeken")
        for _ in range(3):
            asked(cast)
            asked(cast, "stil")
        with counted() as many:
            assert visitor.get("/bezoeken").status == 200
        assert len(many) == len(few)


@pytest.mark.parametrize("status", list(VisitStatus))
@pytest.mark.parametrize("step", ["agree", "decline", "suggest", "ask_again", "call_off", "look_back", "expire"])
def test_a_step_leaves_from_where_the_table_says(step: str, status: VisitStatus) -> None:
    if VISIT.allows(step, status):
        assert VISIT.after(step, status) is VISIT.steps[step].to
        return
    with pytest.raises(StepRefused):
        VISIT.after(step, status)


def test_a_yes_can_become_a_no_and_is_not_said_twice(browse: Browse, cast: Cast) -> None:
    visit_id = agreed(cast)
    noor, path = browse("noor"), f"/bezoeken/{visit_id}/antwoord"
    page = noor.get(f"/bezoeken/{visit_id}")
    assert page.says("Toch anders antwoorden")
    assert 'value="agreed"' not in page.text
    assert noor.post(path, {**page.form(path), "answer": "agreed"}).status == 422
    assert noor.post(path, {**page.form(path), "answer": "declined"}).status == 303
    visit = again(visit_id)
    assert (visit.status, visit.starts_at, visit.welcomer) == (VisitStatus.DECLINED, None, "")

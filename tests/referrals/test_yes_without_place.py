"""Somebody chose an association that said yes, and then there is no place: who says so, and what comes of it."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, by_link, id_of, notices, status_of
from tests.referrals.test_reminding import sweep
from tests.support.browse import Browse
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import StepRefused
from webapp.referrals import answering, reminding, welcome
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import IdeaKind
from webapp.referrals.models import Ask, ContactCard, Referral, Reminder
from webapp.vocabulary.functions import FunctionKind

MONDAY = datetime(2026, 11, 23, 15, tzinfo=clock.BRUSSELS)
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=clock.BRUSSELS)
DAY = date(2027, 1, 4)


@pytest.fixture
def ask(cast: Cast) -> uuid.UUID:
    """Chosen at the music house, where bram said yes; the agreement is there, a plan is not."""
    with clock.at(MONDAY):
        return id_of(factories.ask_of(factories.agreed(cast), cast.halvenoot))


def question(ask_id: uuid.UUID) -> Referral:
    found: Referral = again(Ask, ask_id).referral
    return found


def crew_only(cast: Cast, who: str) -> None:
    """Somebody helps at the door and is contact point no longer; a colleague is."""
    seat = db.session.scalars(
        select(Function).where(Function.person_id == cast.people[who], Function.kind == FunctionKind.CONTACT_POINT)
    ).one()
    seat.kind = FunctionKind.CREW
    db.session.commit()


def test_no_place_after_all_says_what_goes_and_the_search_goes_on(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    referral_id, at = question(ask).id, f"/antwoord/{ask}"
    with clock.at(TUESDAY):
        bram = browse("bram")
        assert f"{at}/nu-niet" in bram.get(f"/toeleidingen/{referral_id}").links()
        sure = bram.get(f"{at}/nu-niet")
        assert sure.says("Toch geen plaats voor", "worden meteen gewist", "Nog niet: we bellen later terug")
        assert status_of(ask) == "chosen", "reading answers nothing"
        assert bram.submit(sure, f"{at}/nu-niet").location == at
        assert bram.get(at).says("Bedankt, dat is duidelijk")
        assert bram.get(f"/toeleidingen/{referral_id}").status == 404
        assert (
            browse("hilde")
            .get(f"/toeleidingen/{referral_id}")
            .says("Muziekhuis Halve Noot heeft toch geen plaats. Bekijk samen wat nu past.", "De plek gaat niet door")
        )
    found = again(Referral, referral_id)
    assert (found.status.value, found.has_agreement, found.chosen_ask_id) == ("seeking", False, None)
    assert db.session.scalar(select(func.count()).select_from(ContactCard)) == 0
    left = select(func.count()).where(Reminder.ask_id == ask, Reminder.kind.in_(reminding.ABOUT_FIRST_TIME))
    assert db.session.scalar(left) == 0
    assert notices(cast, "hilde")[-1] == "answer_changed"
    assert notices(cast, "yara")[-1] == "colleague_answered"
    sweep(date(2026, 12, 7))
    assert notices(cast, "bo") == []


def test_by_the_link_of_the_mail_it_goes_too(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    at = f"/antwoord/{ask}"
    with clock.at(TUESDAY):
        guest = by_link(browse, cast, ask, "bram")
        assert f"{at}/nu-niet" in guest.get(at).links()
        assert guest.submit(guest.get(f"{at}/nu-niet"), f"{at}/nu-niet").status == 303
        assert guest.get(at).says("Bedankt, dat is duidelijk")
    assert status_of(ask) == "declined"


def test_not_yet_becomes_a_day_to_call_back_and_the_agreement_stays(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    referral_id, at = question(ask).id, f"/antwoord/{ask}/wachtlijst"
    with clock.at(TUESDAY):
        bram = browse("bram")
        done = bram.submit(bram.get(at), at, when="other", call_back_on=DAY.isoformat())
        assert done.location == f"/toeleidingen/{referral_id}"
        assert bram.get(done.location).says("staat bij jullie op de lijst", "maandag 4 januari")
        assert browse("hilde").get(done.location).says("staat op de lijst", "heeft nog geen plaats")
    assert question(ask).has_agreement
    sweep(date(2026, 12, 7))
    assert "first_time_open" not in notices(cast, "hilde"), "whoever waits is called back"
    sweep(DAY)
    assert notices(cast, "bram")[-1] == "call_back_due"


def test_a_yes_is_not_said_twice_and_another_idea_comes_too_late(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(TUESDAY):
        bram = browse("bram")
        for step in ("ja", "ander-idee"):
            assert bram.get(f"/antwoord/{ask}/{step}").status == 409
        with pytest.raises(StepRefused):
            answering.accept(again(Ask, ask), Welcome("Bram", moment_note="snel"), by=cast.actor("bram"))
        with pytest.raises(StepRefused):
            answering.suggest(again(Ask, ask), IdeaKind.COME_LOOK, "Kom kijken", by=cast.actor("bram"))
        assert not bram.get(f"/antwoord/{ask}/anders").says("Wat zeg je?")


def test_once_a_first_time_is_planned_people_talk(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(TUESDAY):
        wanted = welcome.Plan("Bram", starts_at=clock.now() + timedelta(days=4), place="Kaai 3", phone="0470 00 00 21")
        welcome.plan(question(ask), wanted, by=cast.actor("bram"))
        db.session.commit()
        with pytest.raises(StepRefused):
            answering.decline(again(Ask, ask), by=cast.actor("bram"))
        db.session.rollback()
        bram = browse("bram")
        for page in (f"/antwoord/{ask}", f"/toeleidingen/{question(ask).id}"):
            assert f"/antwoord/{ask}/nu-niet" not in bram.get(page).links()
    assert question(ask).has_agreement


def test_the_guide_notes_it_and_the_association_hears(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    page, at = f"/toeleidingen/{question(ask).id}", f"/antwoord/{ask}/telefoon"
    with clock.at(TUESDAY):
        hilde = browse("hilde")
        assert at in hilde.get(page).links()
        form = hilde.get(at)
        assert form.says("Nog geen plaats, ze bellen terug", "Toch geen plaats?", "worden meteen gewist")
        assert hilde.submit(form, at, answer="accepted", welcomer="Bram", moment_note="later").status == 422
        assert hilde.submit(form, at, answer="declined").location == page
        assert hilde.get(page).says("heeft aan de telefoon geantwoord", "heeft toch geen plaats")
    assert status_of(ask) == "declined"
    assert notices(cast, "bram")[-1] == "answer_noted"


def test_whoever_welcomes_says_it_without_being_contact_point(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    referral_id, at = question(ask).id, f"/antwoord/{ask}"
    crew_only(cast, "bram")
    with clock.at(TUESDAY):
        bram = browse("bram")
        assert f"{at}/nu-niet" in bram.get(f"/toeleidingen/{referral_id}").links()
        assert bram.submit(bram.get(f"{at}/nu-niet"), f"{at}/nu-niet").location == "/"
        assert bram.get("/").says("Bedankt om het te zeggen.")
        assert bram.get(at).status == 404, "the question is no longer theirs"
    assert status_of(ask) == "declined"
    assert notices(cast, "yara")[-1] == "colleague_answered"


def test_whoever_welcomes_tells_how_a_waiting_list_stands(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(MONDAY):
        answering.put_on_waiting_list(again(Ask, ask), DAY, by=cast.actor("bram"))
        db.session.commit()
    crew_only(cast, "bram")
    with clock.at(datetime(2027, 1, 5, 10, tzinfo=clock.BRUSSELS)):
        bram = browse("bram")
        page = bram.get(f"/toeleidingen/{question(ask).id}")
        assert {f"/antwoord/{ask}/wachtlijst", f"/antwoord/{ask}/nu-niet"} <= page.links()
        assert bram.get(f"/antwoord/{ask}").says("Is er nu plaats voor")
        form = bram.get(f"/antwoord/{ask}/ja")
        done = bram.submit(form, f"/antwoord/{ask}/ja", welcomer="other", other_welcomer="Bram", moment="other",
                           other_moment="zaterdag 16 januari om 14u")  # fmt: skip
        assert done.location == f"/toeleidingen/{question(ask).id}"
    assert again(Ask, ask).call_back_on is None


def test_a_colleague_of_the_crew_who_does_not_welcome_says_nothing(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    crew_only(cast, "yara")
    with clock.at(TUESDAY):
        assert browse("yara").get(f"/antwoord/{ask}/nu-niet").status == 404

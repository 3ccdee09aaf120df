"""Whoever looks after the network gives functions elsewhere only with the people who work there (decision 10)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import factories
from tests.accounts.conftest import WELCOME, path_in, show_second_factor
from tests.factories import CANARY_NAME, CANARY_PHONE
from webapp.accounts import invitations
from webapp.accounts.models import Function, Invitation, Person
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.errors import NotAllowed
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.vocabulary.functions import FunctionKind

SECOND = "tine.thuis@brug.example"
THIRD = "tine.elders@brug.example"


def people(organisation_id):
    return f"/organisaties/{organisation_id}/mensen"


def invite(browser, organisation_id, **changes):
    path = f"{people(organisation_id)}/uitnodigen"
    fields = {"kind": "referral_contact", "name": "Tweede Adres", "email": SECOND, **changes}
    return browser.submit(browser.get(path), path, **fields)


def join(browse, mail):
    """Follow the invitation in a mail; the browser of whoever came in."""
    newcomer = browse("guest")
    page = newcomer.follow(newcomer.get(path_in(mail, "/uitnodiging/")))
    assert newcomer.submit(page, "/uitnodiging").location == WELCOME
    show_second_factor(mail["To"].addresses[0].addr_spec)
    return newcomer


def letter_to(address, mails):
    """The newest mail to somebody."""
    return [one for one in mails if address in str(one["To"])][-1]


def seats(organisation_id):
    found = db.session.scalars(select(Function.id).where(Function.organisation_id == organisation_id)).all()
    db.session.rollback()
    return found


def seat_of(email):
    found = db.session.scalars(select(Function).join(Function.person).where(Person.email == email)).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


def told(kind):
    found = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))
    db.session.rollback()
    return found


def waiting_id():
    found = db.session.scalars(select(Invitation.id)).one()
    db.session.rollback()
    return found


def opens(browser, referral_id):
    page = browser.post(f"/toeleidingen/{referral_id}/contactkaart")
    assert (CANARY_NAME in page.text) == (CANARY_PHONE in page.text)
    return CANARY_NAME in page.text


def empty(browser, organisation_id):
    for seat in seats(organisation_id):
        assert browser.post(f"{people(organisation_id)}/{seat}/nu").status in (303, 404)


class TestWherePeopleWork:
    @pytest.mark.parametrize("who", ["tine", "ada"])
    def test_an_invitation_from_outside_waits_for_a_yes_and_no_mail_goes_out(self, browse, cast, deliver, who):
        page = invite(browse(who), cast.lantaarn)
        assert page.status == 303
        assert {mail["To"].addresses[0].addr_spec for mail in deliver()} == {"lena@brug.example"}
        assert told(NoticeKind.SEAT_ASKED) == {cast.lena}
        assert browse(who).get(people(cast.lantaarn)).says("wacht op een ja")
        assert browse(who).get(f"{people(cast.lantaarn)}/uitnodigen").says("Wie er werkt, beslist")
        assert browse(who).get(f"{people(cast.stil)}/uitnodigen").says("Er werkt nog niemand")
        assert not browse("lena").get(f"{people(cast.lantaarn)}/uitnodigen").says("Wie er werkt, beslist")

    def test_who_invited_cannot_say_yes_and_sending_again_is_no_way_around(self, browse, cast, deliver):
        tine = browse("tine")
        invite(tine, cast.lantaarn)
        path = f"/organisaties/{cast.lantaarn}/uitnodigingen/{waiting_id()}"
        assert tine.post(f"{path}/ja").status == 403
        assert tine.post(f"{path}/opnieuw").status == 409
        assert browse("ada").post(f"{path}/ja").status == 403
        assert SECOND not in {mail["To"].addresses[0].addr_spec for mail in deliver()}

    def test_after_a_yes_it_is_a_seat_like_any_other_and_everybody_hears_who_gave_it(self, browse, cast, deliver):
        referral_id = factories.agreed(cast).id
        db.session.commit()
        invite(browse("tine"), cast.lantaarn)
        deliver()
        lena = browse("lena")
        [yes] = [one for one in lena.get(people(cast.lantaarn)).links() if one.endswith("/ja")]
        assert lena.post(yes).status == 303
        newcomer = join(browse, letter_to(SECOND, deliver()))
        assert opens(newcomer, referral_id)
        deliver()
        assert told(NoticeKind.SEAT_GIVEN) == {cast.hilde, cast.pieter, cast.lena, cast.tine, cast.ada}
        assert lena.get(people(cast.lantaarn)).says("Tweede Adres", "Van buitenaf gegeven door Tine Dhondt")
        assert db.session.scalar(select(func.count()).where(Audit.action == "invitation.ask")) == 1

    def test_after_a_no_nobody_gets_a_mail(self, browse, cast, deliver):
        invite(browse("tine"), cast.lantaarn)
        deliver()
        lena = browse("lena")
        [no] = [one for one in lena.get(people(cast.lantaarn)).links() if one.endswith("/nee")]
        assert lena.post(no).status == 303
        assert deliver() == []
        assert not browse("tine").get(people(cast.lantaarn)).says("Tweede Adres")
        assert lena.post(no).status == 403

    def test_while_nobody_speaks_for_the_house_its_other_people_say_yes(self, browse, cast, deliver):
        invite(browse("tine"), cast.welzijnshuis)
        deliver()
        fatma = browse("fatma")
        [yes] = [one for one in fatma.get(people(cast.welzijnshuis)).links() if one.endswith("/ja")]
        assert fatma.post(yes).status == 303
        assert len(deliver()) == 1

    def test_nobody_says_yes_to_a_function_of_their_own(self, browse, cast):
        invite(browse("tine"), cast.zilverreiger, kind="crew", email="bram@brug.example")
        asked = db.session.scalars(select(Invitation)).one()
        asked.email = "noor@brug.example"
        with pytest.raises(NotAllowed):
            invitations.agree(asked, by=cast.actor("noor"))
        db.session.rollback()

    def test_the_youth_service_is_no_exception(self, browse, cast, deliver):
        invite(browse("tine"), cast.jeugddienst)
        deliver()
        assert told(NoticeKind.SEAT_ASKED) == {cast.bo}
        invite(browse("ada"), cast.jeugddienst, kind="bridge_builder", email=THIRD)
        deliver()
        assert told(NoticeKind.SEAT_ASKED) == {cast.bo}
        assert db.session.scalar(select(func.count()).where(Notice.kind == NoticeKind.SEAT_ASKED)) == 2

    def test_who_looks_after_the_network_hears_of_a_new_administrator(self, browse, cast, deliver):
        invite(browse("tine"), cast.jeugddienst, kind="administrator")
        join(browse, letter_to(SECOND, deliver()))
        deliver()
        assert {cast.tine, cast.ada, cast.bo, cast.frank} == told(NoticeKind.SEAT_GIVEN)


class TestTheAttack:
    """A coordinator with a second and a third address wants to read a contact card of another organisation."""

    def test_by_emptying_the_organisation_and_filling_it_alone(self, browse, cast, deliver):
        referral_id = factories.agreed(cast).id
        db.session.commit()
        tine = browse("tine")
        empty(tine, cast.lantaarn)
        deliver()
        assert told(NoticeKind.OWN_SEAT_ENDED) == {cast.hilde, cast.pieter, cast.lena}
        assert cast.ada in told(NoticeKind.SEAT_ENDED)

        invite(tine, cast.lantaarn)
        second = join(browse, letter_to(SECOND, deliver()))
        page = second.get(f"/toeleidingen/{referral_id}")
        assert page.status == 200
        assert page.says("van buitenaf")
        assert not opens(second, referral_id)

        # a seat given by such a seat reaches no further back
        invite(second, cast.lantaarn, email=THIRD)
        third = join(browse, letter_to(THIRD, deliver()))
        assert not opens(third, referral_id)
        assert seat_of(THIRD).opens_from == seat_of(SECOND).opens_from

    def test_by_two_invitations_while_it_is_empty(self, browse, cast, deliver):
        tine = browse("tine")
        invite(tine, cast.stil, kind="contact_point", email="echt@brug.example", name="Echt Iemand")
        real = letter_to("echt@brug.example", deliver())
        invite(tine, cast.stil, kind="crew")
        second = letter_to(SECOND, deliver())
        join(browse, real)
        deliver()
        late = browse("guest")
        page = late.submit(late.follow(late.get(path_in(second, "/uitnodiging/"))), "/uitnodiging")
        assert page.status == 422
        assert page.says("eerst ja")
        [asked] = told(NoticeKind.SEAT_ASKED)
        assert asked == db.session.scalar(select(Person.id).where(Person.email == "echt@brug.example"))

    def test_by_an_invitation_whose_mail_was_on_its_way_when_somebody_joined(self, browse, cast, deliver):
        invite(browse("tine"), cast.stil, kind="crew")
        newcomer = Person(name="Echt Iemand", email="echt@brug.example")
        db.session.add(newcomer)
        db.session.flush()
        db.session.add(
            Function(
                person_id=newcomer.id,
                organisation_id=cast.stil,
                kind=FunctionKind.CONTACT_POINT,
                begins_on=clock.today(),
            )
        )
        db.session.commit()
        assert deliver() == []

    def test_a_receiver_nobody_knows_any_more_opens_to_no_new_contact_point_from_outside(self, browse, cast, deliver):
        referral = factories.agreed(cast)
        referral.receiver_id = None
        referral_id = referral.id
        db.session.commit()
        tine = browse("tine")
        empty(tine, cast.halvenoot)
        deliver()
        invite(tine, cast.halvenoot, kind="contact_point")
        second = join(browse, letter_to(SECOND, deliver()))
        assert not opens(second, referral_id)


def test_where_nobody_works_a_function_opens_what_is_agreed_from_then_on(browse, cast, deliver):
    tine = browse("tine")
    empty(tine, cast.lantaarn)
    deliver()
    invite(tine, cast.lantaarn)
    second = join(browse, letter_to(SECOND, deliver()))
    invite(second, cast.lantaarn, kind="guide", email="hilde@brug.example", name="Hilde")
    hilde = browse("hilde")  # comes back, by the house itself
    path = path_in(letter_to("hilde@brug.example", deliver()), "/uitnodiging/")
    assert hilde.submit(hilde.follow(hilde.get(path)), "/uitnodiging").location == WELCOME
    with clock.at(clock.now() + timedelta(minutes=1)):
        referral_id = factories.agreed(cast).id
        db.session.commit()
    assert opens(second, referral_id)
    assert second.get(people(cast.lantaarn)).says("Opent contactkaarten")


def test_nothing_about_a_young_person_is_in_these_mails(browse, cast, deliver):
    factories.agreed(cast)
    db.session.commit()
    tine = browse("tine")
    invite(tine, cast.zilverreiger, kind="crew")
    empty(tine, cast.lantaarn)
    mails = deliver()
    assert len(mails) > 4
    for mail in mails:
        assert CANARY_NAME not in mail.as_string()
        assert "Tweede Adres" not in mail.as_string() or SECOND in str(mail["To"])


def test_a_person_of_the_house_needs_nobody(browse, cast, deliver):
    invite(browse("lena"), cast.lantaarn)
    join(browse, letter_to(SECOND, deliver()))
    deliver()
    assert told(NoticeKind.SEAT_GIVEN) == set()
    assert not seat_of(SECOND).from_outside

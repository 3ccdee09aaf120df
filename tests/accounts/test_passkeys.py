"""Passkeys: what they open, and everything that must not pass for one (security.md 2.2)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import factories
from tests.accounts.conftest import ask_for_mail, code_in
from tests.accounts.device import PRESENT, Device
from tests.referrals.steps import id_of
from webapp.accounts import sessions
from webapp.accounts.forgetting import forget_ended_accounts_work
from webapp.accounts.models import Passkey, PasskeyChallenge, Person
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db

ASK_NEW, ADD = "/account/aanmelding/sleutel/vraag", "/account/aanmelding/sleutel"
ASK, USE = "/aanmelden/sleutel/vraag", "/aanmelden/sleutel"
ASK_PROOF, PROVE = "/bewijs/sleutel/vraag", "/bewijs/sleutel"


def by_mail(browse, cast, who):
    """Somebody who came in by mail, without a second factor."""
    browser = browse("guest")
    browser.carry("__Host-session", sessions.start(cast.people[who]))
    db.session.commit()
    return browser


def added(browser, device):
    """Make a passkey on a device and give it to Brug."""
    return browser.post(ADD, {"credential": device.make(browser.post(ASK_NEW).text), "next": ""})


def sign_in(browser, device, **more):
    return browser.post(USE, {"credential": device.sign(browser.post(ASK).text), "next": "", **more})


def refusals():
    refused = select(Audit.action).where(Audit.result == "refused", Audit.reason == "passkey")
    found = db.session.scalars(refused.order_by(Audit.number)).all()
    db.session.rollback()
    return list(found)


@pytest.fixture
def device(browse, cast):
    """A device with a passkey of Hilde."""
    made = Device()
    added(by_mail(browse, cast, "hilde"), made)
    return made


def test_a_passkey_signs_in_and_opens_the_contact_card(browse, cast, device):
    referral_id = id_of(factories.agreed(cast))
    guest = browse("guest")
    page = sign_in(guest, device, next=f"/toeleidingen/{referral_id}")
    assert page.location == f"/toeleidingen/{referral_id}"
    assert guest.get("/account").says("Hilde Maes")
    assert guest.post(f"/toeleidingen/{referral_id}/contactkaart").says(factories.CANARY_NAME)


def test_the_first_passkey_brings_ten_codes_and_ends_other_sessions(browse, cast):
    here, there = by_mail(browse, cast, "hilde"), by_mail(browse, cast, "hilde")
    page = added(here, Device())
    shown = here.follow(page)
    assert shown.text.count("<li>") >= 10
    assert shown.says("tien herstelcodes")
    assert here.get("/account/aanmelding/herstelcodes").status == 303  # this once
    assert there.get("/account").status == 303
    assert here.follow(added(here, Device())).says("Mijn aanmelding")


def test_another_site_another_address_and_nobody_looking_are_refused(browse, cast, device):
    for change in ({"origin": "https://brug.test.evil.example"}, {"host": "evil.example"}, {"flags": PRESENT}):
        bent = Device(**{"key": device.key, "credential_id": device.credential_id, "owner": device.owner, **change})
        guest = browse("guest")
        page = sign_in(guest, bent)
        assert page.location.startswith("/aanmelden")
        assert guest.get("/account").status == 303
        assert guest.follow(page).says("werkte niet")
    assert refusals() == ["sign_in"] * 3


def test_a_key_made_for_another_address_is_not_kept(browse, cast):
    hilde = by_mail(browse, cast, "hilde")
    for bent in (Device(origin="https://evil.example"), Device(host="evil.example"), Device(flags=PRESENT)):
        assert added(hilde, bent).location == "/account/aanmelding"
    assert db.session.scalar(select(func.count()).select_from(Passkey)) == 0


def test_an_answer_works_once(browse, device):
    guest = browse("guest")
    answer = device.sign(guest.post(ASK).text)
    assert guest.post(USE, {"credential": answer, "next": ""}).location == "/"
    guest.post("/afmelden")
    assert guest.post(USE, {"credential": answer, "next": ""}).location.startswith("/aanmelden")
    other = browse("guest")
    other.post(ASK)
    assert other.post(USE, {"credential": answer, "next": ""}).location.startswith("/aanmelden")
    assert other.get("/account").status == 303


def test_a_question_lives_five_minutes_in_the_browser_that_asked(browse, device):
    guest, other = browse("guest"), browse("guest")
    answer = device.sign(guest.post(ASK).text)
    assert other.post(USE, {"credential": answer, "next": ""}).location.startswith("/aanmelden")
    with clock.at(clock.now() + timedelta(minutes=5, seconds=1)):
        assert guest.post(USE, {"credential": answer, "next": ""}).location.startswith("/aanmelden")


def test_a_copied_key_shows_by_its_counter(browse, device):
    assert sign_in(browse("guest"), device).location == "/"
    assert sign_in(browse("guest"), device).location == "/"
    device.count = 0  # a copy, made before
    guest = browse("guest")
    assert sign_in(guest, device).location.startswith("/aanmelden")
    assert guest.get("/account").status == 303
    assert refusals() == ["sign_in"]


def test_somebody_elses_signature_is_not_yours(browse, cast, device):
    thief = Device(credential_id=device.credential_id, owner=device.owner)  # another key under the same name
    assert sign_in(browse("guest"), thief).location.startswith("/aanmelden")
    noor = by_mail(browse, cast, "noor")
    added(noor, Device())
    with clock.at(clock.now() + timedelta(minutes=20)):
        answer = device.sign(noor.post(ASK_PROOF).text)
        assert noor.post(PROVE, {"credential": answer, "next": "/"}).location.startswith("/bewijs")
    assert refusals() == ["sign_in", "proof"]


def test_a_question_for_one_use_serves_no_other(browse, cast, device):
    hilde = by_mail(browse, cast, "hilde")
    answer = device.sign(hilde.post(ASK).text)  # asked to sign in
    assert hilde.post(PROVE, {"credential": answer, "next": "/"}).location.startswith("/bewijs")
    answer = device.sign(hilde.post(ASK_PROOF).text)
    assert hilde.post(USE, {"credential": answer, "next": "/"}).location.startswith("/aanmelden")


@pytest.mark.parametrize("answer", ["", "{}", "nonsense", '{"id": 3}', "[" * 2000])
def test_what_is_no_answer_is_said_kindly(browse, cast, answer):
    guest, hilde = browse("guest"), by_mail(browse, cast, "hilde")
    guest.post(ASK)
    assert guest.follow(guest.post(USE, {"credential": answer, "next": ""})).says("werkte niet")
    hilde.post(ASK_NEW)
    assert hilde.post(ADD, {"credential": answer, "next": ""}).location == "/account/aanmelding"


def test_proof_by_passkey_after_a_while(browse, cast, device):
    referral_id = id_of(factories.agreed(cast))
    hilde = by_mail(browse, cast, "hilde")
    path = f"/toeleidingen/{referral_id}"
    token = hilde.token()
    page = hilde.post(f"{path}/contactkaart", {"csrf_token": token}, headers={"Referer": f"https://brug.test{path}"})
    assert page.location == f"/bewijs?next={path}"
    assert hilde.follow(page).says("Je passkey")
    answer = device.sign(hilde.post(ASK_PROOF).text)
    assert hilde.post(PROVE, {"credential": answer, "next": path}).location == path
    assert hilde.token() != token
    assert hilde.post(f"{path}/contactkaart").says(factories.CANARY_NAME)


def test_a_mail_code_alone_opens_no_card_and_gives_no_seat(browse, cast, deliver):
    referral_id = id_of(factories.agreed(cast))
    deliver()
    hilde = browse("guest")
    ask_for_mail(hilde, "hilde@brug.example")
    code = code_in(deliver()[0])
    hilde.submit(hilde.get("/aanmelden/code"), "/aanmelden/code", code=code)
    page = hilde.post(f"/toeleidingen/{referral_id}/contactkaart")
    assert page.location.startswith("/bewijs")
    chosen = hilde.follow(hilde.follow(page))  # she came by mail a moment ago, so she may choose a second factor
    assert chosen.says("Nog één slot op je deur")
    noor = by_mail(browse, cast, "noor")
    assert noor.get(f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen").location.startswith("/bewijs")


def test_who_has_a_passkey_adds_no_other_with_a_mail_code(browse, cast, device):
    hilde = by_mail(browse, cast, "hilde")
    assert hilde.post(ASK_NEW).location.startswith("/bewijs")
    assert hilde.get("/account/aanmelding/kiezen").location.startswith("/bewijs")
    assert hilde.post("/account/aanmelding/app/beginnen").location.startswith("/bewijs")
    assert hilde.post("/account/aanmelding/herstelcodes").location.startswith("/bewijs")


def test_name_and_remove_ones_own_and_nobody_elses(browse, cast, device):
    hilde, there, noor = browse("hilde"), browse("hilde"), browse("noor")
    [passkey_id] = db.session.scalars(select(Passkey.id)).all()
    path = f"{ADD}/{passkey_id}"
    for page in (noor.get(path), noor.post(f"{path}/naam", {"name": "x"}), noor.post(f"{path}/weg")):
        assert page.status == 404
    page = hilde.submit(hilde.get(path), f"{path}/naam", name="De telefoon")
    assert hilde.follow(page).says("De telefoon")
    assert hilde.submit(hilde.get(path), f"{path}/naam", name=" ").status == 422
    hilde.post(f"{path}/weg")
    assert there.get("/account").status == 303
    assert sign_in(browse("guest"), device).location.startswith("/aanmelden")


def test_ten_passkeys_are_enough(browse, cast):
    hilde = by_mail(browse, cast, "hilde")
    for _ in range(10):
        added(hilde, Device())
    assert hilde.post(ASK_NEW).status == 409


def test_a_deactivated_person_does_not_come_in(browse, cast, device):
    db.session.get_one(Person, cast.hilde).is_active = False
    db.session.commit()
    assert sign_in(browse("guest"), device).location.startswith("/aanmelden")


def test_questions_that_nobody_answered_go(browse, app):
    browse("guest").post(ASK)
    with clock.at(clock.now() + timedelta(minutes=6)):
        forget_ended_accounts_work()
        assert db.session.scalar(select(func.count()).select_from(PasskeyChallenge)) == 0

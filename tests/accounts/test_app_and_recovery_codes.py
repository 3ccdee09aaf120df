"""Codes of an app and recovery codes: each is accepted once (security.md 2.2)."""

import re
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher, Type
from sqlalchemy import func, select

from tests import factories
from tests.accounts.device import Device
from tests.accounts.test_passkeys import added, by_mail
from tests.referrals.steps import id_of
from webapp.accounts import factors, recovery
from webapp.accounts.models import Authenticator, RecoveryCode
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import Base, db

PAGE, BEGIN, REMOVE = "/account/aanmelding/app", "/account/aanmelding/app/beginnen", "/account/aanmelding/app/weg"
CODES = "/account/aanmelding/herstelcodes"


def letters_on(page):
    found = re.search(r"spelled\">([A-Z2-7 ]+)<", page.text)
    assert found, page.words
    return found[1].replace(" ", "")


def code_of(secret, ahead=0):
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=ahead))


def with_app(browse, cast, who="hilde"):
    """Somebody who came in by mail and set up an app: their browser, the secret and the ten codes."""
    browser = by_mail(browse, cast, who)
    page = browser.follow(browser.post(BEGIN))
    secret = letters_on(page)
    shown = browser.follow(browser.submit(page, PAGE, app_code=code_of(secret)))
    return browser, secret, re.findall(r"<li>([A-Z2-9]{5}-[A-Z2-9]{5})</li>", shown.text)


def test_setting_up_shows_a_drawing_and_the_letters_and_ends_with_ten_codes(browse, cast):
    hilde, there = by_mail(browse, cast, "hilde"), by_mail(browse, cast, "hilde")
    page = hilde.follow(hilde.post(BEGIN, {"next": "/rollen"}))
    assert "<svg" in page.text
    secret = letters_on(page)
    assert f"secret={secret}" in page.text
    assert there.get("/account").status == 200
    wrong = hilde.submit(page, PAGE, app_code="000000" if code_of(secret) != "000000" else "111111")
    assert wrong.status == 422
    assert wrong.says("klopt niet")
    for typed, sentence in (("", "Typ de zes cijfers die je app toont."), ("123", "Kijk in je app.")):
        assert hilde.submit(page, PAGE, app_code=typed).says(sentence)
    shown = hilde.follow(hilde.submit(page, PAGE, app_code=code_of(secret)))
    assert shown.says("Je tien herstelcodes")
    assert 'href="/rollen"' in shown.text
    assert there.get("/account").status == 303
    assert hilde.get(PAGE).location == "/account/aanmelding"  # the letters are shown no more
    assert hilde.post(BEGIN).status == 409


def test_the_database_holds_neither_the_secret_nor_the_codes(browse, cast):
    _, secret, codes = with_app(browse, cast)
    rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
    dump = "\n".join(str(tuple(row)) for row in rows)
    assert len(codes) == len(set(codes)) == 10
    for shown in (secret, *codes, *(code.replace("-", "") for code in codes)):
        assert shown not in dump


def test_a_code_of_the_app_opens_the_card_and_works_once(browse, cast):
    referral_id = id_of(factories.agreed(cast))
    path = f"/toeleidingen/{referral_id}/contactkaart"
    _, secret, _ = with_app(browse, cast)
    hilde, copy = by_mail(browse, cast, "hilde"), by_mail(browse, cast, "hilde")
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert hilde.post(path).location.startswith("/bewijs")
        code = code_of(secret)
        page = hilde.submit(hilde.get("/bewijs?next=/rollen"), "/bewijs/app", app_code=code)
        assert page.location == "/rollen"
        assert hilde.post(path).says(factories.CANARY_NAME)
        again = copy.submit(copy.get("/bewijs"), "/bewijs/app", app_code=code)
        assert again.location.startswith("/bewijs")
        assert copy.follow(again).says("klopt niet, of je gebruikte ze al")
        assert copy.post(path).location.startswith("/bewijs")
    refused = db.session.scalars(select(Audit.reason).where(Audit.action == "proof", Audit.result == "refused")).all()
    assert refused == ["app"]


@pytest.mark.parametrize(("ahead", "right"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_clocks_may_differ_by_half_a_minute(browse, cast, ahead, right):
    _, secret, _ = with_app(browse, cast)
    hilde = by_mail(browse, cast, "hilde")
    with clock.at(clock.now() + timedelta(minutes=5)):
        page = hilde.post("/bewijs/app", {"app_code": code_of(secret, ahead), "next": "/rollen"})
        assert (page.location == "/rollen") is right


def test_an_earlier_code_does_not_follow_a_later_one(browse, cast):
    _, secret, _ = with_app(browse, cast)
    hilde = by_mail(browse, cast, "hilde")
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert hilde.post("/bewijs/app", {"app_code": code_of(secret, 30), "next": "/rollen"}).location == "/rollen"
        assert hilde.post("/bewijs/app", {"app_code": code_of(secret), "next": "/rollen"}).location != "/rollen"


def test_ten_tries_a_quarter_whatever_the_factor(browse, cast):
    with_app(browse, cast)
    hilde = by_mail(browse, cast, "hilde")
    token = hilde.token()
    answers = [
        hilde.post(f"/bewijs/{way}", {"csrf_token": token, field: typed, "next": "/"}).status
        for way, field, typed in [("app", "app_code", "000000"), ("herstelcode", "recovery_code", "ABCDE-FGHJK")] * 6
    ]
    assert answers == [303] * 9 + [429] * 3  # setting up was a try too


def test_a_recovery_code_works_once_however_it_is_typed(browse, cast):
    _, _, codes = with_app(browse, cast)
    hilde = by_mail(browse, cast, "hilde")
    typed = f" {codes[3].lower().replace('-', ' ')} "
    page = hilde.submit(hilde.get("/bewijs?next=/rollen"), "/bewijs/herstelcode", recovery_code=typed)
    assert page.location == "/rollen"
    assert hilde.get("/account/aanmelding").says("nog 9 codes")
    again = hilde.post("/bewijs/herstelcode", {"recovery_code": codes[3], "next": "/rollen"})
    assert again.location.startswith("/bewijs")
    shown = hilde.follow(again)
    assert shown.says("Neem de volgende van je lijst.")
    assert re.search(r"<details[^>]* open[^>]*>(?:(?!</details>).)*recovery_code", shown.text, re.S), (
        "the next one fits in"
    )
    assert hilde.post("/bewijs/herstelcode", {"recovery_code": "", "next": ""}).status == 422


def test_somebody_elses_recovery_code_is_none_of_yours(browse, cast):
    _, _, codes = with_app(browse, cast)
    noor = by_mail(browse, cast, "noor")
    added(noor, Device())
    assert noor.post("/bewijs/herstelcode", {"recovery_code": codes[0], "next": "/rollen"}).location.startswith(
        "/bewijs"
    )
    assert factors.codes_left(cast.hilde) == 10


def test_new_codes_end_the_old_ones_and_take_a_second_factor(browse, cast):
    hilde, _, codes = with_app(browse, cast)
    there = by_mail(browse, cast, "hilde")
    shown = hilde.follow(hilde.post(CODES))
    assert there.get("/account").status == 303
    fresh = re.findall(r"<li>([A-Z2-9]{5}-[A-Z2-9]{5})</li>", shown.text)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert hilde.post("/bewijs/herstelcode", {"recovery_code": codes[0], "next": "/rollen"}).location.startswith(
        "/bewijs"
    )
    assert by_mail(browse, cast, "hilde").post(CODES).location.startswith("/bewijs")


def test_without_the_last_factor_the_codes_go_too(browse, cast):
    hilde, _, _ = with_app(browse, cast)
    there = by_mail(browse, cast, "hilde")
    assert hilde.follow(hilde.post(REMOVE)).says("werken niet meer")
    assert there.get("/account").status == 303
    for table in (RecoveryCode, Authenticator):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    db.session.rollback()
    assert hilde.post(REMOVE).status == 409


def test_an_app_that_was_never_confirmed_proves_nothing(browse, cast):
    hilde = by_mail(browse, cast, "hilde")
    secret = letters_on(hilde.follow(hilde.post(BEGIN)))
    page = hilde.post("/bewijs/app", {"app_code": code_of(secret), "next": "/rollen"})
    assert page.location.startswith("/bewijs")


def test_recovery_codes_are_hashed_slowly():
    slow = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    assert recovery.SLOW._parameters == slow._parameters
    assert recovery.SLOW.type is Type.ID


def test_who_lost_everything_begins_anew_from_the_server(app, browse, cast):
    hilde, _, codes = with_app(browse, cast)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["forget-second-factor", "nobody@brug.example"]).exit_code != 0
    assert runner.invoke(args=["forget-second-factor", "Hilde@brug.example"]).exit_code == 0
    assert hilde.get("/account").status == 303
    back = by_mail(browse, cast, "hilde")
    assert back.get("/account/aanmelding/kiezen").status == 200
    assert back.post("/bewijs/herstelcode", {"recovery_code": codes[0], "next": "/rollen"}).location != "/rollen"


def test_ones_own_data_name_what_one_signs_in_with_and_never_a_secret(browse, cast):
    hilde, secret, codes = with_app(browse, cast)
    added(hilde, Device())
    page = hilde.get("/account/gegevens")
    assert page.says("App met codes", "Herstelcodes", "Belofte van discretie", "Een ander toestel")
    assert secret not in page.text
    assert not any(code in page.text for code in codes)

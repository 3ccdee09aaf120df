"""How long a session lasts, and what ends it (security.md 2.1)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.accounts.conftest import ask_for_mail, code_in, path_in
from webapp.accounts import seats, sessions
from webapp.accounts.models import Function, Person, SignInSession
from webapp.core import clock
from webapp.core.db import db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)


def start(browse, who, cast, **how):
    browser = browse("guest")
    token = sessions.start(cast.people[who], **how)
    db.session.commit()
    browser.carry("__Host-session", token)
    return browser


@pytest.mark.parametrize(
    ("who", "shared", "idle"),
    [
        ("hilde", False, 12 * HOUR),
        ("ada", False, 30 * MINUTE),
        ("hilde", True, 15 * MINUTE),
        ("ada", True, 15 * MINUTE),
    ],
)
def test_a_session_ends_when_nobody_taps(browse, cast, who, shared, idle):
    browser = start(browse, who, cast, shared_device=shared)
    begun = clock.now()
    with clock.at(begun + idle - SECOND):
        assert browser.get("/account").status == 200
    with clock.at(begun + idle - SECOND + idle + SECOND):
        assert browser.get("/account").status == 303


@pytest.mark.parametrize(("who", "absolute", "step"), [("hilde", 30 * DAY, 11 * HOUR), ("ada", 12 * HOUR, 29 * MINUTE)])
def test_a_session_ends_however_busy(browse, cast, who, absolute, step):
    browser = start(browse, who, cast)
    begun = clock.now()
    at = begun
    while at + step < begun + absolute:
        at += step
        with clock.at(at):
            assert browser.get("/csrf").status == 200
    with clock.at(begun + absolute - SECOND):
        assert browser.get("/account").status == 200
    with clock.at(begun + absolute + SECOND):
        assert browser.get("/account").status == 303


def test_a_change_notes_that_somebody_is_there(browse, cast):
    browser = start(browse, "hilde", cast)
    token, begun = browser.token(), clock.now()
    with clock.at(begun + 6 * MINUTE):
        assert browser.post("/account", {"name": "Hilde M", "phone": "", "csrf_token": token}).status == 303
    seen = db.session.scalar(select(SignInSession.last_seen_at))
    assert seen - begun >= 5 * MINUTE


def test_proof_is_fresh_for_fifteen_minutes(browse, cast):
    noor = start(browse, "noor", cast, second_factor=True)
    path = f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen"
    begun = clock.now()
    with clock.at(begun + 15 * MINUTE - SECOND):
        assert noor.get(path).status == 200
    with clock.at(begun + 15 * MINUTE + SECOND):
        assert noor.get(path).location.startswith("/bewijs")


def test_a_fresh_code_of_the_mail_renews_the_session_and_leads_to_a_second_factor(browse, cast, deliver):
    noor = browse("guest")
    token = sessions.start(cast.noor)
    db.session.commit()
    noor.carry("__Host-session", token)
    path = f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen"
    with clock.at(clock.now() + 20 * MINUTE):
        form_token = noor.token()
        page = noor.follow(noor.post("/bewijs/code", {"next": path}))
        [mail] = deliver()
        page = noor.submit(page, "/bewijs", code=code_in(mail))
        assert page.location == f"/bewijs?next={path}"
        assert noor.follow(page).location == f"/account/aanmelding/kiezen?next={path}"
        assert noor.get(path).location.startswith("/bewijs")
        assert noor.token() != form_token
        old = browse("guest")
        old.carry("__Host-session", token)
        assert old.get("/account").status == 303


def test_somebody_elses_code_proves_nothing(browse, cast, deliver):
    noor = start(browse, "noor", cast)
    with clock.at(clock.now() + 20 * MINUTE):
        noor.post("/aanmelden", {"email": "hilde@brug.example", "next": ""})
        [mail] = deliver()
        assert noor.post("/bewijs", {"code": code_in(mail), "next": "/"}).location.startswith("/bewijs")
        assert noor.get("/account/aanmelding/kiezen").location.startswith("/bewijs")


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604"


def test_ones_devices_are_told_by_browser_and_system_and_by_nothing_finer(browse, deliver):
    for agent in (FIREFOX, PHONE, "curl/8"):
        somebody = browse("guest")
        somebody.client.environ_base["HTTP_USER_AGENT"] = agent
        ask_for_mail(somebody, "hilde@brug.example")
        somebody.submit(somebody.get("/aanmelden/code"), "/aanmelden/code", code=code_in(deliver()[0]))
    page = somebody.get("/account/aanmelding")
    assert page.says("Firefox op Windows", "Safari op iPhone", "Een ander toestel", "Hier ben je nu")
    kept = db.session.execute(select(SignInSession.browser, SignInSession.system)).all()
    assert {tuple(row) for row in kept} == {("Firefox", "Windows"), ("Safari", "iPhone"), ("", "")}


def test_deactivation_counts_at_the_next_request(browse, cast):
    hilde = browse("hilde")
    assert hilde.get("/account").status == 200
    db.session.execute(update(Person).where(Person.id == cast.hilde).values(is_active=False))
    db.session.commit()
    assert hilde.get("/account").status == 303


def test_who_leaves_on_a_day_signs_in_anew_after_it(browse, cast):
    db.session.execute(update(Function).where(Function.person_id == cast.jef).values(ends_on=clock.today()))
    db.session.commit()
    late = clock.local(clock.now()).replace(hour=23, minute=30)
    with clock.at(late - HOUR):
        jef, noor = browse("jef"), browse("noor")
    with clock.at(late):
        seats.sign_out_who_left()
        db.session.commit()
        assert browse("jef").get("/rollen").status == 200
        evening = browse("jef")
    with clock.at(late + HOUR):
        after = browse("jef")
        seats.sign_out_who_left()
        db.session.commit()
        assert evening.get("/account").status == jef.get("/account").status == 303
        assert after.get("/account").status == noor.get("/csrf").status == 200


def test_a_function_more_ends_the_sessions_from_before(browse, cast, deliver):
    other, hilde, noor = browse("hilde"), browse("hilde"), browse("noor")
    path = f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen"
    noor.submit(noor.get(path), path, kind="crew", name="Hilde", email="hilde@brug.example")
    [mail] = [one for one in deliver() if "hilde@" in str(one["To"])]
    before = hilde.token()
    page = hilde.follow(hilde.get(path_in(mail, "/uitnodiging/")))
    assert hilde.submit(page, "/uitnodiging").status == 303
    assert hilde.get("/account").status == 200
    assert hilde.token() != before
    assert other.get("/account").status == 303
    assert noor.get("/account").status == 200


def test_signing_out_everywhere_counts_at_the_next_request(browse):
    here, there, somebody = browse("hilde"), browse("hilde"), browse("noor")
    page = here.submit(here.get("/account/aanmelding"), "/account/overal-afmelden")
    assert here.follow(page).says("Je bent overal afgemeld.")
    assert page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert there.get("/account").status == 303
    assert here.get("/account").status == 303
    assert somebody.get("/account").status == 200


def test_one_other_browser_can_be_signed_out_but_never_somebody_elses(browse, cast):
    here, there, noor = browse("hilde"), browse("hilde"), browse("noor")
    ids = {
        row.person_id: row.id for row in db.session.scalars(select(SignInSession).order_by(SignInSession.created_at))
    }
    db.session.rollback()
    here.post(f"/account/afmelden/{ids[cast.noor]}")
    assert noor.get("/account").status == 200
    here.post(f"/account/afmelden/{ids[cast.hilde]}")
    assert there.get("/account").status == 303
    assert here.get("/account").status == 200


def test_a_page_whose_session_ended_can_go_on_after_signing_in_again(browse):
    assert browse("guest").get("/csrf").status == 401
    hilde, noor = browse("hilde"), browse("noor")
    answer = hilde.get("/csrf")
    assert answer.status == 200
    assert answer.response.headers["X-Draft-Owner"] in hilde.get("/account").text
    assert answer.response.headers["X-Draft-Owner"] != noor.get("/csrf").response.headers["X-Draft-Owner"]
    token = answer.response.headers["X-CSRFToken"]
    assert hilde.post("/account", {"name": "Hilde Maes", "phone": "", "csrf_token": token}).status == 303


def test_the_own_account_keeps_a_name_and_a_number(browse, cast):
    hilde = browse("hilde")
    page = hilde.submit(hilde.get("/account"), "/account", name="  Hilde \x00\x1b  Maes-Claes ", phone="0470 00 00 99")
    assert page.location == "/account"
    person = db.session.get(Person, cast.hilde, populate_existing=True)
    assert (person.name, person.phone) == ("Hilde Maes-Claes", "0470 00 00 99")
    db.session.rollback()
    page = hilde.submit(hilde.get("/account"), "/account", name="", phone="bel mij")
    assert page.status == 422
    assert page.says("Vul in hoe mensen je noemen", "Schrijf een telefoonnummer met alleen cijfers")
    assert 'value="bel mij"' in page.text
    assert hilde.submit(page, "/account", name="Hilde", phone="12").says("zoals 0470 12 34 56")
    assert hilde.submit(page, "/account", name="Hilde", phone="1" * 41).says("Hou het onder 40 tekens.")

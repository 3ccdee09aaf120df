"""Signing in by code and by link (security.md 2.1 and 2.2)."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text

from tests.accounts.conftest import ask_for_mail, code_in, path_in
from webapp.accounts import mailed_codes
from webapp.accounts.models import LoginCode, Person, SignInSession
from webapp.core import clock, links
from webapp.core.audit import Audit
from webapp.core.db import Base, db
from webapp.core.links import Purpose

HILDE = "hilde@brug.example"


def sign_in(browser, deliver, address=HILDE):
    ask_for_mail(browser, address)
    [mail] = deliver()
    page = browser.submit(browser.get("/aanmelden/code"), "/aanmelden/code", code=code_in(mail))
    assert page.status == 303, page.words
    return page


def session_cookie(page):
    [cookie] = [one for one in page.response.headers.getlist("Set-Cookie") if one.startswith("__Host-session=")]
    return cookie


def test_the_code_of_the_mail_lets_somebody_in_once(browse, deliver):
    guest = browse("guest")
    ask_for_mail(guest, " Hilde@Brug.example ")
    [mail] = deliver()
    assert mail["To"] == "Hilde Maes <hilde@brug.example>"
    form = guest.get("/aanmelden/code")
    assert guest.submit(form, "/aanmelden/code", code=code_in(mail)).location == "/"
    assert guest.get("/account").says("Hilde Maes")

    second = guest.post("/aanmelden/code", {"code": code_in(mail)})
    assert second.status == 410


def test_a_code_with_spaces_is_fine(browse, deliver):
    guest = browse("guest")
    ask_for_mail(guest, HILDE)
    code = code_in(deliver()[0])
    page = guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=f" {code[:3]} {code[3:]} ")
    assert page.status == 303
    assert page.location == "/"


def test_the_session_cookie_is_exactly_this(browse, deliver):
    cookie = session_cookie(sign_in(browse("guest"), deliver))
    value, *rest = cookie.split("; ")
    assert len(value.removeprefix("__Host-session=")) == 43  # 256 bits
    assert sorted(rest)[1:] == ["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Lax", "Secure"]


def test_signing_in_begins_a_new_visit_with_a_new_form_token(browse, deliver):
    guest = browse("guest")
    before = guest.token()
    sign_in(guest, deliver)
    after = guest.token()
    assert before != after
    assert guest.post("/account", {"name": "Hilde", "phone": "", "csrf_token": before}).status == 400


def test_signing_in_again_ends_the_earlier_session_of_this_browser(browse, deliver):
    guest = browse("guest")
    old = session_cookie(sign_in(guest, deliver)).split(";")[0].split("=")[1]
    page = guest.get("/aanmelden")
    assert page.status == 303  # already in
    link = links.issue(
        Purpose.SIGN_IN,
        uuid.uuid4(),
        expires_at=clock.now() + timedelta(minutes=5),
        person_id=db.session.scalar(select(Person.id).where(Person.email == HILDE)),
    )
    db.session.commit()
    guest.follow(guest.get(f"/aanmelden/{link}"))
    assert guest.submit(guest.get("/aanmelden/link"), "/aanmelden/link").status == 303
    copied = browse("guest")
    copied.carry("__Host-session", old)
    assert copied.get("/account").location.startswith("/aanmelden")


def test_a_cookie_that_was_copied_before_signing_out_is_worthless_after(browse, deliver):
    guest = browse("guest")
    value = session_cookie(sign_in(guest, deliver)).split(";")[0].split("=")[1]
    thief = browse("guest")
    thief.carry("__Host-session", value)
    assert thief.get("/account").status == 200

    out = guest.post("/afmelden")
    assert guest.follow(out).says("Je bent afgemeld.")
    assert out.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert any("__Host-session=;" in one for one in out.response.headers.getlist("Set-Cookie"))
    assert thief.get("/account").location.startswith("/aanmelden")
    assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 0


def test_nobody_signs_out_by_a_link(browse):
    hilde = browse("hilde")
    assert hilde.get("/afmelden").status == 405
    assert hilde.get("/account").status == 200


def test_a_dump_of_the_database_opens_nothing(browse, deliver):
    guest = browse("guest")
    ask_for_mail(guest, HILDE)
    [mail] = deliver()
    code, token = code_in(mail), path_in(mail, "/aanmelden/").rsplit("/", 1)[1]
    page = guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=code)
    cookie = session_cookie(page).split(";")[0].split("=")[1]
    dump = "\n".join(
        str(tuple(row)) for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())
    )
    assert len(dump) > 1000
    for secret in (code, token, cookie):
        assert secret not in dump
    hashes = db.session.scalars(text("SELECT token_hash FROM sign_in_session")).all()
    db.session.rollback()
    for token_hash in hashes:
        copied = browse("guest")
        copied.carry("__Host-session", token_hash)
        assert copied.get("/account").status == 303


def test_five_wrong_codes_and_it_is_over(browse, deliver):
    guest = browse("guest")
    ask_for_mail(guest, HILDE)
    right = code_in(deliver()[0])
    wrong = "000000" if right != "000000" else "111111"
    for left in (4, 3, 2, 1):
        page = guest.follow(guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=wrong))
        assert page.says(f"nog {left} keer"), page.words
    page = guest.follow(guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=wrong))
    assert page.status == 410
    assert page.says("Vraag een nieuwe mail")
    assert guest.post("/aanmelden/code", {"code": right}).status == 410
    refused = db.session.scalars(select(Audit).where(Audit.action == "sign_in", Audit.result == "refused")).all()
    assert len(refused) == 5


def test_four_wrong_codes_and_then_the_right_one(browse, deliver):
    guest = browse("guest")
    ask_for_mail(guest, HILDE)
    right = code_in(deliver()[0])
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(4):
        guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=wrong)
    assert guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=right).location == "/"


@pytest.mark.parametrize(("minutes", "location"), [(9.9, "/"), (10.1, None)])
def test_a_code_works_for_ten_minutes(browse, deliver, minutes, location):
    guest = browse("guest")
    ask_for_mail(guest, HILDE)
    code = code_in(deliver()[0])
    form = guest.get("/aanmelden/code")
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        page = guest.submit(form, "/aanmelden/code", code=code)
    assert (page.location or None) == location
    assert page.status == (303 if location else 410)


def test_a_code_works_only_in_the_browser_that_asked(browse, deliver):
    ask_for_mail(browse("guest"), HILDE)
    code = code_in(deliver()[0])
    other = browse("guest")
    assert other.get("/aanmelden/code").status == 410
    ask_for_mail(other, "nobody@brug.example")
    page = other.submit(other.get("/aanmelden/code"), "/aanmelden/code", code=code)
    assert page.location == "/aanmelden/code"
    assert other.get("/account").status == 303


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_said_kindly_and_costs_no_try(browse, deliver, typed):
    guest = browse("guest")
    ask_for_mail(guest, HILDE)
    deliver()
    page = guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=typed)
    assert page.status == 422
    assert page.says("zes cijfers")
    assert db.session.scalar(select(LoginCode.tries)) == 0


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Typ je e-mailadres"),
        ("noor", "@ in het midden"),
        ("noor@zilverreiger", ".be op het einde"),
        ("noor@brug.example\r\nBcc: x@brug.example", "geen spaties"),
        ("noor @brug.example", "geen spaties"),
        ("noor@brug.example;", "klopt nog iets niet"),
        ("noor@@brug.example", "klopt nog iets niet"),
        ("@brug.example", "klopt nog iets niet"),
    ],
)
def test_what_is_no_address_says_what_to_mend(browse, typed, says):
    guest = browse("guest")
    page = guest.submit(guest.get("/aanmelden"), "/aanmelden", email=typed)
    assert page.status == 422
    assert page.says(says)
    assert typed.split("\r")[0] in page.text


def test_known_unknown_invited_and_inactive_addresses_look_the_same(browse, deliver, app, cast):
    """Both the answer and the work behind it: docs/security.md says how long each takes."""
    noor, path = browse("noor"), f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen"
    noor.submit(noor.get(path), path, kind="crew", name="Nieuw Gezicht", email="new@brug.example")
    deliver()
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement.split()[0:3])

    seen = []
    for address in (HILDE, "nobody@brug.example", "gone@brug.example", "new@brug.example"):
        guest = browse("guest")
        form = guest.get("/aanmelden")
        statements.clear()
        event.listen(db.engine, "before_cursor_execute", note)
        page = guest.submit(form, "/aanmelden", email=address)
        event.remove(db.engine, "before_cursor_execute", note)
        after = guest.follow(page)
        token = re.search(r'name="csrf-token" content="([^"]+)"', after.text)
        assert token
        body = after.text.replace(token[1], "")
        headers = sorted(name for name, _ in page.response.headers)
        seen.append((page.status, page.location, headers, len(body), after.words, [*statements]))
    assert len(seen[0][-1]) > 3
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert [mail["To"] for mail in deliver()] == ["Hilde Maes <hilde@brug.example>"]


def test_scanners_follow_the_link_ten_times_and_then_the_person_comes_in(browse, deliver, app):
    ask_for_mail(browse("guest"), HILDE)
    path = path_in(deliver()[0], "/aanmelden/")
    scanner = browse("guest")
    for _ in range(10):
        assert scanner.get(path).location == "/aanmelden/link"
        assert scanner.client.head(path, base_url="https://brug.test").status_code == 303
        assert scanner.get("/aanmelden/link").status == 200

    person = browse("guest")  # another device than the one that asked
    page = person.follow(person.get(path))
    assert page.says("Dag Hilde")
    assert "in_" not in page.text
    assert person.submit(page, "/aanmelden/link").location == "/"
    assert person.get("/account").says("Hilde Maes")

    late = browse("guest")
    page = late.follow(late.get(path))
    assert page.status == 410
    assert page.says("Deze link werkt niet meer", "Vraag een nieuwe mail")


def test_the_code_ends_when_the_link_is_used(browse, deliver):
    asker, phone = browse("guest"), browse("guest")
    ask_for_mail(asker, HILDE)
    [mail] = deliver()
    form = asker.get("/aanmelden/code")
    phone.get(path_in(mail, "/aanmelden/"))
    phone.submit(phone.get("/aanmelden/link"), "/aanmelden/link")
    assert asker.submit(form, "/aanmelden/code", code=code_in(mail)).status == 410


def test_an_unknown_link_says_what_to_do_now(browse):
    page = browse("guest").get("/aanmelden/in_" + "x" * 43)
    assert page.status == 404
    assert page.says("Vraag een nieuwe mail")


def test_somebody_who_was_deactivated_meanwhile_does_not_come_in(browse, deliver, cast):
    guest = browse("guest")
    ask_for_mail(guest, HILDE)
    path = path_in(deliver()[0], "/aanmelden/")
    page = guest.follow(guest.get(path))
    db.session.get(Person, cast.hilde).is_active = False
    db.session.commit()
    refused = guest.submit(page, "/aanmelden/link")
    assert refused.status == 303
    assert guest.follow(refused).status == 410
    rows = db.session.execute(select(Audit.result, Audit.reason, Audit.thing_id).where(Audit.action == "sign_in")).all()
    assert [tuple(row) for row in rows] == [("refused", "link", cast.hilde)]
    assert guest.get("/account").status == 303


def test_after_signing_in_you_are_where_you_wanted_to_be(browse, deliver):
    guest = browse("guest")
    page = guest.follow(guest.get("/rollen"))
    guest.submit(page, "/aanmelden", email=HILDE)
    code = code_in(deliver()[0])
    assert guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=code).location == "/rollen"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\nb"])
def test_a_next_page_elsewhere_becomes_the_first_page(browse, deliver, target):
    guest = browse("guest")
    guest.submit(guest.get("/aanmelden"), "/aanmelden", email=HILDE, next=target)
    code = code_in(deliver()[0])
    assert guest.submit(guest.get("/aanmelden/code"), "/aanmelden/code", code=code).location == "/"


def test_a_mail_that_comes_too_late_is_not_sent(browse, deliver):
    ask_for_mail(browse("guest"), HILDE)
    with clock.at(clock.now() + mailed_codes.CODE_LIFE):
        assert deliver() == []

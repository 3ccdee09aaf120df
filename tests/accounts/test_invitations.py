"""Personal invitations: to one address, for one function, once, within two weeks (security.md 2.2)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.accounts.conftest import WELCOME, path_in
from tests.support.mails import text_of
from webapp.accounts.models import Function, Invitation, Person
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.policy import roles
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind

NEW = "mila@brug.example"


def invite(browser, organisation_id, **changes):
    path = f"/organisaties/{organisation_id}/mensen/uitnodigen"
    fields = {"kind": "crew", "name": "Mila Jacobs", "email": NEW, **changes}
    return browser.submit(browser.get(path), path, **fields)


def seats_of(email):
    rows = db.session.execute(
        select(Function.organisation_id, Function.kind).join(Function.person).where(Person.email == email)
    ).all()
    db.session.rollback()
    return {tuple(row) for row in rows}


@pytest.fixture
def link(browse, cast, deliver):
    """Mila was invited as crew of the scouts; the path in her mail."""
    assert invite(browse("noor"), cast.zilverreiger).status == 303
    [mail] = deliver()
    assert mail["To"] == "Mila Jacobs <mila@brug.example>"
    assert "Noor Vermeulen" in text_of(mail)
    return path_in(mail, "/uitnodiging/")


def test_who_is_invited_reads_what_it_means_and_joins_with_one_button(browse, cast, link):
    mila = browse("guest")
    page = mila.follow(mila.get(link))
    assert page.says("Doe je mee, Mila?", "Scouts Zilverreiger", "Noor Vermeulen", NEW)
    assert mila.submit(page, "/uitnodiging").location == WELCOME
    assert mila.get("/account").says("Mila Jacobs")
    assert seats_of(NEW) == {(cast.zilverreiger, FunctionKind.CREW)}
    assert db.session.scalar(select(func.count()).select_from(Audit).where(Audit.action == "seat.begin")) == 1


def test_what_is_missing_is_said_about_who_is_invited(browse, cast):
    page = invite(browse("noor"), cast.zilverreiger, name="", email="")
    assert page.status == 422
    assert page.says("Vul in wie je uitnodigt.", "Typ het e-mailadres van die persoon")
    assert not page.says("Typ je e-mailadres")


def test_scanners_use_nothing_up_and_a_second_time_says_why_not(browse, link):
    scanner = browse("guest")
    for _ in range(10):
        scanner.follow(scanner.get(link))
        scanner.client.head(link, base_url="https://brug.test")
    mila = browse("guest")
    page = mila.follow(mila.get(link))
    assert mila.submit(page, "/uitnodiging").location == WELCOME
    again = browse("guest")
    page = again.follow(again.get(link))
    assert page.status == 410
    assert page.says("Je hebt deze uitnodiging al aangenomen")
    assert again.post("/uitnodiging").status == 410


@pytest.mark.parametrize(
    ("after", "status"), [(timedelta(days=14, seconds=-5), 200), (timedelta(days=14, seconds=5), 410)]
)
def test_an_invitation_works_for_two_weeks(browse, link, after, status):
    mila = browse("guest")
    with clock.at(clock.now() + after):
        page = mila.follow(mila.get(link))
        assert page.status == status
        assert page.says("Doe je mee" if status == 200 else "Vraag een nieuwe")


def test_what_was_taken_back_no_longer_works(browse, cast, link):
    noor, mila = browse("noor"), browse("guest")
    page = mila.follow(mila.get(link))
    [back] = [
        one for one in noor.get(f"/organisaties/{cast.zilverreiger}/mensen").links() if one.endswith("/intrekken")
    ]
    assert noor.post(back).status == 303
    assert mila.submit(page, "/uitnodiging").status == 410
    assert mila.get("/uitnodiging").says("heeft deze uitnodiging ingetrokken")
    assert seats_of(NEW) == set()
    assert noor.post(back).status == 409


def test_a_second_mail_ends_the_first_link(browse, cast, deliver, link):
    noor = browse("noor")
    [again] = [one for one in noor.get(f"/organisaties/{cast.zilverreiger}/mensen").links() if one.endswith("/opnieuw")]
    noor.post(again)
    [mail] = deliver()
    old, new = browse("guest"), browse("guest")
    assert old.follow(old.get(link)).status == 410
    assert new.follow(new.get(path_in(mail, "/uitnodiging/"))).status == 200


def test_somebody_else_who_is_signed_in_cannot_take_it(browse, link, cast):
    bram = browse("bram")
    page = bram.follow(bram.get(link))
    refused = bram.submit(page, "/uitnodiging")
    assert refused.status == 422
    assert refused.says("voor een ander adres")
    assert seats_of(NEW) == set()
    assert seats_of("bram@brug.example") == {(cast.halvenoot, FunctionKind.CONTACT_POINT)}


def test_who_has_an_account_already_gets_one_more_function(browse, cast, deliver):
    invite(browse("noor"), cast.zilverreiger, email="hilde@brug.example", name="Hilde")
    [mail] = deliver()
    path = path_in(mail, "/uitnodiging/")
    stranger = browse("guest")  # who found a mail of last week must not be Hilde
    refused = stranger.submit(stranger.follow(stranger.get(path)), "/uitnodiging")
    assert refused.status == 422
    assert refused.says("Meld je eerst aan")
    assert stranger.get("/account").status == 303
    assert seats_of("hilde@brug.example") == {(cast.lantaarn, FunctionKind.GUIDE)}
    hilde = browse("hilde")
    page = hilde.follow(hilde.get(path))
    assert hilde.submit(page, "/uitnodiging").location == WELCOME
    assert seats_of("hilde@brug.example") == {
        (cast.lantaarn, FunctionKind.GUIDE),
        (cast.zilverreiger, FunctionKind.CREW),
    }
    assert hilde.get("/account").says("Hilde Maes")


def test_a_closed_account_does_not_open_by_an_invitation(browse, cast, deliver):
    invite(browse("noor"), cast.zilverreiger, email="gone@brug.example")
    [mail] = deliver()
    gone = browse("guest")
    page = gone.submit(gone.follow(gone.get(path_in(mail, "/uitnodiging/"))), "/uitnodiging")
    assert page.status == 422
    assert page.says("Bel de beheerder")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Vul in wie je uitnodigt"),
        ({"kind": None}, "Kies een functie"),
        ({"email": "mila@brug"}, ".be op het einde"),
        ({"email": "noor@brug.example"}, "Dit is je eigen adres"),
        ({"email": "jef@brug.example"}, "heeft die functie hier al"),
        ({"ends_on": "2020-01-01"}, "De laatste dag is vandaag of later"),
    ],
)
def test_what_cannot_be_is_said_and_keeps_what_was_typed(browse, cast, changes, says):
    page = invite(browse("noor"), cast.zilverreiger, **changes)
    assert page.status == 422
    assert page.says(says), page.words
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0
    if "name" not in changes:
        assert 'value="Mila Jacobs"' in page.text


def test_nobody_is_invited_twice(browse, cast):
    noor = browse("noor")
    invite(noor, cast.zilverreiger)
    page = invite(noor, cast.zilverreiger)
    assert page.status == 422
    assert page.says("al uitgenodigd")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("noor", 200),
        ("tine", 200),
        ("ada", 200),
        ("jef", 403),
        ("bram", 403),
        ("hilde", 403),
        ("moved", 404),
        ("guest", 303),
    ],
)
def test_who_may_invite(browse, cast, who, status):
    assert browse(who).get(f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen").status == status


def test_a_function_that_does_not_exist_there_cannot_be_given(browse, cast):
    page = invite(browse("noor"), cast.zilverreiger, kind="administrator")
    assert page.status == 422
    assert browse("noor").get(f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen").text.count('name="kind"') == 2


def test_only_who_looks_after_the_network_gives_functions_that_reach_it(cast):
    noor, tine, lena = cast.actor("noor"), cast.actor("tine"), cast.actor("lena")
    service = OrganisationKind.YOUTH_SERVICE
    assert set(roles.givable(tine, service)) == set(roles.functions_of(service))
    for somebody in (noor, lena):
        assert not set(roles.givable(somebody, service)) & set(roles.NETWORK_FUNCTIONS)


def test_a_header_cannot_be_smuggled_into_the_mail(browse, cast, deliver):
    name = "Mila\r\nBcc: spy@brug.example\r\n\r\nhello"
    assert invite(browse("noor"), cast.zilverreiger, name=name).status == 303
    [mail] = deliver()
    assert mail["Bcc"] is None
    assert str(mail["To"]) == '"Mila Bcc: spy@brug.example hello" <mila@brug.example>'

"""How often somebody may try (security.md 2.2), counted together by every process."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests import factories
from tests.accounts.conftest import ask_for_mail, path_in
from tests.conftest import BASE_URL
from tests.referrals.steps import id_of
from tests.support.browse import Browser
from tests.support.mails import text_of
from webapp import create_app
from webapp.core import clock
from webapp.core.db import db
from webapp.notifications import actions
from webapp.web.attempts import Attempts
from webapp.web.dates import clock_time
from webapp.web.i18n import in_language

HILDE = "hilde@brug.example"


def test_five_mails_an_hour_to_one_address_whoever_asks(browse):
    begun = clock.now()
    for _ in range(5):
        assert ask_for_mail(browse("guest"), HILDE).status == 303
    page = ask_for_mail(browse("guest"), " HILDE@brug.example")
    assert page.status == 429
    assert 3500 <= int(page.response.headers["Retry-After"]) <= 3601
    assert page.says("Even wat trager")
    (told,) = re.findall(r"Vanaf (\d+(?:\.\d\d)? uur) lukt het weer\.", page.text)
    hour = begun + timedelta(hours=1)
    with in_language("nl"):
        assert told in {clock_time(hour + timedelta(minutes=more)) for more in (0, 1, 2)}
    assert ask_for_mail(browse("guest"), "bram@brug.example").status == 303
    with clock.at(begun + timedelta(hours=1, seconds=10)):
        assert ask_for_mail(browse("guest"), HILDE).status == 303


def test_to_see_the_form_in_the_other_language_first_costs_no_mail(browse):
    guest = browse("guest")
    for _ in range(6):
        assert guest.post("/aanmelden?taal=en", {"email": HILDE}).status == 200
    assert ask_for_mail(guest, HILDE).status == 303


def test_the_limit_is_the_same_for_an_address_nobody_has(browse):
    answers = []
    for address in (HILDE, "nobody@brug.example"):
        answers.append([ask_for_mail(browse("guest"), address).status for _ in range(6)])
    assert answers[0] == answers[1] == [303] * 5 + [429]


def test_thirty_tries_a_quarter_from_one_place(browse):
    for number in range(30):
        assert ask_for_mail(browse("guest"), f"nobody{number}@brug.example").status == 303
    assert ask_for_mail(browse("guest"), "nobody30@brug.example").status == 429


def test_a_household_with_ipv6_counts_as_one(browse):
    def ask(number):
        guest = browse("guest")
        guest.client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{number + 1:x}"
        return ask_for_mail(guest, f"nobody{number}@brug.example").status

    assert [ask(number) for number in range(31)] == [303] * 30 + [429]
    neighbour = browse("guest")
    neighbour.client.environ_base["REMOTE_ADDR"] = "2001:db8:1:3::1"
    assert ask_for_mail(neighbour, "somebody@brug.example").status == 303


def test_a_forged_address_in_a_header_counts_for_nothing(browse):
    statuses = []
    for number in range(31):
        guest = browse("guest")
        form = guest.get("/aanmelden").form("/aanmelden")
        page = guest.post(
            "/aanmelden",
            {**form, "email": f"nobody{number}@brug.example"},
            headers={"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"},
        )
        statuses.append(page.status)
    assert statuses == [303] * 30 + [429]


def test_behind_a_proxy_the_address_that_the_proxy_saw_counts(app, settings):
    """What somebody wrote into the header before it came to the proxy is theirs, and worth nothing."""
    behind = create_app(replace(settings, proxies=1))
    with behind.app_context():

        def ask(number, seen):
            guest = Browser(behind, BASE_URL)
            headers = {"X-Forwarded-For": f"198.51.100.{number}, {seen}", "X-Forwarded-Proto": "https"}
            form = guest.get("/aanmelden").form("/aanmelden")
            return guest.post("/aanmelden", {**form, "email": f"nobody{number}@brug.example"}, headers=headers).status

        assert [ask(number, "203.0.113.5") for number in range(31)] == [303] * 30 + [429]
        assert ask(31, "203.0.113.6") == 303
        db.engine.dispose()


def test_twenty_wrong_links_an_hour_and_good_ones_cost_nothing(browse, deliver):
    ask_for_mail(browse("guest"), HILDE)
    guest = browse("guest")
    for number in range(20):
        assert guest.get(f"/uitnodiging/uit_{number:043d}").status == 404
    page = guest.get("/aanmelden/in_" + "x" * 43)
    assert page.status == 429
    assert int(page.response.headers["Retry-After"]) > 3000


def test_a_person_changes_something_at_most_120_times_a_minute(browse):
    hilde, noor = browse("hilde"), browse("noor")
    token = hilde.token()
    for _ in range(120):
        assert hilde.post("/meldingen/gelezen", {"csrf_token": token}).status == 303
    assert hilde.post("/meldingen/gelezen", {"csrf_token": token}).status == 429
    assert noor.post("/meldingen/gelezen").status == 303
    with clock.at(clock.now() + timedelta(minutes=1, seconds=1)):
        assert hilde.post("/meldingen/gelezen", {"csrf_token": token}).status == 303


@pytest.fixture
def second(app: Flask, settings) -> Flask:
    """Another process on the same database."""
    other = create_app(replace(settings))
    yield other
    with other.app_context():
        db.engine.dispose()


def test_two_processes_count_together(browse, second):
    for _ in range(3):
        assert ask_for_mail(browse("guest"), HILDE).status == 303
    with second.app_context():
        for _ in range(2):
            assert ask_for_mail(Browser(second, BASE_URL), HILDE).status == 303
        assert ask_for_mail(Browser(second, BASE_URL), HILDE).status == 429
    assert ask_for_mail(browse("guest"), HILDE).status == 429


def test_the_table_holds_no_address(browse):
    ask_for_mail(browse("guest"), HILDE)
    rows = db.session.scalars(select(Attempts)).all()
    assert rows
    for row in rows:
        assert len(row.key_hash) == 64
        assert "brug.example" not in row.key_hash


@pytest.mark.parametrize("spelled", ["Hilde@BRUG.example", "hilde@ｂrug.example", " hilde@brug.example "])
def test_another_spelling_is_the_same_mailbox(browse, spelled):
    for _ in range(5):
        assert ask_for_mail(browse("guest"), HILDE).status == 303
    assert ask_for_mail(browse("guest"), spelled).status == 429


def test_the_limit_on_proof_mails_counts_the_person_whatever_the_form_says(browse):
    hilde = browse("hilde")
    token = hilde.token()
    statuses = [
        hilde.post("/bewijs/code", {"csrf_token": token, "email": f"nobody{number}@brug.example"}).status
        for number in range(6)
    ]
    assert statuses == [400] * 5 + [429]


def test_thirty_looks_at_contact_cards_an_hour(browse, cast):
    referral_id = id_of(factories.agreed(cast))
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/contactkaart"
    token = hilde.token()
    for _ in range(30):
        assert hilde.post(path, {"csrf_token": token}).status == 200
    stopped = hilde.post(path, {"csrf_token": token})
    assert stopped.status == 429
    assert factories.CANARY_NAME not in stopped.text
    assert browse("bram").post(path).status == 200


def test_thirty_searches_a_minute_and_filters_cost_nothing(browse):
    hilde = browse("hilde")
    assert [hilde.get(f"/aanbod?q=dans{number}").status for number in range(30)] == [200] * 30
    stopped = hilde.get("/organisaties?q=dans&area=Centrum")
    assert stopped.status == 429
    assert 'href="/organisaties?q=dans&amp;area=Centrum"' in stopped.text, "the same once more"
    assert hilde.get("/leren?q=dans").status == 200  # it looks while one types, and has a limit of its own
    assert hilde.get("/aanbod?day=sat").status == 200
    assert browse("noor").get("/aanbod?q=dans").status == 200


def test_five_lists_an_hour_as_a_file(browse):
    hilde = browse("hilde")
    assert [hilde.get("/aanbod/bestand").status for _ in range(6)] == [200] * 5 + [429]


def test_five_answers_an_hour_by_the_link_of_one_question(browse, cast, deliver):
    factories.sent(cast, ["zilverreiger"])
    [mail] = [one for one in deliver() if "noor@" in str(one["To"])]
    guest = browse("guest")
    page = guest.follow(guest.get(path_in(mail, "/v/")))
    path = page.response.request.path
    mistyped = [guest.post(f"{path}/wachtlijst", {"version": "1"}).status for _ in range(7)]
    assert set(mistyped) == {422}
    turned = [guest.post(f"{path}/wachtlijst?taal=en", {"version": "1"}).status for _ in range(7)]
    assert set(turned) == {200}
    for _ in range(5):
        again = guest.get(f"{path}/anders")
        assert guest.submit(again, f"{path}/nu-niet").status == 303
    assert guest.submit(guest.get(f"{path}/anders"), f"{path}/nu-niet").status == 429
    noor = browse("noor")
    assert noor.submit(noor.get(f"{path}/anders"), f"{path}/nu-niet").status == 303


def test_twenty_looks_a_day_are_told_once_to_who_looks_after_the_network(browse, cast, deliver):
    referral_id = id_of(factories.agreed(cast))
    deliver()
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/contactkaart"
    for _ in range(19):
        hilde.post(path)
    assert deliver() == []
    hilde.post(path)
    told = deliver()
    assert {mail["To"].addresses[0].addr_spec for mail in told} == {"tine@brug.example", "ada@brug.example"}
    assert not any(factories.CANARY_NAME in text_of(mail) or "Hilde" in text_of(mail) for mail in told)
    assert browse("tine").get("/meldingen").says("twintig contactkaarten")
    hilde.post(path)
    assert deliver() == []


def counted_changes() -> int:
    db.session.rollback()
    return sum(db.session.scalars(select(Attempts.amount)))


@pytest.fixture
def commits(app: Flask) -> Iterator[list[str]]:
    """The transactions that are brought to an end."""
    seen: list[str] = []

    def note(_connection: object) -> None:
        seen.append("commit")

    event.listen(db.engine, "commit", note)
    yield seen
    event.remove(db.engine, "commit", note)


def test_a_change_is_counted_in_its_own_commit(browse, commits):
    hilde = browse("hilde")
    token = hilde.token()
    before = counted_changes()
    commits.clear()
    assert hilde.post("/meldingen/gelezen", {"csrf_token": token}).status == 303
    assert commits == ["commit"]
    assert counted_changes() == before + 1


def test_what_is_refused_counts_as_well(browse, cast, commits):
    hilde = browse("hilde")
    referral = factories.draft(cast)
    db.session.commit()
    path, token = f"/toeleidingen/{referral.id}/match", hilde.token()
    before = counted_changes()
    commits.clear()
    assert hilde.post(path, {"csrf_token": token, "then": "ask"}).status == 422
    assert commits == ["commit"]
    assert counted_changes() == before + 1


def test_what_breaks_counts_as_well(browse, monkeypatch):
    hilde = browse("hilde")
    token = hilde.token()

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(actions, "read_all", breaks)
    before = counted_changes()
    assert hilde.post("/meldingen/gelezen", {"csrf_token": token}).status == 500
    assert counted_changes() == before + 1

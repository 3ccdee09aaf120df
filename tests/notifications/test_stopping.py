"""Wanting fewer mails: from any mail, without signing in, by one button or by the mail program itself (RFC 8058)."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests.directory.makers import make_offer
from tests.notifications.test_attention import MONDAY, NEWS, at, sweep, tell
from tests.people import Cast
from tests.support.browse import Browse, Browser
from tests.support.mails import receivers, text_of
from tests.support.rows import all_stored, changed
from webapp.accounts.models import Person
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.directory import reminding as upkeep
from webapp.notifications import queries
from webapp.notifications.kinds import Attention, NoticeKind, Subject
from webapp.notifications.models import MailChoice

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
STOP = re.compile(r"https://brug\.test(/u/\S+)")


@pytest.fixture
def now(cast: Cast, mailed: list[EmailMessage]) -> EmailMessage:
    """A mail about an action that Hilde got at once, last Friday."""
    tell([cast.hilde], NoticeKind.ACTION_GIVEN)
    sweep(MONDAY - timedelta(days=3), 10)
    return mailed[0]


@pytest.fixture
def weekly(cast: Cast, mailed: list[EmailMessage]) -> EmailMessage:
    """A digest that Hilde got."""
    tell([cast.hilde], NEWS)
    sweep(MONDAY)
    return mailed[-1]


def way_out(message: EmailMessage) -> str:
    """The path in the header, which is the one at the foot of the mail."""
    found = STOP.search(str(message["List-Unsubscribe"]))
    assert found
    path = found[1].rstrip(">")
    assert f"https://brug.test{path}" in text_of(message)
    return path


def chosen(cast: Cast, who: str = "hilde") -> MailChoice:
    db.session.rollback()
    db.session.expire_all()
    found = queries.choice(cast.people[who])
    assert found
    return found


def press(guest: Browser, path: str, form: dict[str, str] = ONE_CLICK, **headers: str) -> int:
    """What a mail program does: no cookies, no token of a page, no Referer."""
    return guest.client.post(path, data=form, headers=headers, base_url=guest.base_url).status_code


def test_every_mail_that_nobody_asked_for_has_a_way_out(cast: Cast, mailed: list[EmailMessage]) -> None:
    make_offer(cast.zilverreiger, confirmed_at=at(MONDAY) - timedelta(days=60))
    for kind in NoticeKind:
        tell([cast.noor], kind)
    with clock.at(at(MONDAY, 10)):
        upkeep.ask_whether_still_right()
        db.session.commit()
    sweep(MONDAY)
    assert len(mailed) > 20
    for message in mailed:
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert way_out(message)


def test_no_mail_is_followed(cast: Cast, now: EmailMessage, weekly: EmailMessage) -> None:
    """No picture is fetched, and no link leads elsewhere or by a counter."""
    for message in (now, weekly):
        html = message.get_body(("html",))
        assert html
        body = str(html.get_content())
        assert "<img" not in body
        assert "url(" not in body
        links = set(re.findall(r'(?:href|src)="([^"]+)"', body))
        assert {link.split("/")[2] for link in links} == {"brug.test"}
        assert len([link for link in links if "/u/" in link]) == 1


def test_reading_stops_nothing_however_often(browse: Browse, cast: Cast, now: EmailMessage) -> None:
    before = all_stored(but={"attempts"})
    with clock.at(at(MONDAY)):
        guest = browse("guest")
        for _ in range(5):
            followed = guest.get(way_out(now))
            assert "ml_" not in followed.location
            assert guest.follow(followed).says("Geen mails meer over werkgroepen en acties")
            guest.client.head(way_out(now), base_url=guest.base_url)
    assert changed(before, all_stored(but={"attempts"})) == []


def test_one_button_without_signing_in(
    browse: Browse, cast: Cast, now: EmailMessage, mailed: list[EmailMessage]
) -> None:
    with clock.at(at(MONDAY)):
        guest = browse("guest")
        page = guest.follow(guest.get(way_out(now)))
        done = guest.submit(page, f"/mails/{cast.hilde}/stop")
        assert done.status == 303
        assert guest.follow(done).says("Welke mails krijg je?", "Gebeurd.")
    assert chosen(cast).groups is Attention.IN_BRUG
    assert chosen(cast).questions is Attention.AT_ONCE
    tell([cast.hilde], NoticeKind.ACTION_GIVEN)
    tell([cast.hilde], NoticeKind.WRITTEN)
    sweep(MONDAY, 14)
    assert len(mailed) == 2


def test_the_mail_program_stops_it_by_itself(browse: Browse, cast: Cast, weekly: EmailMessage) -> None:
    with clock.at(at(MONDAY, 10)):
        assert press(browse("guest"), way_out(weekly)) == 200
    assert chosen(cast).day is None
    assert chosen(cast).groups is Attention.AT_ONCE
    with clock.at(at(MONDAY, 11)):
        assert press(browse("guest"), way_out(weekly)) == 200


@pytest.mark.parametrize(
    "form",
    [{}, {"List-Unsubscribe": "Nee"}, ONE_CLICK | {"more": "1"}, {"csrf_token": "x"} | ONE_CLICK],
    ids=["empty", "another word", "more fields", "a forged token"],
)
def test_no_other_form_gets_past_the_guard(browse: Browse, cast: Cast, now: EmailMessage, form: dict[str, str]) -> None:
    with clock.at(at(MONDAY)):
        assert press(browse("guest"), way_out(now), form) == 400
    assert chosen(cast).groups is Attention.AT_ONCE


def test_another_site_cannot_press_it_in_a_browser(browse: Browse, cast: Cast, now: EmailMessage) -> None:
    with clock.at(at(MONDAY)):
        assert press(browse("guest"), way_out(now), **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert chosen(cast).groups is Attention.AT_ONCE


def test_one_click_elsewhere_opens_nothing(browse: Browse, cast: Cast, now: EmailMessage) -> None:
    hilde = browse("hilde")
    for path in (f"/mails/{cast.hilde}/niets", f"/mails/{cast.hilde}/stop", "/meldingen/gelezen"):
        assert press(hilde, path) == 400
    assert chosen(cast).questions is Attention.AT_ONCE


def test_a_token_that_is_old_wrong_or_of_somebody_gone(browse: Browse, cast: Cast, now: EmailMessage) -> None:
    path, guest = way_out(now), browse("guest")
    assert press(guest, "/u/ml_nothing?over=groups") == 404
    assert guest.get("/u/ml_nothing?over=groups").status == 404
    with clock.at(at(MONDAY)):
        assert press(guest, path.split("?")[0]) == 410
        kept = browse("guest")
        kept.follow(kept.get(path))
        db.session.get_one(Person, cast.hilde).is_active = False
        db.session.commit()
        assert press(guest, path) == 410
        assert guest.get(path).status == 404
        assert kept.get(f"/mails/{cast.hilde}").status == 410
        db.session.get_one(Person, cast.hilde).is_active = True
        db.session.commit()
    with clock.at(at(MONDAY + timedelta(days=91))):
        assert press(guest, path) == 410
        assert guest.get(path).says("Deze link werkt niet meer")


def test_a_link_of_one_is_nothing_for_another(browse: Browse, cast: Cast, now: EmailMessage) -> None:
    with clock.at(at(MONDAY)):
        guest = browse("guest")
        guest.get(way_out(now))
        assert guest.get(f"/mails/{cast.noor}").status in (303, 401)
        noor = browse("noor")
        noor.get(way_out(now))  # on one computer: it still is about Hilde's mail
        page = noor.get(f"/mails/{cast.hilde}/stop?over=groups")
        assert noor.submit(page, f"/mails/{cast.hilde}/stop").status == 303
    assert chosen(cast).groups is Attention.IN_BRUG
    assert chosen(cast, "noor").groups is Attention.AT_ONCE


def test_the_page_of_choices(browse: Browse, cast: Cast) -> None:
    hilde = browse("hilde")
    page = hilde.follow(hilde.get("/mails"))
    assert page.says("Vragen van jongeren, en bezoeken", "Werkgroepen en acties")
    path = f"/mails/{cast.hilde}"
    assert page.form(path)["day"] == "mon"
    assert hilde.submit(page, path, groups="digest", house="in_brug", day="thu").status == 303
    found = chosen(cast)
    assert (found.groups, found.house, found.day) == (Attention.DIGEST, Attention.IN_BRUG, "thu")
    again = hilde.get(path)
    assert (again.form(path)["groups"], again.form(path)["day"]) == ("digest", "thu")
    wrong = hilde.submit(again, path, groups="loud", house="digest")
    assert wrong.status == 422
    assert wrong.form(path)["house"] == "digest"
    assert chosen(cast).house is Attention.IN_BRUG
    assert hilde.submit(again, path, day="").status == 303
    assert chosen(cast).day is None


def test_everything_off_in_one_tap_and_on_again(browse: Browse, cast: Cast) -> None:
    hilde, path = browse("hilde"), f"/mails/{cast.hilde}"
    assert hilde.submit(hilde.get(path), f"{path}/niets").status == 303
    assert {chosen(cast).most(subject) for subject in Subject} == {Attention.IN_BRUG}
    page = hilde.get(path)
    assert page.says("Je krijgt nu geen mails.")
    assert f"{path}/niets" not in page.links()
    assert hilde.submit(page, path, questions="at_once").status == 303
    assert not hilde.get(path).says("Je krijgt nu geen mails.")


def test_who_has_no_function_left_still_chooses(browse: Browse, cast: Cast) -> None:
    moved = browse("moved")
    assert moved.follow(moved.get("/mails")).says("Welke mails krijg je?")


def test_mails_that_people_ask_for_come_without_a_way_out(
    browse: Browse, cast: Cast, mailed: list[EmailMessage]
) -> None:
    guest = browse("guest")
    guest.submit(guest.get("/aanmelden"), "/aanmelden", email="hilde@brug.example")
    while outbox.run_due("test"):
        pass
    [message] = mailed
    assert message["List-Unsubscribe-Post"] is None
    assert message["List-Unsubscribe"] == "<https://brug.test/mails>"
    assert receivers(mailed) == ["hilde"]

"""The contact of an association answers on a phone, by the link in a mail, in three taps and without signing in."""

import urllib.error
import urllib.request
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.journeys import steps
from tests.journeys.conftest import OpenAs
from tests.journeys.steps import ROERDOMP
from tests.support.live import Town
from webapp.core.db import db
from webapp.notifications.models import DemoMail
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask

SUBJECT = f"Er is een vraag voor {ROERDOMP}"
MAILED = "noor@roerdomp.example"
SEND = "main form button[type=submit]"


@pytest.fixture
def phone(town: Town, open_as: OpenAs) -> Page:
    """A phone on which the mail's link was tapped: the question that waits for De Roerdomp."""
    page = open_as("", phone=True)
    steps.open_mail(page, town, SUBJECT)
    page.wait_for_url("**/antwoord/*")
    return page


def yes(page: Page) -> None:
    page.locator("a.answer-ja").tap()
    page.locator(SEND).tap()


def waiting_list(page: Page) -> None:
    page.locator("a.answer-wacht").tap()
    page.locator(SEND).tap()


def not_now(page: Page) -> None:
    page.locator("button.answer-rust").tap()


def another_idea(page: Page) -> None:
    page.locator("a.answer-idee").tap()
    page.locator("label:has(input[name=kind])").first.tap()
    page.locator("#message").fill("Kom eens kijken op onze speelnamiddag.")
    page.locator(SEND).tap()


ANSWERS = {
    AskStatus.ACCEPTED: yes,
    AskStatus.WAITING: waiting_list,
    AskStatus.DECLINED: not_now,
    AskStatus.IDEA: another_idea,
}


def status(town: Town, page: Page) -> AskStatus:
    """What the database says of the question on the page."""
    with town.app.app_context():
        ask_id = uuid.UUID(page.url.split("/antwoord/")[1][:36])
        found = db.session.scalars(select(Ask.status).where(Ask.id == ask_id)).one()
        db.session.rollback()
        return found


@pytest.mark.parametrize("answer", ANSWERS)
def test_one_answer(town: Town, phone: Page, answer: AskStatus) -> None:
    assert status(town, phone) == AskStatus.SENT
    in_sight(phone)
    ANSWERS[answer](phone)
    expect(phone.locator(".thanks h1")).to_be_visible()
    assert status(town, phone) == answer
    expect(phone.locator("nav")).to_have_count(0)  # no menu, no account


def in_sight(phone: Page) -> None:
    """The four answers weigh the same."""
    sizes = [one.bounding_box() for one in phone.locator(".answers .answer").all()]
    assert len(sizes) == 4
    assert len({(round(one["width"]), round(one["height"])) for one in sizes if one}) == 1


@pytest.mark.parametrize(
    ("first", "then"), [(AskStatus.DECLINED, AskStatus.ACCEPTED), (AskStatus.ACCEPTED, AskStatus.WAITING)]
)
def test_another_answer_after_all(town: Town, phone: Page, first: AskStatus, then: AskStatus) -> None:
    ANSWERS[first](phone)
    phone.locator("a[href$='/anders']").tap()
    ANSWERS[then](phone)
    expect(phone.locator(".thanks h1")).to_be_visible()
    assert status(town, phone) == then


def test_a_scanner_that_follows_everything_answers_nothing(town: Town, phone: Page) -> None:
    with town.app.app_context():
        text = db.session.scalars(select(DemoMail.text).where(DemoMail.recipient == MAILED)).first() or ""
        db.session.rollback()
    links = [word for word in text.split() if word.startswith("http")] + [phone.url]
    links += [f"{phone.url}/{step}" for step in ("ja", "wachtlijst", "ander-idee", "anders")]
    for link in links * 10:
        for method in ("GET", "HEAD"):
            look(link, method)
    assert len(links) >= 6
    assert status(town, phone) == AskStatus.SENT
    yes(phone)
    expect(phone.locator(".thanks h1")).to_be_visible()
    assert status(town, phone) == AskStatus.ACCEPTED


def look(link: str, method: str) -> None:
    """What a scanner does: it follows redirects and keeps no cookies."""
    try:
        with urllib.request.urlopen(urllib.request.Request(link, method=method), timeout=10) as answer:  # noqa: S310 - our own server
            answer.read()
    except urllib.error.HTTPError as refusal:
        assert refusal.code < 500  # noqa: PT017 - not seen without the cookie of the link


def test_a_link_that_came_too_late(town: Town, open_as: OpenAs) -> None:
    town.deliver()
    town.ahead = timedelta(days=20)
    page = open_as("", phone=True)
    steps.open_mail(page, town, SUBJECT)
    expect(page.locator("h1")).to_have_text("De tijd om te antwoorden is voorbij")
    expect(page.locator("main")).to_contain_text("je hoeft niets meer te doen", ignore_case=True)
    expect(page.locator("form")).to_have_count(0)

"""A question from start to settled, as four people; and the name, which stands on the opened card and nowhere else."""

from datetime import timedelta

import segno
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.journeys import steps
from tests.journeys.conftest import OpenAs
from tests.journeys.steps import ROERDOMP, STERRENPAD
from tests.support.live import Town
from webapp.core.db import db
from webapp.notifications.models import DemoMail

NAME = "Quirijntje"
NUMBER = "0470 00 99 55"
CARD = "/contactkaart"


def test_a_question_crosses_the_bridge(town: Town, open_as: OpenAs) -> None:
    ilse = open_as("welzijnswerker")
    path = steps.ask(ilse, ROERDOMP, STERRENPAD)

    mailed = open_as("", phone=True)
    steps.open_mail(mailed, town, f"Er is een vraag voor {ROERDOMP}")
    steps.answer_yes(mailed)

    steps.choose(ilse, path, ROERDOMP, "Daar mag ik vuur maken.")
    steps.agree(ilse, path, NAME, NUMBER)
    expect(ilse.locator("h1")).to_be_visible()

    noor = open_as("vrijwilliger")
    open_card_after_a_while(town, noor, path)
    plan(noor, path, "Noor staat aan de groene poort")
    ilse.goto(path)
    plan(ilse, path, companion="Ilse fietst mee")
    expect(ilse.locator("#welkomstplan")).to_contain_text("groene poort")
    expect(ilse.locator("#welkomstplan")).to_contain_text("Ilse fietst mee")
    ilse.locator(f"form[action='{path}/welkomstkaart'] button").click()
    read_welcome_page(open_as("", phone=True), ilse)

    town.later(timedelta(days=20))
    ilse, noor = open_as("welzijnswerker"), open_as("vrijwilliger")
    ilse.goto(path)
    ilse.locator(f"form[action='{path}/gelukt'] button").click()
    for week in (2, 4, 6):  # after 2, 6 and 12 weeks
        town.later(timedelta(weeks=week, hours=1))
        ilse, noor = open_as("welzijnswerker"), open_as("vrijwilliger")
        for page in (ilse, noor):
            page.goto(path)
            page.locator("#referrals-next button[name=mood][value=good]").click()
            expect(page.locator("#referrals-next button[name=mood]")).to_have_count(0)
    ilse.goto(path)
    ilse.locator(f"#referrals-next form[action='{path}/afronden'] button").click()
    expect(ilse.locator("#referrals-next")).to_contain_text("hoort erbij")

    assert {one.path for one in town.sent if NAME in one.text or NUMBER in one.text} == {path + CARD}
    with town.app.app_context():
        mails = db.session.scalars(select(DemoMail)).all()
        assert len(mails) > 5
        assert [mail.subject for mail in mails if NAME in mail.text + mail.html + mail.subject] == []


def test_a_withdrawn_agreement_closes_the_card_at_once(town: Town, open_as: OpenAs) -> None:
    ilse = open_as("welzijnswerker")
    path = steps.ask(ilse, ROERDOMP)
    guest = open_as("", phone=True)
    steps.open_mail(guest, town, f"Er is een vraag voor {ROERDOMP}")
    steps.answer_yes(guest)
    steps.choose(ilse, path, ROERDOMP)
    steps.agree(ilse, path, NAME, NUMBER)
    noor = open_as("vrijwilliger")
    noor.goto(path)
    look = noor.locator(f"form[action='{path}{CARD}'] button")
    look.click()
    expect(noor.locator("#referrals-card")).to_contain_text(NAME)
    noor.goto(path)  # the page is open, with its button to look

    ilse.goto(path)
    ilse.locator("a[data-dialog='#withdraw']").click()
    ilse.locator("dialog[open] form button").click()
    expect(ilse.locator("#toestemming")).to_contain_text("gewist")

    before = len(town.sent)
    look.click()
    expect(noor.locator("#flash")).not_to_be_empty()
    expect(noor.locator("#referrals-card")).to_have_count(0)
    noor.goto(path)
    expect(look).to_have_count(0)
    assert [one.path for one in town.sent[before:] if NAME in one.text or NUMBER in one.text] == []
    assert any(one.path == path + CARD for one in town.sent[before:])


def open_card_after_a_while(town: Town, page: Page, path: str) -> None:
    """The card asks for a fresh proof when the last one is a quarter of an hour old: in the demo one tap."""
    page.goto(path)
    town.later(timedelta(minutes=20))
    look = page.locator(f"form[action='{path}{CARD}'] button")
    look.click()
    page.wait_for_url("**/bewijs**")
    page.locator("form[action='/demo/bewijs'] button").click()
    page.wait_for_url(f"**{path}")
    expect(page.locator("body")).not_to_contain_text(NAME)
    look.click()
    expect(page.locator("#referrals-card")).to_contain_text(NAME)
    expect(page.locator("#referrals-card")).to_contain_text(NUMBER)
    page.goto(path)
    expect(page.locator("#wie-keek li").first).to_contain_text("Jij")


def plan(page: Page, path: str, place: str = "", companion: str = "") -> None:
    """Write a part of the welcome plan."""
    page.goto(f"{path}/welkomstplan")
    if place:
        page.locator("#place").fill(place)
    if companion:
        page.locator("#companion").fill(companion)
    page.locator("main form .form-actions button[type=submit]").click()
    page.wait_for_url(f"**{path}")


def read_welcome_page(young: Page, guide: Page) -> None:
    """The young person scans the code: who waits, where and when, in Dutch and in English, without account."""
    code = guide.locator("#welkomstplan svg.qr path").get_attribute("d")
    link = guide.locator("#welkomstplan a[href*='/w/']").get_attribute("href") or ""
    assert code in segno.make(link, error="m").svg_inline(border=2, omitsize=True, lineclass=None)
    young.goto(link)
    assert "/w/" not in young.url
    expect(young.locator("h1")).to_have_text("Welkom!")
    for words in ("groene poort", "Ilse fietst mee", ROERDOMP):
        expect(young.locator("main")).to_contain_text(words)
    young.locator(".tongues summary").click()
    young.locator(".tongues a[hreflang=en]").click()
    expect(young.locator("h1")).to_contain_text("Welcome!")
    expect(young.locator("h1")).to_contain_text("Welkom!")
    expect(young.locator("main")).to_contain_text("groene poort")
    young.goto("/toeleidingen")
    young.wait_for_url("**/aanmelden**")

"""A learning session of five phones and one wall: from the code on the wall to three lessons that everybody reads."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import OpenAs
from tests.journeys.steps import pick
from tests.journeys.test_axe import found_in_both_themes
from tests.journeys.test_narrow import too_narrow
from webapp.core import clock

SHARED = (
    "Iemand riep haar naam aan de poort.",
    "Wie twee keer hetzelfde gezicht zag, kwam terug.",
    "Een taak geven werkt beter dan uitleg.",
    "De sms kwam te laat.",
    "Het was koud en nat.",
)
LESSONS = SHARED[:3]
RESULT = "Een bekend gezicht haalt over de streep."
FOLLOWS = 9000
"""Milliseconds in which a page must follow another: three seconds, and patience for a busy machine."""


def begin(lead: Page) -> str:
    """Prepare a session from the shelf and begin it; its address."""
    lead.get_by_role("navigation").get_by_role("link", name="Leren").click()
    lead.get_by_role("link", name="Sessies").click()
    lead.get_by_role("link", name="Bereid een sessie voor").first.click()
    lead.locator("#theme").fill("Wat werkt aan de poort?")
    lead.locator("#question").fill("Wanneer bleef een kind dat bijna wegging?")
    lead.locator("#day").fill(clock.today().isoformat())
    lead.locator("#begins").fill("20:00")
    lead.locator("main form button[type=submit]").last.click()
    lead.get_by_role("button", name="Begin de sessie").click()
    lead.wait_for_url("**/bureau")
    return lead.url.removesuffix("/bureau")


def come_in(phone: Page, words: str) -> None:
    """By the two words on the wall, without a name."""
    phone.goto("/mee")
    phone.locator("#words").fill(words)
    phone.get_by_role("button", name="Ga binnen").click()
    phone.get_by_role("button", name="Meedoen").click()
    expect(phone.locator("#share")).to_be_visible()


def share(phone: Page, words: str) -> None:
    """Share something; it stands among one's own."""
    phone.locator("#words").fill(words)
    phone.get_by_role("button", name="Deel met de groep").click()
    expect(phone.locator("#phone-own")).to_contain_text(words)


def decide(lead: Page) -> None:
    """Everything but the weather on the wall, two things in one cluster, and three that may become lessons."""
    for words in SHARED:
        note = lead.locator("#desk-new .desk-note", has_text=words)
        note.get_by_role("button", name="Even houden" if words == SHARED[4] else "Toon").click()
        expect(lead.locator("#desk-wall, .desk-held", has_text=words)).to_be_visible()
    lead.get_by_role("link", name="Nieuw groepje").click()
    lead.locator("#title").fill("Een bekend gezicht")
    lead.locator("main form button[type=submit]").last.click()
    for words in SHARED[:2]:
        _menu(lead, words).get_by_role("button", name="Een bekend gezicht").click()
        expect(lead.get_by_role("region", name="Een bekend gezicht")).to_contain_text(words)
    for words in LESSONS:
        _menu(lead, words).get_by_role("button", name="Kan een les worden").click()
        expect(lead.locator(".desk-lessons")).to_contain_text(words)


def _menu(lead: Page, words: str) -> Locator:
    note = lead.locator("#desk-wall .desk-note", has_text=words)
    note.get_by_text("Verplaats of pas aan…").click()
    return note


def close(lead: Page, session: str) -> None:
    """Three lines, three drafts, thanks."""
    lead.goto(f"{session}/afronden")
    lead.locator("#result").fill(RESULT)
    lead.locator("#thanks").fill("Merci om eerlijk te zijn.")
    lead.get_by_role("button", name=re.compile("^Rond af")).click()
    lead.wait_for_url("**/resultaat")
    expect(lead.locator("main")).to_contain_text(RESULT)


def offer(writer: Page, title: str) -> None:
    """Finish one draft and offer it to a second reader."""
    writer.goto("/leren/mijn-lessen")
    writer.get_by_role("link", name=title).click()
    writer.get_by_role("link", name="Pas aan").click()
    writer.locator("#happened").fill("Ze bleef, en bracht een vriend mee.")
    writer.locator("main form button[type=submit]").last.click()
    writer.get_by_role("button", name=re.compile("tweede lezer")).click()


def approve(reader: Page, title: str) -> None:
    """Read it along, and let it go out."""
    reader.goto("/leren/nalezen")
    reader.get_by_role("link", name=title).click()
    pick(reader, "answer", "approve").click()
    reader.locator("main form button[type=submit]").last.click()
    reader.wait_for_url("**/leren/nalezen")


def test_from_the_code_on_the_wall_to_three_lessons(open_as: OpenAs) -> None:
    lead = open_as("facilitator")
    session = begin(lead)
    wall = open_as("facilitator")
    wall.goto(f"{session}/muur")
    words = wall.locator(".wall-in strong").inner_text()
    phones = [open_as("", phone=True) for _ in SHARED]
    for phone, said in zip(phones, SHARED, strict=True):
        come_in(phone, words)
        share(phone, said)
    expect(lead.locator("#desk-new .desk-note")).to_have_count(5, timeout=FOLLOWS)
    expect(wall.locator("main")).not_to_contain_text(SHARED[0])
    decide(lead)
    expect(wall.locator("main")).to_contain_text("Een bekend gezicht", timeout=FOLLOWS)
    expect(wall.locator("main")).to_contain_text(SHARED[0])
    expect(wall.locator("main")).not_to_contain_text(SHARED[4])
    expect(phones[0].locator("#phone-own")).to_contain_text("Staat op het scherm", timeout=FOLLOWS)
    phones[4].get_by_role("link", name="Lees wat op het grote scherm staat").click()
    expect(phones[4].locator("main")).to_contain_text(SHARED[0])
    for page in (lead, wall, phones[0], phones[4]):
        assert found_in_both_themes(page) == []
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert [too_narrow(page) for page in (phones[0], phones[4])] == [[], []]

    phones[3].locator("#phone-own").get_by_role("button", name="Neem terug").click()
    expect(wall.locator("main")).not_to_contain_text(SHARED[3], timeout=FOLLOWS)

    close(lead, session)
    expect(phones[1].locator("#phone-question")).to_contain_text("Deze sessie is voorbij", timeout=FOLLOWS)
    phones[1].get_by_role("link", name="Wat eruit kwam").click()
    expect(phones[1].locator("main")).to_contain_text(RESULT)
    for title in LESSONS:
        offer(lead, title)
    reader = open_as("jeugddienst")
    for title in LESSONS:
        approve(reader, title)
    somebody = open_as("vrijwilliger", phone=True)
    somebody.goto("/leren")
    for title in LESSONS:
        expect(somebody.locator("main")).to_contain_text(title)

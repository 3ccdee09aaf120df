"""From something that is known to a barrier, a sign of change and an action; and from an adjustment to its story."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs
from tests.journeys.steps import pick

HEARD = "Aan de sporthal vraagt niemand wat je graag doet."
BARRIER = "Niemand vraagt wat je graag doet"
GOAL = "Wie binnenkomt, kiest mee"
ACTION = "Elke maand een praatbord aan de deur"


def of_the_plan(page: Page, tab: str) -> None:
    page.get_by_role("navigation", name="Dit plan").get_by_role("link", name=tab, exact=True).click()


def test_from_evidence_to_action_to_adjustment_to_story(open_as: OpenAs) -> None:
    page = open_as("jeugddienst")
    page.goto("/plannen")
    page.get_by_role("link", name="Vrije tijd voor iedereen").click()
    of_the_plan(page, "Drempels")
    page.get_by_role("link", name="Schrijf op wat je weet").click()
    pick(page, "kind", "focus_group").click()
    page.get_by_label("Wat hoorde je?").fill(HEARD)
    page.get_by_label("Van ongeveer hoeveel mensen?").fill("3")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".item", has_text=HEARD)).to_contain_text("van minder dan vijf")

    page.get_by_role("link", name="Vrije tijd voor iedereen").click()
    page.get_by_role("link", name="Drempel toevoegen").click()
    page.get_by_label("Wat staat in de weg?").fill(BARRIER)
    pick(page, "side", "supply").click()
    pick(page, "bs", "fit").click()
    page.locator("label.check", has_text=HEARD).click()
    page.get_by_role("button", name="Zet de drempel erbij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(BARRIER)

    page.get_by_role("link", name="Welke verandering wil je zien?").click()
    expect(page.get_by_label(BARRIER)).to_be_checked()
    page.get_by_label("Welke verandering wil je zien?").fill(GOAL)
    page.get_by_label("Hoe merken we het?").fill("Er staat elke week iets nieuws op het bord.")
    page.get_by_role("button", name="Voeg het doel toe").click()

    page.get_by_role("link", name="Actie toevoegen").click()
    page.get_by_label("Wat?", exact=True).fill(ACTION)
    pick(page, "strategy", "support").click()
    page.get_by_role("button", name="Actie toevoegen").click()
    page.get_by_role("link", name="Bijsturen").click()
    page.get_by_label("Wat?", exact=True).fill("Elke week een praatbord")
    page.get_by_label("Waarom?").fill("Een maand was te lang: het bord liep vol.")
    page.get_by_role("button", name="Bijsturen").click()

    reader = open_as("vrijwilliger", phone=True)
    reader.goto(page.url)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Elke week een praatbord")
    expect(reader.locator("#story del")).to_contain_text(ACTION)
    expect(reader.locator("#story")).to_contain_text("Een maand was te lang: het bord liep vol.")
    expect(reader.locator("main")).to_contain_text(HEARD)

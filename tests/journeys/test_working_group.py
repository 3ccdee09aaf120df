"""A working group on a phone: tick off what is done, take it back, and ask to join another group."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs

ACTION = "Inschrijvingsbrief in gewone taal"


def test_an_action_is_ticked_off_and_taken_back(open_as: OpenAs) -> None:
    page = open_as("vrijwilliger", phone=True)
    page.get_by_role("link", name="Meer", exact=True).click()
    page.locator("main").get_by_role("link", name="Werkgroepen").click()
    page.get_by_role("link", name="Werkgroep Diversiteit").click()
    row = page.locator(".item", has_text=ACTION)
    row.get_by_role("button", name="Klaar").click()
    page.wait_for_url("**/acties")
    expect(page.locator(".toast")).to_contain_text("Klaar. Mooi gedaan.")
    expect(page.locator("main .items .item", has_text=ACTION)).to_have_count(0)
    page.locator(".toast").get_by_role("button", name=re.compile("ongedaan", re.I)).click()
    expect(page.locator("main .items .item", has_text=ACTION)).to_be_visible()
    page.get_by_role("link", name=ACTION).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ACTION)


def test_somebody_asks_to_join_and_is_welcome(open_as: OpenAs) -> None:
    newcomer = open_as("vrijwilliger", phone=True)
    newcomer.goto("/werkgroepen")
    newcomer.get_by_role("link", name="Jeugdwelzijnsoverleg").click()
    newcomer.get_by_label("Een woordje over jezelf").fill("Ik breng de jeugdbewegingen mee.")
    newcomer.get_by_role("button", name="Vraag om mee te doen").click()
    expect(newcomer.locator("main")).to_contain_text("Je hoort het zodra de groep antwoordt.")
    chair = open_as("jeugddienst")
    chair.goto("/werkgroepen")
    chair.get_by_role("link", name="Jeugdwelzijnsoverleg").click()
    chair.get_by_role("link", name=re.compile("^Leden")).click()
    asking = chair.locator(".item", has_text="Ik breng de jeugdbewegingen mee.")
    asking.get_by_role("button", name="Welkom").click()
    expect(chair.locator(".toast")).to_contain_text("Welkom!")
    newcomer.goto("/werkgroepen")
    expect(newcomer.locator(".items", has_text="Jouw groepen")).to_contain_text("Jeugdwelzijnsoverleg")

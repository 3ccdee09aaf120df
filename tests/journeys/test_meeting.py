"""A meeting from plan to minutes, with two people who write at once, a line that both change, and a lost connection."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs
from webapp.core import clock

TOPICS = ("Rondje: wat liep goed?", "Uniformen: tweedehands of samen delen?")
FOLLOWS = 9000
"""Milliseconds in which a page must follow another: three seconds, and patience for a busy machine."""


def plan(chair: Page) -> str:
    """Plan a meeting with two topics and announce it; its address."""
    chair.goto("/werkgroepen")
    chair.get_by_role("link", name="Jeugdwelzijnsoverleg").click()
    chair.goto(f"{chair.url}/vergaderingen/nieuw")
    chair.locator("#day").fill((clock.today() + timedelta(days=1)).isoformat())
    chair.locator("#begins").fill("06:10")
    chair.locator("#ends").fill("07:40")
    chair.locator("#place").fill("zaal De Sluis")
    chair.get_by_role("button", name="Plannen", exact=True).click()
    for title in TOPICS:
        chair.locator("#title").fill(title)
        chair.get_by_text("Wat je ermee wil, en hoelang").click()
        chair.locator("#minutes").fill("10")
        chair.get_by_role("button", name="Toevoegen").click()
        expect(chair.locator(".agenda")).to_contain_text(title)
    chair.get_by_role("link", name="Aankondigen").click()
    chair.get_by_role("button", name="Aankondigen").click()
    expect(chair.locator(".toast")).to_contain_text("Aangekondigd")
    return chair.url


def put_down(page: Page, words: str, button: str = "Noteren") -> None:
    """Type a line and put it down."""
    page.locator("#words").fill(words)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#run-topic")).to_contain_text(words)


def test_a_meeting_from_plan_to_minutes(open_as: OpenAs) -> None:
    chair = open_as("jeugddienst")
    meeting = plan(chair)
    guide = open_as("vrijwilliger", phone=True)
    guide.goto(meeting)
    expect(guide.locator(".agenda")).to_contain_text(TOPICS[1])
    chair.get_by_role("button", name="Begin").click()
    chair.get_by_role("button", name="Dit punt starten").click()
    guide.goto(f"{meeting}/scherm")
    bottom = guide.locator("#screen h1").evaluate("title => title.getBoundingClientRect().bottom")
    top = guide.locator("#screen .timer").evaluate("timer => timer.getBoundingClientRect().top")
    assert bottom <= top, "on a narrow screen the time covers the title"
    put_down(chair, "Twee kinderen stopten om het uniform.")
    put_down(chair, "Elke ploeg geeft een uniform uit de bak.", "Beslissing")
    chair.get_by_role("button", name="Geen bezwaar, beslist").click()
    expect(chair.locator("#run-topic")).to_contain_text("Beslist")
    chair.locator(".capture-owner summary").click()
    chair.locator("#owner").fill("hu")
    put_down(chair, "Een lijst maken van wie uniformen heeft", "Actie")
    expect(chair.locator("#run-topic")).to_contain_text("Huis van het Kind")
    chair.get_by_role("button", name=re.compile("Naar punt 2")).click()
    chair.get_by_role("link", name="Vergadering sluiten").click()
    chair.get_by_label("Wat leverde het op").fill("We delen uniformen.")
    chair.get_by_role("button", name="Sluiten en het verslag rondsturen").click()
    expect(chair.locator("main")).to_contain_text("In het kort")
    assert "/m/" in chair.locator("#for-chat").input_value()
    assert chair.request.get(f"{meeting}/verslag.pdf").body().startswith(b"%PDF")
    guide.goto(meeting)
    expect(guide.locator("main")).to_contain_text("We delen uniformen.")


def test_two_people_write_and_neither_loses_a_word(open_as: OpenAs) -> None:
    chair = open_as("jeugddienst")
    meeting = plan(chair)
    chair.get_by_role("button", name="Begin").click()
    chair.get_by_role("button", name="Dit punt starten").click()
    other = open_as("jeugddienst", phone=True)
    other.goto(meeting)
    chair.locator("#words").fill("Ik ben nog aan het typen")
    put_down(other, "Dit komt van de andere kant.")
    expect(chair.locator("#run-topic")).to_contain_text("Dit komt van de andere kant.", timeout=FOLLOWS)
    expect(chair.locator("#words")).to_have_value("Ik ben nog aan het typen")
    expect(chair.locator("#words")).to_be_focused()
    for page in (chair, other):
        page.get_by_role("link", name="Deze regel aanpassen").first.click()
    chair.get_by_label("Wat is er gezegd?").fill("Dit komt van links.")
    chair.get_by_role("button", name="Bewaar").click()
    expect(chair.locator("#run-topic")).to_contain_text("Dit komt van links.")
    other.get_by_label("Wat is er gezegd?").fill("Dit komt van rechts.")
    other.get_by_role("button", name="Bewaar").click()
    expect(other.locator(".beside")).to_contain_text("Dit komt van links.")
    expect(other.locator(".beside")).to_contain_text("Dit komt van rechts.")
    other.get_by_role("button", name="Bewaar").click()
    expect(chair.locator("#run-topic")).to_contain_text("Dit komt van rechts.", timeout=FOLLOWS)


def test_what_was_typed_is_there_after_the_network_was_gone(open_as: OpenAs) -> None:
    chair = open_as("jeugddienst")
    meeting = plan(chair)
    chair.get_by_role("button", name="Begin").click()
    chair.get_by_role("button", name="Dit punt starten").click()
    chair.context.set_offline(True)
    chair.locator("#words").fill("Getypt in de kelder")
    chair.locator("#words").blur()
    expect(chair.locator("#capture .draft-status")).to_contain_text("op dit toestel")
    chair.context.set_offline(False)
    expect(chair.locator("#capture .draft-status")).to_contain_text("Bewaard,", timeout=FOLLOWS)
    again = open_as("jeugddienst")
    again.goto(meeting)
    expect(again.locator("#words")).to_have_value("Getypt in de kelder")

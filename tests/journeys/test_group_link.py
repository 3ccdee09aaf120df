"""Somebody joins a group by its link on a phone; a guest of one meeting becomes a member in one tap."""

import re
from urllib.parse import urlparse

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs
from tests.places import places
from tests.support.live import Town

CODE = re.compile(r"\b(\d{6})\b")


def made(chair: Page) -> str:
    """Make the link of this page; its path."""
    chair.get_by_role("button", name="Maak de link").click()
    return urlparse(chair.locator(".poll-url").inner_text().strip()).path


def come_in(town: Town, page: Page, link: str, name: str, mail: str) -> None:
    """Follow a link, say who one is, and type the code from the mail."""
    page.goto(link)
    page.locator("#name").fill(name)
    page.locator("#email").fill(mail)
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.locator("#code")).to_be_visible()
    asking = page.url
    town.deliver()
    page.goto("/demo/postvak")
    subject = page.locator("a", has_text=CODE).first.inner_text()
    found = CODE.search(subject)
    assert found
    page.goto(asking)
    page.locator("#code").fill(found[1])
    page.locator("main form button[type=submit]").first.click()


def test_a_group_is_joined_by_its_link(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        home = places()["jeugddienst"]["werkgroep"]
    chair = open_as("jeugddienst")
    chair.goto(f"{home}/link")
    link = made(chair)
    mila = open_as("", phone=True)
    come_in(town, mila, link, "Mila Jacobs", "mila@elders.example")
    mila.goto(home)
    expect(mila.get_by_role("heading", level=1)).to_have_text("Werkgroep Diversiteit")
    expect(mila.get_by_role("link", name="Punt toevoegen")).to_be_visible()
    chair.goto(f"{home}/leden")
    expect(chair.locator("main")).to_contain_text("Mila Jacobs")
    chair.goto(f"{home}/link")
    chair.get_by_role("button", name="Nu stoppen").click()
    late = open_as("", phone=True)
    late.goto(link)
    expect(late.locator("#email")).to_have_count(0)


def test_a_guest_of_one_meeting_becomes_a_member(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        meeting = places()["jeugddienst"]["vergadering"]
        home = places()["jeugddienst"]["werkgroep"]
    chair = open_as("jeugddienst")
    chair.goto(meeting)
    chair.get_by_role("link", name=re.compile("gasten", re.IGNORECASE)).first.click()
    guests = chair.url
    link = made(chair)
    ravi = open_as("", phone=True)
    come_in(town, ravi, link, "Ravi De Smet", "ravi@elders.example")
    ravi.goto(meeting)
    ravi.get_by_role("button", name="Ik kom").click()
    expect(ravi.locator(".toast")).to_contain_text("Tot dan")
    ravi.goto(f"{home}/leden")
    expect(ravi.locator("main")).not_to_contain_text("Iemand van het netwerk uitnodigen")
    chair.goto(guests)
    expect(chair.locator("main")).to_contain_text("Ravi De Smet")
    chair.get_by_role("button", name=re.compile("lid", re.IGNORECASE)).first.click()
    chair.goto(f"{home}/leden")
    expect(chair.locator("main")).to_contain_text("Ravi De Smet")

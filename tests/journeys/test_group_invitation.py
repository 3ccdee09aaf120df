"""Whoever leads a group invites somebody by mail, who says yes on a phone; somebody else says no thanks."""

from urllib.parse import urlparse

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs
from tests.journeys.test_group_link import CODE
from tests.places import places
from tests.support.live import Town


def invite(town: Town, chair: Page, home: str, mail: str, name: str) -> str:
    """Invite somebody; the path of the link in their mail."""
    chair.goto(f"{home}/uitnodigen")
    chair.locator("#email").fill(mail)
    chair.locator("#name").fill(name)
    chair.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(chair.locator("main")).to_contain_text(mail)
    town.deliver()
    chair.goto("/demo/postvak")
    chair.locator("main a").first.click()
    return urlparse(str(chair.locator("main a[href*='/meedoen/']").get_attribute("href"))).path


def test_an_invitation_is_answered_on_a_phone(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        home = places()["jeugddienst"]["werkgroep"]
    chair = open_as("jeugddienst")
    link = invite(town, chair, home, "mila@elders.example", "Mila Jacobs")
    mila = open_as("", phone=True)
    mila.goto(link)
    mila.locator("#name").fill("Mila Jacobs")
    mila.get_by_role("button", name="Ja, ik doe mee").click()
    expect(mila.locator("#code")).to_be_visible()
    asking = mila.url
    town.deliver()
    mila.goto("/demo/postvak")
    code = CODE.search(mila.locator("a", has_text=CODE).first.inner_text())
    assert code
    mila.goto(asking)
    mila.locator("#code").fill(code[1])
    mila.locator("main form button[type=submit]").first.click()
    mila.goto(home)
    expect(mila.get_by_role("link", name="Punt toevoegen")).to_be_visible()
    chair.goto(f"{home}/leden")
    expect(chair.locator("main")).to_contain_text("Mila Jacobs")


def test_no_thanks_takes_one_tap_and_no_account(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        home = places()["jeugddienst"]["werkgroep"]
    chair = open_as("jeugddienst")
    link = invite(town, chair, home, "ravi@elders.example", "")
    ravi = open_as("", phone=True)
    ravi.goto(link)
    ravi.get_by_role("button", name="Nee, bedankt").click()
    expect(ravi.locator("#name")).to_have_count(0)
    chair.goto(f"{home}/leden")
    expect(chair.locator("main")).to_contain_text("nee, bedankt")
    ravi.goto(link)
    expect(ravi.get_by_role("button", name="Ja, ik doe mee")).to_have_count(0)

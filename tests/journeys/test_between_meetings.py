"""Between two meetings: a link on the shelf that the network finds, and a post that becomes a point of the agenda."""

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs
from tests.journeys.steps import pick
from tests.places import places
from tests.support.live import Town

LINK = "https://affiche.example/eerste-dag"
POST = "@Tine mogen we dat samen bekijken?"


def home_of(town: Town) -> str:
    """The home of the group for diversity."""
    with town.app.app_context():
        return places()["jeugddienst"]["werkgroep"]


def test_a_link_on_the_shelf_is_found_by_the_network(town: Town, open_as: OpenAs) -> None:
    noor = open_as("vrijwilliger", phone=True)
    noor.goto(f"{home_of(town)}/gereedschap/link")
    noor.locator("#url").fill(LINK)
    noor.locator("#title").fill("Affiche voor de poort")
    noor.locator("#purpose").fill("Zo weet iedereen waar de ingang is.")
    pick(noor, "bs", "reach").click()
    noor.get_by_role("button", name="Zet het erbij").click()
    noor.get_by_role("button", name="Deel het met het netwerk").click()
    expect(noor.locator(".toast")).to_contain_text("Het hele netwerk vindt het nu.")
    guide = open_as("welzijnswerker")
    guide.goto("/gereedschap?b=reach")
    guide.get_by_role("link", name="Affiche voor de poort").click()
    expect(guide.locator(f"a[href='{LINK}']")).to_be_visible()


def test_a_post_asks_somebody_and_becomes_a_point_of_the_agenda(town: Town, open_as: OpenAs) -> None:
    home = home_of(town)
    noor = open_as("vrijwilliger", phone=True)
    noor.goto(f"{home}/gesprekken")
    noor.get_by_role("link", name="Proefdag voor de onthaalklas").click()
    noor.locator("#words").fill(POST)
    noor.get_by_role("button", name="Plaatsen").click()
    said = noor.locator(".post", has_text=POST)
    said.locator("summary").click()
    said.get_by_role("button", name="Zet het op de agenda").click()
    expect(noor.locator(".toast")).to_contain_text("Het wacht in de agendabus van de groep.")
    tine = open_as("jeugddienst")
    tine.goto("/meldingen")
    expect(tine.locator("main")).to_contain_text("Iemand vraagt jou iets in een gesprek.")
    tine.goto(f"{home}/vergaderingen")
    expect(tine.locator("main")).to_contain_text(POST)

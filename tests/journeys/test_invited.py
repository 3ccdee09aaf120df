"""Somebody is invited, says yes on a phone, works along, and leaves: in a real browser, from the mail on."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, OpenAs
from tests.journeys.test_axe import found_in_both_themes
from tests.journeys.test_narrow import WIDER
from tests.places import places
from tests.support.live import Town

TYPED = "mila@roerdomp.example"
SUBJECT = "Jeugdbeweging De Roerdomp nodigt je uit op Brug"


@pytest.fixture
def form(town: Town) -> str:
    """Where somebody is invited for De Roerdomp."""
    with town.app.app_context():
        return places()["jeugddienst"]["uitnodigen"]


def fill_in(page: Page, form: str) -> None:
    page.goto(form)
    page.locator("label:has(input[name=kind][value=contact_point])").click()
    page.locator("#name").fill("Mila Jacobs")
    page.locator("#email").fill(TYPED)


def send(page: Page) -> None:
    page.locator("main .form-actions button").click()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_the_last_proof_grows_old_while_typing(
    town: Town, open_as: OpenAs, form: str, java_script_enabled: bool
) -> None:
    page = open_as("vrijwilliger", phone=True, java_script_enabled=java_script_enabled)
    fill_in(page, form)
    town.later(timedelta(minutes=20))
    send(page)
    expect(page.locator("h1")).to_have_text("Ben jij het nog?")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Toon dat ik het ben").click()
    tab = opened.value
    tab.locator("form[action='/demo/bewijs'] button").click()
    expect(tab.locator("h1")).to_have_text("Nu terug naar het andere tabblad")
    tab.close()
    page.get_by_role("button", name="Klaar, stuur het door").click()
    expect(page.locator("main")).to_contain_text(TYPED)


def test_saying_yes_on_a_phone_and_the_link_of_yesterday(town: Town, open_as: OpenAs, form: str) -> None:
    noor = open_as("vrijwilliger")
    fill_in(noor, form)
    send(noor)
    expect(noor.locator("main")).to_contain_text("Uitgenodigd")
    town.deliver()
    mila = open_as("", phone=True)
    mila.goto("/demo/postvak")
    mila.get_by_role("link", name=SUBJECT).tap()
    link = mila.locator(".prose a[href*='/uitnodiging/']").get_attribute("href") or ""
    mila.goto(link)
    expect(mila.locator("h1")).to_have_text("Doe je mee, Mila?")
    yes = mila.get_by_role("button", name="Ja, ik doe mee")
    place = yes.bounding_box()
    assert place is not None
    assert place["y"] + place["height"] < PHONE["height"]  # in reach of a thumb, without scrolling
    mila.get_by_text("Wat je dan kan").tap()
    expect(mila.get_by_text("Antwoorden voor je vereniging")).to_be_visible()
    assert found_in_both_themes(mila) == []
    mila.set_viewport_size({"width": 320, "height": 640})
    assert mila.evaluate(WIDER) == []
    yes.tap()
    expect(mila.locator("h1")).to_have_text("Welkom bij Brug")
    mila.goto("/")
    expect(mila.locator("h1")).to_have_text("Dag Mila")
    expect(mila.locator("main")).to_contain_text("zoekt een plek")

    somebody = open_as("", phone=True)
    somebody.goto(link)
    expect(somebody.get_by_role("button", name="Ja, ik doe mee")).to_have_count(0)
    expect(somebody.get_by_role("link", name="Naar de aanmeldpagina")).to_be_visible()


def test_leaving_one_by_one(open_as: OpenAs, form: str) -> None:
    noor = open_as("vrijwilliger", phone=True)
    people = form.removesuffix("/uitnodigen")
    noor.goto(people)
    row = noor.locator(".item", has_text="Lowie Segers")
    row.get_by_role("link", name="Laat stoppen").tap()
    noor.locator("#ends_on").fill("2020-01-01")
    noor.get_by_role("button", name="Noteer de laatste dag").tap()
    expect(noor.locator("#ends_on-error")).to_contain_text("vandaag of later")
    expect(noor.locator("#ends_on")).to_have_value("2020-01-01")
    noor.get_by_role("button", name="Stop nu").tap()
    noor.wait_for_url(f"**{people}")
    expect(noor.locator("main")).not_to_contain_text("Lowie Segers")
    noor.locator(".item", has_text="Noor Van Damme").get_by_role("link", name="Laat stoppen").tap()
    expect(noor.locator("main .note")).to_contain_text("Verder is hier niemand aanspreekpunt.")

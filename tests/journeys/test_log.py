"""A lesson is found by a form of a word that it does not contain: while somebody types, and by a shared address."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs

LESSON = "Een wachtlijst zonder datum voelt als nee"
TYPED = "wachtlijsten"


def is_found(page: Page) -> None:
    """The lesson is among what was found, the word is not in it, and its story opens."""
    card = page.locator(".lesson-card", has_text=LESSON)
    expect(card).to_be_visible()
    card.locator("summary").click()
    expect(card.get_by_text("Wat er gebeurde")).to_be_visible()
    expect(card).not_to_contain_text(TYPED, ignore_case=True)


def test_a_lesson_is_found_by_another_form_of_its_word(open_as: OpenAs) -> None:
    page = open_as("vrijwilliger")
    page.get_by_role("navigation").get_by_role("link", name="Leren").click()
    page.get_by_role("searchbox", name="Zoek in de lessen").press_sequentially(TYPED)
    page.wait_for_url(f"**/leren?q={TYPED}")
    is_found(page)
    shared = urlsplit(page.url)
    page.get_by_text("Soort", exact=True).click()
    page.locator(".chip-menu[open] a").first.click()
    page.wait_for_url("**soort=**")
    assert f"q={TYPED}" in page.url

    other = open_as("welzijnswerker", phone=True, java_script_enabled=False)
    other.goto(f"{shared.path}?{shared.query}")
    expect(other.get_by_role("searchbox")).to_have_value(TYPED)
    is_found(other)

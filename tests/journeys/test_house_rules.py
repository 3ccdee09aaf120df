"""Minding the house rules by keyboard alone: a lesson is flagged and somebody decides; axe finds nothing."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs
from tests.journeys.test_axe import found_in_both_themes
from tests.journeys.test_keyboard import choose_one, press, reach

LESSON = "Sta op tijd aan de poort"
WORDS = "Hebben we dit zelf gezien?"
WHY = "Dit staat er te precies."


def go(page: Page, name: str, *, exact: bool = False) -> None:
    """Tab to a link and follow it; what opens says what it is."""
    press(page, page.get_by_role("main").get_by_role("link", name=name, exact=exact))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("load")


def test_a_lesson_is_flagged_and_decided_about_by_keyboard(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto(f"/leren?q={LESSON}")
    go(page, LESSON)
    go(page, "Dit hoort hier niet", exact=True)
    assert found_in_both_themes(page) == []
    press(page, page.get_by_role("button", name="Verstuur"))
    expect(page.locator("#rule-error")).to_be_visible()
    expect(page.get_by_role("group", name="Over welke huisregel gaat het?")).to_have_accessible_description(
        "Kies de regel waarover het gaat."
    )
    expect(page.locator("input[name=rule]").first).to_be_focused()
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=rule]").nth(4)).to_be_checked()
    reach(page, page.get_by_label("Wat valt je op?"))
    page.keyboard.type(WORDS)
    press(page, page.get_by_role("button", name="Verstuur"))
    expect(page.get_by_role("status").filter(has_text="Dankjewel")).to_be_visible()

    desk = open_as("facilitator")
    press(desk, desk.locator("main a[href='/leren/meldingen']").first)
    expect(desk.get_by_role("heading", name="Gemelde teksten")).to_be_visible()
    press(desk, desk.get_by_role("main").get_by_role("link", name="Les", exact=True).nth(1))
    expect(desk.get_by_text(WORDS)).to_be_visible()
    choose_one(desk, "outcome", "folded")
    press(desk, desk.get_by_role("button", name="Beslis"))
    expect(desk.locator("#why-error")).to_be_visible()
    assert found_in_both_themes(desk) == []
    expect(desk.get_by_label("Waarom?")).to_be_focused()
    desk.keyboard.type(WHY)
    press(desk, desk.get_by_role("button", name="Beslis"))
    expect(desk.get_by_role("heading", name="Gemelde teksten")).to_be_visible()

    page.goto(f"/leren?q={LESSON}")
    expect(page.locator(".lesson-card")).to_have_count(0)
    page.goto("/meldingen")
    go(page, "Er is gekeken naar wat je meldde.")
    expect(page.get_by_text(WHY)).to_be_visible()
    assert found_in_both_themes(page) == []

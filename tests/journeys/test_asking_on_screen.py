"""Asking a question at a screen: what the page does while somebody taps and types."""

import re

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import OpenAs


def begin(page: Page) -> None:
    """The first step, up to the wishes."""
    page.goto("/toeleidingen/nieuw")
    page.get_by_label("12 tot 14 jaar").check()
    page.get_by_role("button", name="Naar de wensen").click()
    page.wait_for_url("**/wensen")


def wish(page: Page) -> None:
    """The second step, up to the match."""
    page.get_by_label("buiten zijn").check()
    page.get_by_role("checkbox", name=re.compile("^Betrouwbaar")).check()
    page.get_by_role("button", name="Bekijk wat past").click()
    page.wait_for_url("**/match")


def test_a_distance_brings_what_helps(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker", phone=True)
    begin(page)
    help_ = page.get_by_label("Kan met een vriend komen")
    expect(help_).not_to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^Betrouwbaar")).check()
    expect(help_.locator("..")).to_be_visible()


def test_typing_warns_and_is_kept_on_the_server_alone(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    begin(page)
    words = page.get_by_label("In eigen woorden")
    words.fill("Bel gerust naar 0470 12 34 56 als het kan")
    expect(page.locator("[data-care-note]")).to_contain_text("Dit lijkt op een telefoonnummer")
    words.fill("Ik wil buiten zijn en vrienden maken")
    expect(page.locator("[data-care-note]")).to_be_hidden()
    with page.expect_response("**/bewaar") as kept:
        words.blur()
    assert kept.value.status == 204
    expect(page.locator(".draft-status")).to_contain_text(re.compile(r"Bewaard, \d+\.\d\d uur"))
    words.fill("Ik wil buiten zijn en vrienden maken, ook als het regent")
    with page.expect_response("**/bewaar") as again:
        words.blur()
    assert again.value.status == 204
    assert "buiten" not in page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    expect(page.get_by_label("In eigen woorden")).to_have_value(re.compile("ook als het regent"))


def test_choosing_counts_along_on_both_screens(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    begin(page)
    wish(page)
    bar = page.locator("#referrals-match-bar")
    expect(bar).to_contain_text("0 gekozen")
    page.locator("label.choose").nth(0).click()
    expect(bar).to_contain_text("1 gekozen")
    page.locator("label.choose").nth(1).click()
    expect(bar).to_contain_text("2 gekozen")
    page.get_by_role("link", name="Samen kijken, groot").click()
    expect(page.locator(".door-tile.chosen")).to_have_count(2)
    page.locator(".door-tile").nth(0).get_by_role("button", name="Leuk").click()
    expect(page.locator(".big-foot")).to_contain_text("Je koos er 1")
    expect(page.locator(".door-tile").nth(0).get_by_role("button", name="Leuk")).to_be_focused()
    page.get_by_role("link", name="Vraag het hier").click()
    page.get_by_role("button", name="Vraag het aan 1 plek").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is onderweg")


def test_finding_an_alias_changes_the_list_and_not_the_address(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto("/toeleidingen")
    page.get_by_role("searchbox").fill("bestaat niet")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.locator("#referrals-list")).to_contain_text("Niets gevonden")
    assert page.url.endswith("/toeleidingen")


def test_a_slow_answer_shows_a_busy_button_and_breaks_no_rule(open_as: OpenAs) -> None:
    """What takes the place of a busy button gets its attributes from htmx; a style among them would be refused."""
    page = open_as("welzijnswerker")
    begin(page)
    wish(page)
    page.goto(page.url.replace("/match", "/samen"))
    waiting: list[Route] = []
    page.route("**/samen**", lambda route: waiting.append(route))
    tile = page.locator(".door-tile button[aria-pressed=false]").first
    width = tile.bounding_box()["width"]
    tile.click()
    busy = page.locator("button.busy")
    expect(busy).to_have_attribute("aria-disabled", "true")
    assert busy.bounding_box()["width"] >= width
    before = page.locator("[aria-pressed=true]").count()
    waiting.pop().continue_()
    expect(page.locator("[aria-pressed=true]")).to_have_count(before + 1)
    expect(page.locator("[data-width], .busy")).to_have_count(0)

"""The board of a plan: moved by keyboard alone, by dragging, and by two people at once."""

import re

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import OpenAs
from tests.journeys.test_keyboard import press, reach


def open_board(page: Page) -> None:
    """Go to the board of the plan of Elsterveer."""
    page.goto("/plannen")
    page.get_by_role("link", name="Vrije tijd voor iedereen").click()
    page.get_by_role("link", name="Bord", exact=True).click()
    expect(page.locator(".board")).to_be_visible()


def test_a_card_goes_over_the_board_by_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as("jeugddienst")
    open_board(page)
    first = page.locator(".column-planned .board-card").first
    title = first.locator("h3").inner_text()
    card = page.locator(".board-card", has_text=title)
    press(page, card.locator("summary"))
    press(page, card.get_by_role("button", name="Bezig"))
    expect(page.locator(".column-busy")).to_contain_text(title)
    expect(page.locator("#announce")).to_have_text(f"“{title}” staat nu in: Bezig.")
    expect(card.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    press(page, card.get_by_role("button", name="Losgelaten"))
    page.wait_for_url(re.compile("naar=dropped"))
    expect(page.locator("input[name=status][value=dropped]")).to_be_checked()
    reach(page, page.locator("#words"))
    page.keyboard.type("Niemand had op dat uur een sleutel van het lokaal.")
    press(page, page.get_by_role("button", name="Bewaar"))
    expect(page.locator("main")).to_contain_text("Wat we leerden")


def test_a_card_is_dragged_and_whoever_comes_second_sees_where_it_went(open_as: OpenAs) -> None:
    one, other = open_as("jeugddienst"), open_as("jeugddienst")
    for page in (one, other):
        open_board(page)
    card = one.locator(".column-busy .board-card").first
    title = card.locator("h3").inner_text()
    card.drag_to(one.locator(".column-done h2"))
    expect(one.locator(".column-done")).to_contain_text(title)
    expect(one.locator("#announce")).to_have_text(f"“{title}” staat nu in: Klaar.")
    one.reload()
    expect(one.locator(".column-done")).to_contain_text(title)
    late = other.locator(".board-card", has_text=title)
    late.locator("summary").click()
    late.get_by_role("button", name="Zit vast").click()
    expect(other.locator("#plans-board .note")).to_contain_text(f"“{title}” staat nu in: Klaar.")
    expect(other.locator(".column-done")).to_contain_text(title)


def test_while_the_server_thinks_about_a_card_no_other_is_dragged(open_as: OpenAs) -> None:
    page = open_as("jeugddienst")
    open_board(page)
    cards = page.locator(".column-busy .board-card h3")
    first, second = cards.nth(0).inner_text(), cards.nth(1).inner_text()
    waiting: list[Route] = []
    page.route("**/plannen/acties/**", lambda route: waiting.append(route))
    page.locator(".board-card", has_text=first).drag_to(page.locator(".column-done h2"))
    expect(page.locator("[aria-busy=true] .board, .board[aria-busy=true]")).to_be_visible()
    page.locator(".board-card", has_text=second).drag_to(page.locator(".column-done h2"))
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(page.locator(".column-done")).to_contain_text(first)
    page.reload()
    expect(page.locator(".column-done")).to_contain_text(first)
    expect(page.locator(".column-busy")).to_contain_text(second)

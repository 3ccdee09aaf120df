"""Focus, news, toasts, dialogs and menus."""

from playwright.sync_api import Page, expect

from tests.web.behaviours.site import open_page


def test_a_form_that_is_sent_back_shows_and_focuses_what_is_wrong(page: Page) -> None:
    open_page(page, "wrong")
    page.click("form button")
    expect(page.locator(".error-summary")).to_be_focused()


def test_after_a_row_goes_the_focus_moves_to_the_next_row(page: Page) -> None:
    open_page(page, "rows")
    page.get_by_role("button", name="Weg 2").press("Enter")
    expect(page.get_by_role("button", name="Weg 3")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Weg 1")).to_be_focused()


def test_news_is_announced_and_the_focus_stays(page: Page) -> None:
    open_page(page, "rows")
    page.press("#count-button", "Enter")
    expect(page.locator("#announce")).to_have_text("3 gevonden")
    expect(page.locator("#count-button")).to_be_focused()


def test_a_toast_goes_after_eight_seconds_unless_somebody_is_there(page: Page) -> None:
    page.clock.install()
    open_page(page, "toast")
    page.press("#make", "Enter")
    toast = page.locator("#toast")
    expect(toast).to_be_visible()
    toast.get_by_role("button").focus()
    page.clock.fast_forward(60_000)
    expect(toast).to_be_visible()
    page.locator("#make").focus()
    page.clock.fast_forward(8_100)
    expect(toast).to_have_count(0)


def test_a_toast_can_be_closed(page: Page) -> None:
    open_page(page, "toast")
    page.click("#make")
    page.click("#toast button")
    expect(page.locator("#toast")).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()


def test_a_dialog_opens_over_the_page_and_gives_the_focus_back(page: Page) -> None:
    open_page(page, "dialog")
    page.click("text=Meer")
    expect(page.get_by_role("button", name="Sluit")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("text=Meer")).to_be_focused()

    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sluit").click()
    expect(page.locator("text=Meer")).to_be_focused()
    assert page.url.endswith("/dialog")


def test_a_menu_closes_by_escape_and_by_a_click_beside_it(page: Page) -> None:
    open_page(page, "menu")
    menu = page.locator("details")
    page.click("summary")
    page.locator("details a").focus()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(page.locator("summary")).to_be_focused()
    page.click("summary")
    page.click("#beside")
    expect(menu).not_to_have_attribute("open", "")


def test_buttons_that_need_the_browser_show_when_it_can(page: Page) -> None:
    open_page(page, "menu")
    expect(page.locator("[data-print]")).to_be_visible()
    expect(page.locator("[data-speak]")).to_be_visible(visible=page.evaluate("'speechSynthesis' in window"))

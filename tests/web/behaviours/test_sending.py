"""Sending a form: once, with the token of the page, and never into the void."""

from playwright.sync_api import Browser, Page, expect

from tests.web.behaviours.site import CANARY, Site, open_page


def test_htmx_swaps_and_sends_the_token_of_the_page(page: Page, site: Site) -> None:
    open_page(page, "save")
    page.fill("textarea", "Hij kookt graag")
    page.click("button:has-text('Bewaar')")

    expect(page.locator("p#thing")).to_have_text("Bewaard")
    assert site.posts == [("/save", {"csrf_token": ["token-1"], "text": ["Hij kookt graag"]}, "token-1")]
    assert page.evaluate("typeof busy + typeof dialog") == "undefinedundefined"


def test_the_policy_of_these_tests_does_bite(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.address)
    lines: list[str] = []
    page.on("console", lambda line: lines.append(line.text))
    page.goto("/page/noor/empty")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_timeout(100)
    page.close()
    assert any("Content Security Policy" in line for line in lines)


def test_a_pressed_button_goes_busy_and_a_second_press_sends_nothing(page: Page, site: Site) -> None:
    open_page(page, "slow")
    page.fill("textarea", "iets")
    button = page.locator("form#thing button")
    button.click()
    button.evaluate("button => { button.click(); button.form.requestSubmit() }")

    expect(button).to_have_text("Even geduld")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#thing[aria-busy=true]")).to_be_visible()
    expect(page.locator("p#thing")).to_have_text("Bewaard")
    assert len(site.sent("/slow")) == 1


def test_a_plain_form_is_sent_once_too(page: Page, site: Site) -> None:
    open_page(page, "plain")
    page.evaluate("document.querySelector('#b').click(); document.querySelector('#b').click()")
    page.wait_for_url("**/slow")
    assert len(site.sent("/slow")) == 1


def test_a_failing_answer_leaves_the_form_and_gives_the_button_back(page: Page, site: Site) -> None:
    open_page(page, "broken")
    page.fill("textarea", CANARY)
    page.click("form button")

    expect(page.get_by_role("alert")).to_have_text("Dit lukte niet. Je tekst staat er nog.")
    expect(page.locator("textarea")).to_have_value(CANARY)
    expect(page.locator("form button")).to_have_text("Bewaar")
    expect(page.locator("form button")).not_to_have_attribute("aria-disabled", "true")
    page.click("form button")
    expect(page.get_by_role("alert")).to_have_count(1)
    assert len(site.sent("/broken")) == 2


def test_without_a_connection_nothing_is_sent_and_the_text_stays(page: Page, site: Site) -> None:
    open_page(page, "plain")
    expect(page.locator("[data-offline-note]")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.locator("[data-offline-note]")).to_be_visible()
    page.click("#b")
    expect(page.get_by_role("alert")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-offline-note]")).to_be_hidden()
    page.click("#b")
    page.wait_for_url("**/slow")
    assert len(site.sent("/slow")) == 1

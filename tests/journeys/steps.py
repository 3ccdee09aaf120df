"""What people do in the journeys, step by step, as they would: by what stands on the page."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.support.live import Town

ROERDOMP = "Jeugdbeweging De Roerdomp"
STERRENPAD = "Jeugdbeweging Sterrenpad"
WISH = "Graag buiten spelen, kampen bouwen en koken op vuur."


def pick(page: Page, name: str, value: str) -> Locator:
    """The label of one choice: what somebody taps."""
    return page.locator(f"label:has(input[name='{name}'][value='{value}'])")


def start_question(page: Page) -> str:
    """The first step; afterwards the wishes are open. Returns the path of the question."""
    page.goto("/toeleidingen/nieuw")
    pick(page, "age_band", "9-11").click()
    pick(page, "support_level", "2").click()
    page.locator("button[form=who-form]:not([data-turn])").click()
    page.wait_for_url("**/wensen")
    return re.sub(r"^https?://[^/]+|/wensen$", "", page.url)


def fill_in_wishes(page: Page, words: str = WISH) -> None:
    """The second step, not sent yet."""
    for interest in ("outdoors", "play", "campfire"):
        pick(page, "interests", interest).click()
    page.locator("#own_words").fill(words)
    for name, value in (("days", "sat"), ("days", "sun"), ("parts_of_day", "afternoon"), ("price_ceiling", "some")):
        pick(page, name, value).click()
    pick(page, "travel", "bike").click()
    page.locator("label:has(input[name=distances][value=trust])").first.click()


def send_wishes(page: Page) -> None:
    """On to what fits."""
    page.locator("button[form=wishes-form]:not([formaction])").click()
    page.wait_for_url("**/match")


def choose_offers(page: Page, *organisations: str) -> None:
    """Choose these in the third step and go on to the fourth."""
    for organisation in organisations:
        page.locator("article.match", has_text=organisation).locator("label.choose").click()
    page.locator("button[form=match-form][value=ask]").click()
    page.wait_for_url("**/nakijken")


def ask(page: Page, *organisations: str) -> str:
    """A question from nothing to sent. Returns its path."""
    path = start_question(page)
    fill_in_wishes(page)
    send_wishes(page)
    choose_offers(page, *organisations)
    page.locator("button[form=send-form]:not([data-turn])").click()
    page.wait_for_url("**/gevraagd")
    return path


def open_mail(page: Page, town: Town, subject: str, links: int = 1) -> None:
    """Open the newest mail of this subject in the mailbox of the demo, and follow the last of its links."""
    town.deliver()
    page.goto("/demo/postvak")
    page.get_by_role("link", name=subject).first.click()
    found = page.locator(".prose a[href*='/v/']")
    expect(found).to_have_count(links)
    found.last.click()


def answer_yes(page: Page) -> None:
    """From the question to a yes: two taps, everything is filled in."""
    page.locator("a.answer-ja").click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("jullie verwachten")


def choose(page: Page, path: str, organisation: str, words: str = "") -> None:
    """Choose one of the answers together."""
    page.goto(f"{path}/kiezen")
    page.locator("article", has_text=organisation).locator("label.door-pick").click()
    if words:
        page.locator("#words").fill(words)
    page.locator("main button[form=choose]").click()
    page.wait_for_url(f"**{path}")


def agree(page: Page, path: str, name: str, contact: str) -> None:
    """Write the agreement down, with the card."""
    page.goto(f"{path}/akkoord")
    pick(page, "agreed_by", "both").click()
    pick(page, "agreed_how", "together").click()
    page.locator("#name").fill(name)
    page.locator("label:has(input[name=route])").first.click()
    page.locator("#contact").fill(contact)
    page.locator("label:has(#understood)").click()
    page.locator("main form .form-actions button[type=submit]").click()
    page.wait_for_url(f"**{path}")


def arrives(page: Page, step: str) -> None:
    """Wait for a step by its address: the second press stops the way to the page that the first one began."""
    expect(page).to_have_url(re.compile(f"/{step}$"))

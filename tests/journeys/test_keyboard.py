"""The whole way with the keyboard alone: everything can be reached, the focus is always seen and never lost."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.conftest import OpenAs
from tests.journeys.steps import ROERDOMP
from tests.support.live import Town

MOST_STOPS = 150

# The focus is drawn on the control itself, on what it spreads over its row, or on the label that stands for it.
DRAWN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'the focus is lost';
  if (!one.matches(':focus-visible')) return `not focus-visible: ${one.outerHTML.slice(0, 120)}`;
  const styles = [[one], [one, '::after'], [one.closest('label')]].filter(([each]) => each);
  const drawn = styles.some(([each, part]) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each, part);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return drawn ? '' : `no outline: ${one.outerHTML.slice(0, 120)}`;
}"""


def reach(page: Page, wanted: Locator) -> None:
    """Tab to it; at every stop the focus is drawn."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(DRAWN) == ""
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{wanted} cannot be reached")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Tab to it and press."""
    reach(page, wanted)
    page.keyboard.press(key)


def choose_one(page: Page, name: str, value: str) -> None:
    """Tab to a group of radio buttons and go to one with the arrows."""
    group = page.locator(f"input[name={name}]")
    wanted = page.locator(f"input[name={name}][value='{value}']")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(DRAWN) == ""
        if page.evaluate("document.activeElement.name") == name:
            break
    page.keyboard.press("Space")
    for _ in range(group.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()


def test_a_question_is_asked_and_answered(town: Town, open_as: OpenAs) -> None:
    page = open_as("")
    page.goto("/aanmelden")
    press(page, page.locator("form[action='/demo/als/welzijnswerker'] button"))
    page.wait_for_url("**/")

    page.goto("/toeleidingen/nieuw")
    choose_one(page, "age_band", "9-11")
    press(page, page.locator("button[form=who-form]:not([data-turn])"))
    page.wait_for_url("**/wensen")
    for name, value in (("interests", "outdoors"), ("interests", "campfire")):
        press(page, page.locator(f"input[name={name}][value={value}]"), "Space")
    reach(page, page.locator("#own_words"))
    page.keyboard.type("Graag buiten.")
    press(page, page.locator("input[name=days][value=sun]"), "Space")
    press(page, page.locator("input[name=distances][value=trust]"), "Space")
    press(page, page.locator("button[form=wishes-form]:not([formaction])"))
    page.wait_for_url("**/match")
    press(page, page.locator("article.match", has_text=ROERDOMP).locator("input[name=offers]"), "Space")
    expect(page.locator("#referrals-match-bar")).to_contain_text("1 gekozen")
    assert page.evaluate(DRAWN) == ""
    press(page, page.locator("button[form=match-form][value=ask]"))
    page.wait_for_url("**/nakijken")
    press(page, page.locator("button[form=send-form]:not([data-turn])"))
    page.wait_for_url("**/gevraagd")

    contact = open_as("")
    steps.open_mail(contact, town, f"Er is een vraag voor {ROERDOMP}")
    contact.wait_for_url("**/antwoord/*")
    expect(contact.locator("a.answer-ja")).to_be_visible()
    contact.wait_for_load_state("load")
    press(contact, contact.locator("a.answer-ja"))
    contact.wait_for_url("**/ja")
    press(contact, contact.locator("main form button[type=submit]"))
    expect(contact.locator(".thanks h1")).to_be_visible()


def test_the_skip_link_goes_past_the_menu(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto("/aanbod")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_a_filter_keeps_the_focus(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto("/aanbod")
    sunday = page.locator("input[name=day][value=sun]")
    press(page, sunday, "Space")
    page.wait_for_url("**day=sun**")
    expect(page.locator("#directory-offers .chosen .chip")).to_have_count(1)
    expect(sunday).to_be_focused()
    assert page.evaluate(DRAWN) == ""


def test_looking_together_keeps_the_focus(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    steps.start_question(page)
    steps.fill_in_wishes(page)
    steps.send_wishes(page)
    page.goto(page.url.replace("/match", "/samen"))
    before = page.locator("[aria-pressed=true]").count()
    press(page, page.locator(".door-tile button[aria-pressed=false]").first)
    expect(page.locator("[aria-pressed=true]")).to_have_count(before + 1)
    assert page.evaluate("document.activeElement !== document.body")


def test_a_menu_and_a_dialog_give_the_focus_back(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto("/aanbod")
    me = page.locator(".me-button")
    press(page, me)
    expect(page.locator("#me-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#me-panel")).to_be_hidden()
    expect(me).to_be_focused()


def test_an_error_takes_the_focus_to_what_must_be_mended(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto("/toeleidingen/nieuw")
    press(page, page.locator("button[form=who-form]:not([data-turn])"))
    expect(page.locator("#age_band-error")).to_be_visible()
    expect(page.locator("input[name=age_band]").first).to_be_focused()

"""The warning while typing finds what the server finds, and never blocks."""

from playwright.sync_api import Page

from tests.vocabulary.test_care import SAMPLES, SAYS_ONE
from tests.web.behaviours.site import Site, open_page


def test_the_care_warning_finds_the_same_as_the_server(page: Page, site: Site) -> None:
    page.clock.install(time="2026-11-18T14:32:00")
    open_page(page, "care")
    note = page.locator("[data-care-note]")
    for text, kinds in SAMPLES:
        page.fill("textarea", text)
        page.clock.fast_forward(500)
        assert note.is_visible() is bool(kinds), text
        assert set((note.text_content() or "").split()) == {f"<{kind}>" for kind in kinds}, text
    assert site.posts == []


def test_the_care_warning_knows_the_names_that_stay_unknown(page: Page) -> None:
    page.clock.install(time="2026-11-18T14:32:00")
    open_page(page, "care-never")
    for text, says in SAYS_ONE:
        page.fill("textarea", text)
        page.clock.fast_forward(500)
        assert page.locator("[data-care-note]").is_visible() is says, text


def test_the_care_warning_says_nothing_of_words_that_stood_there_already(page: Page) -> None:
    page.clock.install(time="2026-11-18T14:32:00")
    open_page(page, "care-kept")
    note = page.locator("[data-care-note]")
    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:after:swap', { detail: { ctx: {} } }))")
    assert not note.is_visible()
    page.locator("textarea").press("End")
    page.keyboard.type("!")
    page.clock.fast_forward(500)
    assert note.is_visible()


def test_the_care_warning_never_blocks_on_long_hostile_text(page: Page) -> None:
    open_page(page, "care")
    for piece in ("a", "a@", "1 ", "1.1.", "A a ", "x straat ", " "):
        took = page.evaluate(
            """async (text) => {
                const field = document.querySelector("textarea");
                field.value = text;
                field.dispatchEvent(new Event("input", { bubbles: true }));
                await new Promise((resolve) => setTimeout(resolve, 390));
                const started = performance.now();
                await new Promise((resolve) => setTimeout(resolve, 30));
                return performance.now() - started;
            }""",
            piece * (50_000 // len(piece)),
        )
        assert took < 1000, piece

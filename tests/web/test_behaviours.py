"""The behaviours of `static/js` in a real browser, under the real content security policy.

The pages are small and static on purpose: what is tested is the promise each data attribute makes. Every test also
proves, when it ends, that the policy was not violated and that no script failed.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.browser import launch_arguments
from tests.vocabulary.test_care import ALLOW, SAMPLES
from webapp.vocabulary.care import CareKind
from webapp.web import assets

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
CANARY = "Kanarievogel in de tekst"

LAYOUT = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{name}</title>
<meta name="csrf-token" content="token-1">{owner}
<link rel="stylesheet" href="/static/app.css"><script src="/static/app.js" defer></script></head>
<body data-busy="Even geduld"><main><h1 tabindex="-1">{name}</h1>{body}</main>
<p data-offline-note hidden>Geen verbinding</p><div id="announce" aria-live="polite"></div><div id="flash"></div>
<template data-failed-note><div role="alert">Dit lukte niet. Je tekst staat er nog.</div></template>
<dialog id="session-dialog" data-session-check="/session"><h2>Je was even weg</h2><q data-session-text></q>
<p data-session-still hidden>Nog niet aangemeld</p><button data-session-continue>Ga verder</button></dialog>
</body></html>"""

SAVE = """<form id="thing" method="post" action="/{to}" hx-post="/{to}" hx-target="#thing" hx-swap="outerHTML"
{more}><input type="hidden" name="csrf_token" value="token-1"><textarea name="text"></textarea>
<p><button><span>Bewaar</span></button></p></form>"""

DRAFT = """<form method="post" action="/save" data-draft="wish" data-draft-url="/draft" {more}
data-draft-saved="Bewaard, {{time}} uur" data-draft-device="Bewaard op dit toestel, {{time}} uur"
data-draft-restored="Teruggezet" data-draft-failed="Nog niet bewaard">
<input type="hidden" name="csrf_token" value="token-1"><textarea name="text"></textarea><input name="other">
<p class="draft-status quiet"></p><button>Stuur</button></form><a href="/page/empty">weg</a>"""

CARE = """<form><div class="field"><textarea data-care="" data-care-allow="{allow}" {messages}></textarea>
<p data-care-note role="alert" hidden><span data-care-text></span></p></div></form>"""

PAGES = {
    "empty": "<p>leeg</p>",
    "save": SAVE.format(to="save", more=""),
    "slow": SAVE.format(to="slow", more=""),
    "broken": SAVE.format(to="broken", more=""),
    "wrong": SAVE.format(to="wrong", more=""),
    "ended": SAVE.format(to="ended", more=""),
    "plain": '<form method="post" action="/slow"><button id="b"><span>Bewaar</span></button></form>',
    "draft": DRAFT.format(more=""),
    "draft-names": DRAFT.format(more="data-no-device-copy"),
    "sign-out": '<form method="post" action="/save" data-sign-out><button>Meld af</button></form>',
    "care": CARE.format(
        allow="|".join(ALLOW), messages=" ".join(f'data-care-message-{kind}="<{kind}>"' for kind in CareKind)
    ),
    "dialog": '<a href="/page/empty" data-dialog="#more">Meer</a>'
    '<dialog id="more"><button data-close autofocus>Sluit</button></dialog>',
    "rows": "<ul data-focus-home>"
    + "".join(
        f'<li data-row id="row-{n}"><button hx-post="/gone" hx-target="#row-{n}" hx-swap="delete">Weg {n}</button></li>'
        for n in (1, 2, 3)
    )
    + '</ul><button id="count-button" hx-post="/count" hx-target="#count">Tel</button><p id="count"></p>',
    "toast": '<button id="make" hx-post="/toast" hx-target="#flash" hx-swap="beforeend">Toon</button>',
    "menu": '<details data-menu><summary>Menu</summary><a href="/page/empty">x</a></details><p id="beside">naast</p>'
    '<button hidden data-print>Druk af</button><button hidden data-speak="main">Lees voor</button>',
}


@dataclass
class Site:
    """What the little server was asked, and how it answers."""

    address: str
    dist: Path
    posts: list[tuple[str, dict[str, list[str]], str]] = field(default_factory=list)
    signed_in: bool = True

    def sent(self, path: str) -> list[dict[str, list[str]]]:
        """The forms that were posted to `path`."""
        return [form for to, form, _ in self.posts if to == path]


def make_handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def answer(self, body: str, status: int = 200, kind: str = "text/html", **headers: str) -> None:
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Cache-Control", "no-store")
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            parts = self.path.split("/")
            if parts[1] == "static" and len(parts) == 3 and parts[2] in ("app.js", "app.css"):
                kind = "text/javascript" if parts[2] == "app.js" else "text/css"
                self.answer((site.dist / assets.load(site.dist)[parts[2]]).read_text(), kind=kind)
            elif parts[1] == "page":
                owner = "" if parts[2] == "guest" else f'<meta name="draft-owner" content="{parts[2]}">'
                self.answer(LAYOUT.format(name=parts[-1], owner=owner, body=PAGES[parts[-1]]))
            elif parts[1] == "session" and site.signed_in:
                self.answer("{}", kind="application/json", X_CSRFToken="token-2", X_Draft_Owner="noor")
            else:
                self.answer("", 401 if parts[1] == "session" else 404)

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            site.posts.append((self.path, parse_qs(text), self.headers.get("X-CSRFToken", "")))
            match self.path:
                case "/draft":
                    self.answer("", 204)
                case "/slow":
                    time.sleep(0.7)
                    self.answer('<p id="thing">Bewaard</p>')
                case "/broken":
                    self.answer("<h1>Stuk</h1>", 500)
                case "/wrong":
                    self.answer(
                        '<form id="thing"><div class="error-summary" tabindex="-1">Er ontbreekt iets</div></form>', 422
                    )
                case "/ended" if not site.signed_in:
                    self.answer("<h1>Meld je aan</h1>", 401)
                case "/toast":
                    self.answer('<div data-toast id="toast"><p>Bewaard</p><button data-close>Sluit</button></div>')
                case "/count":
                    self.answer('<b data-announce="3 gevonden">3</b>')
                case _:
                    self.answer('<p id="thing">Bewaard</p>')

    return Handler


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("static") / "dist"
    assets.build(assets.STATIC, target)
    return target


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        yield browser
        browser.close()


@pytest.fixture
def site(dist: Path) -> Iterator[Site]:
    site = Site(address="", dist=dist)
    server = ThreadingHTTPServer(("127.0.0.1", 0), make_handler(site))
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.address)
    context.set_default_timeout(5000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert troubles == []


def open_page(page: Page, name: str, owner: str = "noor") -> None:
    page.goto(f"/page/{owner}/{name}")


def type_without_connection(page: Page) -> None:
    open_page(page, "draft")
    page.context.set_offline(True)
    page.fill("textarea", CANARY)
    page.locator("input[name=other]").focus()
    expect(page.locator(".draft-status")).to_contain_text("Bewaard op dit toestel")


def reopened(page: Page) -> Page:
    """The same browser later, with a connection: the first page was closed before it came back."""
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    return again


def storage(page: Page) -> str:
    return page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_htmx_swaps_and_sends_the_token_of_the_page(page: Page, site: Site) -> None:
    open_page(page, "save")
    page.fill("textarea", "Hij kookt graag")
    page.click("button:has-text('Bewaar')")

    expect(page.locator("p#thing")).to_have_text("Bewaard")
    assert site.posts == [("/save", {"csrf_token": ["token-1"], "text": ["Hij kookt graag"]}, "token-1")]
    assert page.evaluate("typeof busy + typeof dialog") == "undefinedundefined"


def test_the_policy_of_these_tests_does_bite(chromium: Browser, site: Site) -> None:
    page = chromium.new_page(base_url=site.address)
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


def test_a_draft_is_saved_four_seconds_after_typing_and_on_leaving_the_field(page: Page, site: Site) -> None:
    page.clock.install(time="2026-11-18T14:32:00")
    open_page(page, "draft")
    page.locator("textarea").press_sequentially("ab")
    page.clock.fast_forward(4_100)
    assert site.sent("/draft") == []

    page.locator("textarea").press_sequentially("c")
    page.clock.fast_forward(4_100)
    expect(page.locator(".draft-status")).to_have_text("Bewaard, 14.32 uur")
    assert [form["text"] for form in site.sent("/draft")] == [["abc"]]
    assert site.posts[0][2] == "token-1"

    page.locator("textarea").press_sequentially("d")
    page.locator("input[name=other]").focus()
    page.wait_for_timeout(200)
    assert [form["text"] for form in site.sent("/draft")] == [["abc"], ["abcd"]]
    assert "brug-draft" not in storage(page)


def test_offline_a_draft_stays_on_the_device_comes_back_and_is_sent_later(page: Page, site: Site) -> None:
    type_without_connection(page)
    assert CANARY in storage(page)
    assert site.sent("/draft") == []

    page.context.set_offline(False)
    expect(page.locator(".draft-status")).to_contain_text("Bewaard,")
    assert [form["text"] for form in site.sent("/draft")] == [[CANARY]]
    assert CANARY not in storage(page)


def test_a_device_copy_is_put_back_for_its_owner(page: Page) -> None:
    type_without_connection(page)
    again = reopened(page)
    open_page(again, "draft")

    expect(again.locator("textarea")).to_have_value(CANARY)
    expect(again.locator(".draft-status")).to_have_text("Teruggezet")


def test_a_device_copy_is_wiped_when_somebody_else_signs_in(page: Page) -> None:
    type_without_connection(page)
    again = reopened(page)
    open_page(again, "empty")
    assert CANARY in storage(again)

    open_page(again, "draft", owner="jef")
    expect(again.locator("textarea")).to_have_value("")
    assert CANARY not in storage(again)


@pytest.mark.parametrize(("name", "owner"), [("draft-names", "noor"), ("draft", "guest")])
def test_where_names_are_typed_and_for_guests_nothing_is_kept_on_the_device(page: Page, name: str, owner: str) -> None:
    open_page(page, name, owner)
    page.context.set_offline(True)
    page.fill("textarea", CANARY)
    page.locator("input[name=other]").focus()
    expect(page.locator(".draft-status")).to_have_text("Nog niet bewaard")
    assert CANARY not in storage(page)


def test_signing_out_wipes_what_the_device_kept(page: Page) -> None:
    type_without_connection(page)
    again = reopened(page)
    open_page(again, "sign-out")
    assert CANARY in storage(again)

    again.click("text=Meld af")
    again.wait_for_url("**/save")
    assert CANARY not in storage(again)


def test_no_text_of_a_page_stays_in_the_browser_after_going_on(page: Page) -> None:
    open_page(page, "draft")
    page.fill("textarea", CANARY)
    page.click("text=weg")
    page.wait_for_url("**/empty")
    assert "Kanarie" not in storage(page)

    open_page(page, "rows")
    page.click("#count-button")
    expect(page.locator("#count")).to_have_text("3")
    page.goto("/page/noor/empty")
    page.go_back()
    assert "gevonden" not in storage(page)


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


def test_when_the_session_has_ended_the_text_stays_and_is_sent_after_signing_in(page: Page, site: Site) -> None:
    site.signed_in = False
    open_page(page, "ended")
    page.fill("textarea", CANARY)
    page.click("form button")

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(CANARY)
    expect(page.locator("textarea")).to_have_value(CANARY)
    page.click("text=Ga verder")
    expect(dialog).to_contain_text("Nog niet aangemeld")

    site.signed_in = True
    page.click("text=Ga verder")
    expect(page.locator("p#thing")).to_have_text("Bewaard")
    expect(dialog).to_be_hidden()
    assert [(form["text"], token) for _, form, token in site.posts] == [([CANARY], "token-1"), ([CANARY], "token-2")]
    assert site.posts[1][1]["csrf_token"] == ["token-2"]


def test_when_somebody_else_signs_in_nothing_is_sent(page: Page, site: Site) -> None:
    site.signed_in = False
    open_page(page, "ended", owner="jef")
    page.fill("textarea", CANARY)
    page.click("form button")
    expect(page.get_by_role("dialog")).to_be_visible()
    site.signed_in = True
    with page.expect_navigation():
        page.click("text=Ga verder")
    expect(page.locator("textarea")).to_have_value("")
    assert len(site.posts) == 1


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

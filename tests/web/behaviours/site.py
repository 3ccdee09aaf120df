"""A little site for the behaviours of `static/js`, served under the real content security policy.

The pages are small and static on purpose: what is tested is the promise each data attribute makes.
"""

import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from tests.vocabulary.test_care import ALLOW, NEVER
from webapp.vocabulary.care import CareKind
from webapp.web import assets

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
    "care-never": CARE.format(allow="", messages='data-care-message-never="<never>"').replace(
        'data-care=""', f'data-care="never" data-care-never="{"|".join(NEVER)}"'
    ),
    "care-kept": CARE.format(allow="", messages='data-care-message-name="<name>"').replace(
        "></textarea>", ">Dat weet Emma wel.</textarea>"
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

"""The headers of every answer: every endpoint by every method, and everything that can go wrong.

What an answer to somebody who may be there carries is looked at by `browse`, in every test that reads a page.
"""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conventions.test_endpoints import urls
from tests.support.browse import Browser, faults_of_headers
from webapp.web.headers import CSP_DOWNLOAD, CSP_PAGE, HEADERS, HSTS

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT")
ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize("who", ["hilde", "guest"])
@pytest.mark.parametrize("method", METHODS)
def test_every_endpoint(app: Flask, browse: Callable[[str], Browser], who: str, method: str) -> None:
    visitor = browse(who)
    faults = []
    for _, url in urls(app, *METHODS):
        answer = visitor.client.open(url, method=method, base_url=visitor.base_url)
        faults += [f"{url} {answer.status_code} {fault}" for fault in faults_of_headers(answer)]
    assert faults == []


def too_large(visitor: Browser) -> TestResponse:
    headers = {"Referer": f"{visitor.base_url}/"}
    form = {"csrf_token": visitor.token(), "name": "x" * 1_000_001}
    return visitor.client.post("/account", data=form, headers=headers, base_url=visitor.base_url)


def too_often(visitor: Browser) -> TestResponse:
    return [visitor.client.get("/aanbod?q=x", base_url=visitor.base_url) for _ in range(31)][-1]


def broken(visitor: Browser) -> TestResponse:
    app = visitor.client.application
    app.view_functions["web.alive"], kept = lambda: "hello", app.view_functions["web.alive"]
    try:
        return visitor.client.get("/healthz", base_url=visitor.base_url)
    finally:
        app.view_functions["web.alive"] = kept


WRONG: dict[str, tuple[int, Callable[[Browser], TestResponse]]] = {
    "no token": (400, lambda one: one.client.post("/account", base_url=one.base_url)),
    "another host": (400, lambda one: one.client.get("/", base_url="https://evil.example")),
    "another site": (403, lambda one: one.client.get("/", headers=ELSEWHERE, base_url=one.base_url)),
    "nothing there": (404, lambda one: one.client.get("/bestaat-niet", base_url=one.base_url)),
    "no such file": (404, lambda one: one.client.get("/static/nothing.css", base_url=one.base_url)),
    "not like that": (405, lambda one: one.client.get("/afmelden", base_url=one.base_url)),
    "too large": (413, too_large),
    "too often": (429, too_often),
    "broken": (500, broken),
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_goes_wrong(browse: Callable[[str], Browser], name: str) -> None:
    status, ask = WRONG[name]
    answer = ask(browse("hilde"))
    assert answer.status_code == status
    assert faults_of_headers(answer) == []


def test_a_static_file_is_as_careful_as_a_page(app: Flask, browse: Callable[[str], Browser]) -> None:
    page = browse("guest").get("/aanmelden").text
    files = set(re.findall(r"/static/[^\"#?]+", page))
    assert len(files) >= 3
    for file in sorted(files):
        with app.test_client().get(file, base_url="https://brug.test") as answer:
            wanted = {**HEADERS, "Content-Security-Policy": CSP_PAGE, "Strict-Transport-Security": HSTS}
            assert {name: answer.headers.get(name) for name in wanted} == wanted, file
            assert answer.headers["Cache-Control"] == "max-age=31536000, immutable", file
            assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_policies_are_exactly_these() -> None:
    """Said once more, so that nobody loosens them in passing."""
    assert CSP_PAGE == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "object-src 'none'; report-uri /csp-report"
    )
    assert CSP_DOWNLOAD == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert HSTS == "max-age=31536000; includeSubDomains"
    assert HEADERS == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }

"""A browser without a screen that checks every page it gets, for free."""

import re
from collections.abc import Callable, Mapping
from contextvars import Context
from datetime import datetime
from functools import cached_property
from functools import partial as partial_call
from hashlib import blake2b
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from webapp.core import clock
from webapp.core.db import db
from webapp.web.headers import CSP_DOWNLOAD, CSP_PAGE, HEADERS, HSTS
from webapp.web.respond import VARY

XHTML = "{http://www.w3.org/1999/xhtml}"
LABELLED = ("input", "select", "textarea")
PICTURES = ("image/jpeg",)


# What differs in every answer and can make no page better or worse: the token of a form, and ids by their number.
_TOKEN = re.compile(r'(name="csrf_token"[^>]*value=")[^"<>&]*"')
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FOUND_GOOD: set[tuple[bool, bytes]] = set()


def _shape(text: str) -> bytes:
    """A page without what differs each time, as a digest: thousands of pages whole would fill the memory. The same id
    keeps the same number, so an id that is there twice shows."""
    numbers: dict[str, str] = {}
    text = _TOKEN.sub(r'\1"', text)
    text = _UUID.sub(lambda found: numbers.setdefault(found[0], f"uuid-{len(numbers)}"), text)
    return blake2b(text.encode(), digest_size=16).digest()


class BadPage(AssertionError):
    """A page that is not good enough for a visitor."""


class Page:
    """One answer, parsed."""

    def __init__(self, response: TestResponse, *, fragment: bool = False) -> None:
        self.response = response
        self.status = response.status_code
        self.text = response.get_data().decode(errors="replace")
        self.location = response.headers.get("Location", "")
        self._fragment = fragment
        shape = (fragment, _shape(self.text))
        if self._is_html and shape not in _FOUND_GOOD:
            self._check(fragment, self._parsed[1])
            _FOUND_GOOD.add(shape)

    @property
    def _is_html(self) -> bool:
        return (self.response.content_type or "").startswith("text/html") and bool(self.text)

    @cached_property
    def _parsed(self) -> tuple[Element, list[Any]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=True)
        html = parser.parseFragment(self.text) if self._fragment else parser.parse(self.text)
        return html, parser.errors

    @property
    def html(self) -> Element | None:
        """The elements of the page; parsed when a test first looks, for parsing takes longer than answering."""
        return self._parsed[0] if self._is_html else None

    def _check(self, fragment: bool, errors: list[Any]) -> None:
        faults = [
            f"html: {code} at {place}" for place, code, _ in errors if code != "expected-doctype-but-got-start-tag"
        ]
        ids = [node.get("id") for node in self.nodes() if node.get("id")]
        faults += [f"id twice: {one}" for one in {one for one in ids if ids.count(one) > 1}]
        faults += [f"no label: {name}" for name in self._unlabelled()]
        faults += [f"errors of {name} on top in another order than on the page" for name in self._out_of_order(ids)]
        if re.search(r"\sstyle=|\son[a-z]+=\"|javascript:|hx-on|hx-vals='js:", self.text):
            faults.append("inline style or script")
        if not fragment:
            headings = [node for node in self.nodes() if node.tag == f"{XHTML}h1"]
            titles = [node for node in self.nodes() if node.tag == f"{XHTML}title" and (node.text or "").strip()]
            faults += ["not exactly one h1"] * (len(headings) != 1) + ["no title"] * (not titles)
        if faults:
            raise BadPage(f"{self.response.request.path}: " + "; ".join(sorted(set(faults))))

    def nodes(self) -> list[Element]:
        """Every element."""
        return [node for node in self.html.iter() if isinstance(node.tag, str)] if self.html is not None else []

    def _unlabelled(self) -> list[str]:
        named = {node.get("for") for node in self.nodes() if node.tag == f"{XHTML}label"}
        wrapped = {id(inner) for node in self.nodes() if node.tag == f"{XHTML}label" for inner in node.iter()}
        return [
            node.get("name") or "?"
            for node in self.nodes()
            if node.tag in {XHTML + name for name in LABELLED}
            and node.get("type") not in ("hidden", "submit")
            and node.get("id") not in named
            and id(node) not in wrapped
            and not node.get("aria-label")
            and not node.get("aria-labelledby")
        ]

    def _out_of_order(self, ids: list[str | None]) -> list[str]:
        """Fields whose mistake stands elsewhere in the summary on top than on the page, or is named there alone."""
        summary = next((node for node in self.nodes() if node.get("id") == "error-summary"), None)
        named = [node.get("href", "#")[1:] for node in summary.iter(f"{XHTML}a")] if summary is not None else []
        shown = [one.removesuffix("-error") for one in ids if one and one.endswith("-error")]
        there = [name for name in shown if name in named]
        lost = [name for name in named if name not in ids]
        return lost + [name for name, other in zip(named, there, strict=False) if name != other]

    def says(self, *texts: str) -> bool:
        """Whether the page shows all of the texts to its reader."""
        shown = self.words
        return all(text in shown for text in texts)

    @property
    def words(self) -> str:
        """What a reader reads, with single spaces."""
        if self.html is None:
            return self.text
        parts = [
            part
            for node in self.nodes()
            if node.tag not in (f"{XHTML}script", f"{XHTML}style")
            for part in (node.text if node.text else "", node.tail if node.tail else "")
        ]
        return " ".join(" ".join("".join(self.html.itertext()).split()).split()) if parts else ""

    def links(self) -> set[str]:
        """Every place that the page leads to: links, forms and htmx requests."""
        found = set()
        for node in self.nodes():
            for name in ("href", "action", "hx-get", "hx-post"):
                target = node.get(name)
                if target and target.startswith("/") and not target.startswith("/static/"):
                    found.add(target)
        return found

    def form(self, action: str | None = None) -> dict[str, Any]:
        """The fields of the first form (with this action) as they would be sent now."""
        for form in self.nodes():
            if form.tag == f"{XHTML}form" and action in (None, form.get("action")):
                return _fields(form)
        raise BadPage(f"no form {action or ''} on {self.response.request.path}")


def _fields(form: Element) -> dict[str, Any]:
    data: dict[str, list[str]] = {}
    for node in form.iter():
        name = node.get("name") if isinstance(node.tag, str) else None
        if not name:
            continue
        if node.tag == f"{XHTML}textarea":
            data.setdefault(name, []).append("".join(node.itertext()).lstrip("\n"))
        elif node.tag == f"{XHTML}select":
            options = [o for o in node.iter() if o.tag == f"{XHTML}option"]
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            data.setdefault(name, []).extend(o.get("value", "") for o in chosen)
        elif node.tag == f"{XHTML}input":
            kind = node.get("type", "text")
            if kind in ("checkbox", "radio") and node.get("checked") is None:
                continue
            if kind not in ("submit", "file"):
                data.setdefault(name, []).append(node.get("value", ""))
    return {name: values if len(values) > 1 else values[0] for name, values in data.items()}


def _at_the_same_time(moment: datetime | None, ask: Callable[[], TestResponse]) -> TestResponse:
    if moment is None:
        return ask()
    with clock.at(moment):
        return ask()


def faults_of_headers(answer: TestResponse) -> list[str]:
    """What is missing or wrong among the headers that every answer carries, whatever it says."""
    found = answer.headers
    shown = answer.content_type in PICTURES or found.get("Content-Disposition", "").startswith("attachment")
    wanted = {
        **HEADERS,
        "Content-Security-Policy": CSP_DOWNLOAD if shown else CSP_PAGE,
        "Cache-Control": "no-store",
    }
    if answer.request.scheme == "https":
        wanted["Strict-Transport-Security"] = HSTS
    faults = [f"{name}: {found.get(name)}" for name, value in wanted.items() if found.getlist(name) != [value]]
    varies = found.get("Vary", "").removesuffix(", Accept-Encoding")
    faults += [f"Vary: {varies}"] * (varies != VARY)
    return faults + [f"says {name}" for name in ("Server", "X-Powered-By") if name in found]


class Browser:
    """A signed-in (or not) visitor: `get`, `post`, `submit`. Follows no redirect unless asked."""

    def __init__(self, app: Flask, base_url: str) -> None:
        self.client = app.test_client()
        self.base_url = base_url

    def carry(self, cookie: str, value: str) -> None:
        """Have a cookie."""
        self.client.set_cookie(cookie, value, domain=self.base_url.split("//")[1], secure=True)

    def get(self, path: str, *, partial: bool = False, headers: Mapping[str, str] | None = None, **kwargs: Any) -> Page:
        """Open a page, or with `partial` ask for a part of it as htmx does."""
        return self._ask("get", path, partial=partial, headers=headers, **kwargs)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        partial: bool = False,
        headers: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> Page:
        """Send a form with a good token (give `csrf_token` yourself to send another)."""
        data = dict(data or {})
        if "csrf_token" not in data:
            data["csrf_token"] = self.token()
        headers = {"Referer": f"{self.base_url}/", **(headers or {})}
        return self._ask("post", path, partial=partial, headers=headers, data=data, **kwargs)

    def submit(self, page: Page, action: str | None = None, *, to: str | None = None, **changes: Any) -> Page:
        """Send a form of a page back with some fields changed (None leaves a field out)."""
        data = {**page.form(action), **changes}
        data = {name: value for name, value in data.items() if value is not None}
        return self.post(to or action or page.response.request.path, data)

    def follow(self, page: Page) -> Page:
        """Open where a redirect leads."""
        assert page.status in (302, 303), f"{page.status} is no redirect: {page.words[:300]}"
        return self.get(page.location)

    def token(self) -> str:
        """The form token of this visit."""
        return self._ask("get", "/csrf", partial=False, headers=None).text

    def _ask(self, method: str, path: str, *, partial: bool, headers: Mapping[str, str] | None, **kwargs: Any) -> Page:
        db.session.rollback()  # what the test read before must not hold the database while a visitor uses it
        headers = dict(headers or {})
        if partial:
            headers |= {"HX-Request": "true", "HX-Request-Type": "partial"}
        ask = partial_call(getattr(self.client, method), path, base_url=self.base_url, headers=headers, **kwargs)
        response = Context().run(_at_the_same_time, clock.fixed(), ask)  # a visitor shares nothing with the test
        careless = faults_of_headers(response)
        if careless:
            raise BadPage(f"{path}: " + "; ".join(careless))
        whole = response.get_data()[:20].lstrip().lower().startswith(b"<!doctype")
        return Page(response, fragment=partial and not whole)

"""A browser without a screen that checks every page it gets, for free."""

import re
import sys
from collections.abc import Callable, Mapping
from contextvars import Context
from datetime import datetime
from functools import cached_property
from functools import partial as partial_call
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.test import TestResponse

from tests.support import markup
from tests.support.known import Known
from tests.support.markup import XHTML, errors, read, shape
from webapp.core import clock
from webapp.core.db import db
from webapp.web.headers import CSP_DOWNLOAD, CSP_PAGE, HEADERS, HSTS
from webapp.web.respond import VARY

LABELLED = ("input", "select", "textarea")
PICTURES = ("image/jpeg",)


INLINE = (re.compile(r"\s(?:style=|on[a-z]+=\")"), re.compile(r"hx-(?:on|vals='js:)"), re.compile(r"javascript:"))
_found_good: set[bytes] | Known = set()


def remember_good_pages(folder: Path) -> None:
    """Keep the shapes that were found good in a folder, as long as they are looked at in this way."""
    global _found_good
    ways = [Path(file).read_text() for file in (__file__, markup.__file__)]
    _found_good = Known(folder, sys.version, *map(version, ("html5lib", "selectolax")), *ways)


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
        if self._is_html:
            self._see_to_it()

    @property
    def _is_html(self) -> bool:
        return (self.response.content_type or "").startswith("text/html") and bool(self.text)

    @cached_property
    def html(self) -> Element | None:
        """The elements of the page; read when a test first looks, for that takes as long as answering."""
        return read(self.text, fragment=self._fragment) if self._is_html else None

    def _see_to_it(self) -> None:
        """Refuse a page that is not good; of a shape that was found good what can stand in words is looked at."""
        seen = shape(self.text, fragment=self._fragment)
        inline = any(one.search(self.text) for one in INLINE)
        if inline or seen is None or seen not in _found_good:
            self._check(inline)
            if seen is not None:
                _found_good.add(seen)

    def _check(self, inline: bool) -> None:
        faults = [f"html: {error}" for error in errors(self.text, fragment=self._fragment)]
        ids = [node.get("id") for node in self.nodes() if node.get("id")]
        faults += [f"id twice: {one}" for one in {one for one in ids if ids.count(one) > 1}]
        faults += [f"no label: {name}" for name in self._unlabelled()]
        faults += [f"nothing written as None: {name}" for name in self._nothings()]
        faults += [f"errors of {name} on top in another order than on the page" for name in self._out_of_order(ids)]
        faults += ["inline style or script"] * inline
        if not self._fragment:
            headings = [node for node in self.nodes() if node.tag == f"{XHTML}h1"]
            titles = [node for node in self.nodes() if node.tag == f"{XHTML}title" and (node.text or "").strip()]
            faults += ["not exactly one h1"] * (len(headings) != 1) + ["no title"] * (not titles)
        if faults:
            raise BadPage(f"{self.response.request.path}: " + "; ".join(sorted(set(faults))))

    def nodes(self) -> list[Element]:
        """Every element."""
        return list(self.html.iter()) if self.html is not None else []

    def _unlabelled(self) -> list[str]:
        named = {node.get("for") for node in self.nodes() if node.tag == f"{XHTML}label"} - {None}
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

    def _nothings(self) -> list[str]:
        """Attributes in which a None stands as a word: a screen reader takes aria-invalid="None" for a mistake."""
        return [name for node in self.nodes() for name, said in node.items() if said == "None" and name != "value"]

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
        return all(text in self.words for text in texts)

    @cached_property
    def words(self) -> str:
        """What a reader reads, with single spaces."""
        return self.text if self.html is None else " ".join("".join(self.html.itertext()).split())

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


Browse = Callable[[str], Browser]
"""What the fixture `browse` gives: a browser in which somebody is signed in, by the name in the cast."""

"""Journeys happen in Elsterveer, in a real Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.live import Town, served

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}

PATIENCE = 8000

OpenAs = Callable[..., Page]


@pytest.fixture(scope="session")
def elsterveer(in_memory: Path) -> Iterator[Town]:
    """The town, loaded once."""
    folder = in_memory / "town"
    folder.mkdir()
    with served(folder) as town:
        yield town


@pytest.fixture
def town(elsterveer: Town) -> Town:
    """The town as it was loaded."""
    elsterveer.begin_again()
    return elsterveer


@pytest.fixture
def faults() -> list[str]:
    """What browsers complained about in this test."""
    return []


@pytest.fixture
def open_as(town: Town, browser: Browser, faults: list[str]) -> Iterator[OpenAs]:
    """`open_as("vrijwilliger")` is a page of a browser in which this role of the demo is signed in; "" for a guest.

    Whatever breaks our own rules while the page is used (a script error, a refused resource) fails the test.
    """
    contexts: list[BrowserContext] = []

    def open_page(role: str, *, phone: bool = False, language: str = "nl", **options: object) -> Page:
        context = browser.new_context(
            **{
                "base_url": town.url,
                "viewport": PHONE if phone else DESKTOP,
                "locale": "nl-BE",
                "reduced_motion": "reduce",
                "has_touch": phone,
                **options,
            }
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "lang", "value": language, "url": town.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: _note(message.type, message.text, faults))
        if role:
            page.goto("/aanmelden")
            page.locator(f"form[action='/demo/als/{role}'] button").click()
            page.wait_for_url("**/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    assert town.violations == []


def _note(kind: str, text: str, faults: list[str]) -> None:
    """Answers that refuse (422, 409, 404 …) are logged by the browser as errors; those are meant."""
    if kind == "error" and "Failed to load resource" not in text:
        faults.append(text)

"""Axe finds nothing on any page of any role in Dutch, light and dark.

English is made of the same elements in the same colours, so there all components and what a guest sees are enough. The
colours of a page that several roles have are looked at with the first of them.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.journeys.conftest import OpenAs
from tests.journeys.test_narrow import too_narrow
from tests.places import GUEST, pages_of
from tests.support.live import Town
from webapp.core.db import db
from webapp.meetings.lifecycle import DecisionStatus
from webapp.meetings.models import Decision

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe would load beforehand is for sound and for rules that are not among these.
LOOKING = {"resultTypes": ["violations"], "preload": False}
OPTIONS = LOOKING | {"runOnly": {"type": "tag", "values": TAGS}}
COLOURS = LOOKING | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
WITHOUT_COLOURS = OPTIONS | {"rules": {"color-contrast": {"enabled": False}}}
ROLES = (GUEST, "vrijwilliger", "welzijnswerker", "jeugddienst", "facilitator", "beheerder")
MILD = "minor"
SCRIPT = Axe().axe_script


def found(page: Page, theme: str, options: dict[str, object]) -> list[str]:
    """What axe has against the page in one theme, a line for each."""
    if not page.evaluate("'axe' in window"):  # whoever opens many pages lets each bring it along, which is quicker
        page.evaluate(SCRIPT)
    page.emulate_media(color_scheme=theme)
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")  # colours that fade over
    violations = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [
        f"{page.url} {theme} {one['id']}: {node['target']} {node['html'][:160]}"
        for one in violations
        if one["impact"] != MILD
        for node in one["nodes"]
    ]


def found_in_both_themes(page: Page) -> list[str]:
    """The same document in dark has other colours and nothing else, so only those are looked at again."""
    return found(page, "light", OPTIONS) + found(page, "dark", COLOURS)


def found_but_colours(page: Page) -> list[str]:
    """What axe has against the elements: for a page whose colours are looked at elsewhere."""
    return found(page, "light", WITHOUT_COLOURS)


LOOK = {"nl": found_in_both_themes, "en": found_but_colours}


@pytest.mark.parametrize("language", LOOK)
def test_the_page_of_all_components(open_as: OpenAs, language: str) -> None:
    page = open_as("beheerder", language=language)
    page.add_init_script(SCRIPT)
    page.goto("/bouwstenen")
    assert LOOK[language](page) == []


@pytest.mark.parametrize(("role", "language"), [*((role, "nl") for role in ROLES), (GUEST, "en")])
def test_every_page(town: Town, open_as: OpenAs, role: str, language: str) -> None:
    town.deliver()
    with town.app.app_context():
        paths, new = pages_of(role, ROLES), pages_of(role, ROLES, once=True)
    page = open_as("" if role == GUEST else role, language=language)
    page.add_init_script(SCRIPT)
    wrong: list[str] = []
    for path in paths:
        page.goto(path)
        wrong += LOOK[language](page) if path in new else found_but_colours(page)
    assert not wrong, "\n".join(wrong)


def test_a_proposal_that_did_not_go_on(town: Town, open_as: OpenAs) -> None:
    """Elsterveer has none."""
    with town.app.app_context():
        decision = db.session.scalars(select(Decision).where(Decision.status == DecisionStatus.IN_FORCE)).first()
        assert decision
        decision.status, path = DecisionStatus.DROPPED, f"/beslissingen/{decision.id}"
        db.session.commit()
    page = open_as("jeugddienst")
    page.goto(path)
    expect(page.locator("main")).to_contain_text("niet beslist")
    assert found_in_both_themes(page) == []
    assert too_narrow(page) == []

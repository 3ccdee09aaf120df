"""What comes out of a printer, and what comes as a file."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs
from tests.places import places
from tests.support.live import Town
from webapp.core import clock

NOT_ON_PAPER = ".top, .bottombar, .filters, .tabs, .search, .page-actions, .btn, .actionbar, textarea, select, .turn"


@pytest.mark.parametrize(
    "name", ["aanbod", "een-aanbod", "vraag-welcoming", "toeleidingen", "organisaties", "vergadering"]
)
def test_a_page_on_paper_is_what_it_tells_alone(town: Town, open_as: OpenAs, name: str) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"][name]
    page = open_as("welzijnswerker")
    page.goto(path)
    page.emulate_media(media="print")
    assert [one.inner_text() for one in page.locator(NOT_ON_PAPER).all() if one.is_visible()] == []
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".print-foot")).to_contain_text("Ilse")
    expect(page.locator(".print-foot")).to_contain_text(str(clock.today().year))


def test_what_was_found_is_printed_and_kept_as_a_file(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto("/aanbod?day=sat")
    found = [one.inner_text() for one in page.locator(".items h2, .items h3").all()]
    assert found
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar als bestand").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Organisatie"] for row in rows] == found
    assert all(row["Leeftijd"] and row["Wanneer"] and row["Prijs"] for row in rows)
    page.get_by_role("link", name="Afdrukken").click()
    expect(page.locator(".paper-offer h2")).to_have_text(found)

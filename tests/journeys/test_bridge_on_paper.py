"""The bridge of a plan comes out of a printer on one landscape page, and goes along as a file."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs

A4_LANDSCAPE = {"width": 1062, "height": 733}
BOX = re.compile(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]")
# what stands in an opening, but sticks out of it
CUT = """() => [...document.querySelectorAll(".span-arch :is(.deed, h3, .beside p)")].filter((one) => {
  if (!one.checkVisibility()) return false;
  const [inner, outer] = [one, one.closest(".span-arch")].map((part) => part.getBoundingClientRect());
  return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1;
}).map((one) => one.textContent)"""


def open_bridge(page: Page) -> None:
    page.goto("/plannen")
    page.get_by_role("link", name="Vrije tijd voor iedereen").click()
    expect(page.locator("#finding")).to_contain_text("acties dragen de brug.")


def is_one_landscape_page(pdf: bytes) -> bool:
    (box,) = set(BOX.findall(pdf))
    return b"/Count 1" in pdf and float(box[0]) > float(box[1])


def test_the_page_is_printed_on_one_landscape_page_and_nothing_is_cut(open_as: OpenAs) -> None:
    page = open_as("jeugddienst", viewport=A4_LANDSCAPE)
    open_bridge(page)
    deeds = page.locator(".span-arch .deed").count()
    page.emulate_media(media="print")
    assert page.locator(".span-arch .deed:visible").count() == deeds
    assert page.evaluate(CUT) == []
    assert is_one_landscape_page(page.pdf(prefer_css_page_size=True, print_background=True))


def test_it_goes_along_on_paper_and_as_a_drawing(open_as: OpenAs) -> None:
    page = open_as("vrijwilliger", phone=True)
    open_bridge(page)
    kept = {}
    for name in ("Op papier, A4", "Op papier, A3", "Tekening (SVG)", "Beeld (PNG)"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        kept[name] = Path(download.value.path()).read_bytes()
    assert is_one_landscape_page(kept["Op papier, A4"])
    assert is_one_landscape_page(kept["Op papier, A3"])
    assert "acties dragen de brug." in kept["Tekening (SVG)"].decode()
    assert kept["Beeld (PNG)"].startswith(b"\x89PNG")


def test_on_a_phone_one_jumps_from_arch_to_arch_and_reads_it_as_a_list(open_as: OpenAs) -> None:
    page = open_as("vrijwilliger", phone=True)
    open_bridge(page)
    page.get_by_role("link", name="Boog 6: Afspraken en beleid").click()
    expect(page.locator("#boog-6 h3")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name="Lijst", exact=True).last.click()
    expect(page.locator(".span-list > li")).to_have_count(6)

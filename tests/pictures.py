"""Takes a picture of every main page as every role, and lays them on one sheet: `./dev pictures`.

Pictures land in `pictures/`: one PNG for each page, and `sheet-<role>.png` to look at side by side.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import browser as chromium
from tests.support.live import Town, served
from webapp.config import ROOT

TARGET = ROOT / "pictures"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
THEMES = ("light", "dark")
THUMB = 300
GAP = 24
A_ROW = 8


@dataclass(frozen=True)
class Shot:
    """One page: a name for the file, and where it is."""

    name: str
    path: str


def main(roles: list[str]) -> int:
    """Take the pictures of the roles named, or of all."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as town, sync_playwright() as playwright:
        town.deliver()
        browser = playwright.chromium.launch(**chromium.launch_arguments())
        for role, shots in plan(town).items():
            if not roles or role in roles:
                files = list(take(browser, town, role, shots))
                sheet(files, TARGET / f"sheet-{role}.png")
                print(f"{role}: {len(files)} pictures")
        browser.close()
    return 0


def take(browser: Browser, town: Town, role: str, shots: list[Shot]) -> Iterator[Path]:
    """Every page of one role in each size and theme."""
    for size, viewport in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(
                base_url=town.url,
                viewport=viewport,
                locale="nl-BE",
                color_scheme=theme,
                reduced_motion="reduce",
                device_scale_factor=2 if size == "phone" else 1,
            )
            page = context.new_page()
            if role != "gast":
                sign_in(page, role)
            for shot in shots:
                page.goto(shot.path)
                file = TARGET / f"{role}-{shot.name}-{size}-{theme}.png"
                page.screenshot(path=file, full_page=True)
                yield file
            context.close()


def sign_in(page: Page, role: str) -> None:
    """One tap on the front door of the demo."""
    page.goto("/aanmelden")
    page.locator(f"form[action='/demo/als/{role}'] button").click()
    page.wait_for_url("**/")


def plan(town: Town) -> dict[str, list[Shot]]:
    """The main pages of each role, with things of the town that are in the right state."""
    from tests.places import places

    with town.app.app_context():
        return {role: [Shot(name, path) for name, path in found.items()] for role, found in places().items()}


def sheet(files: list[Path], target: Path) -> None:
    """A contact sheet, a column for each picture, eight to a row."""
    thumbs = [_thumb(file) for file in files]
    rows = [thumbs[start : start + A_ROW] for start in range(0, len(thumbs), A_ROW)]
    heights = [max(image.height for image in row) + GAP for row in rows]
    paper = Image.new("RGB", (A_ROW * (THUMB + GAP) + GAP, sum(heights) + GAP), "#808088")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for column, image in enumerate(row):
            paper.paste(image, (GAP + column * (THUMB + GAP), top))
        top += height
    paper.save(target)


def _thumb(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        whole = picture.convert("RGB")
    whole = whole.crop((0, 0, whole.width, min(whole.height, whole.width * 9 // 5)))
    small = whole.resize((THUMB, whole.height * THUMB // whole.width))
    labelled = Image.new("RGB", (THUMB, small.height + 16), "#000000")
    labelled.paste(small, (0, 16))
    ImageDraw.Draw(labelled).text((4, 2), file.stem, fill="#FFFFFF")
    return labelled


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

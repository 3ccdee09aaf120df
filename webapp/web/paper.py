"""Paper: PDFs that a screen reader can read too (PDF/UA), made by typst from a template and data.

The data goes in as JSON, so what people typed stays text. Only our own fonts are used, so a card looks the same on
every machine; a letter that none of them has is left out rather than stopping the card.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Literal

from webapp.core import clock
from webapp.web.lighter import lighter

FOLDER = Path(__file__).parent.parent / "paper"
FONTS = FOLDER / "fonts"
ICONS = FOLDER.parent / "static" / "icons.svg"
PICTURE_DOTS = 160.0
"""So many dots an inch are fine enough for a screen and a slide."""
APART = frozenset("\u2068\u2069")
"""Around a name in a sentence that runs the other way: no letters, so no font has them."""


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """A document of one of our templates, filled in. It is tagged, has a title, and says its language."""
    return _made(template, data, pdf_standards=["ua-1"])


def drawing(template: str, data: dict[str, Any], kind: Literal["png", "svg"]) -> bytes:
    """The one page of a template as a picture. Letters in an SVG are drawn, so that it looks the same everywhere."""
    made = _made(template, data, format=kind, ppi=PICTURE_DOTS)
    return lighter(made.decode()).encode() if kind == "svg" else made


def _made(template: str, data: dict[str, Any], **how: Any) -> bytes:
    import typst  # 9 MiB: read by a process that prints

    made = typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data))},
        timestamp=clock.now().replace(microsecond=0),
        **how,
    )
    if not isinstance(made, bytes):
        raise TypeError("what is made is one file")
    return made


@cache
def icon(name: str) -> str:
    """One of our icons as a drawing of its own, in ink. Raises KeyError for one that is not there."""
    drawn = re.search(rf'<symbol id="{re.escape(name)}" [^>]*>(.*?)</symbol>', ICONS.read_text(), re.DOTALL)
    if drawn is None:
        raise KeyError(name)
    pen = 'fill="none" stroke="#201e3c" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {pen}>{drawn[1]}</svg>'


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        known = letters()
        return "".join(one for one in unicodedata.normalize("NFC", value) if one in known)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple) and not (value and isinstance(value[0], int)):
        return [_printable(one) for one in value]
    return value


@cache
def letters() -> frozenset[str]:
    """Every character that our fonts can draw, as `fonts/letters.txt` lists them, and the marks around names."""
    ranges = (line.split("-") for line in (FONTS / "letters.txt").read_text().split())
    drawn = frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
    return drawn | APART

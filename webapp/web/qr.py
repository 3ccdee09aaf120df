"""Codes that a phone reads."""

import segno
from markupsafe import Markup


def code(text: str) -> Markup:
    """A drawing of a text, such as the address of a page, to stand in a page. It is as large as its box."""
    drawing = segno.make(text, error="m").svg_inline(border=2, omitsize=True, lineclass=None, svgclass="qr")
    return Markup(drawing)  # noqa: S704 - paths and numbers that the library drew; the text itself is not in it

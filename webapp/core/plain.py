"""Plain text out of what somebody else wrote: no markup, no unseen signs, nothing that turns a line around."""

import re
import unicodedata
from html.parser import HTMLParser

LONGEST = 20_000
SILENT = ("script", "style", "template", "noscript", "head", "title")
BREAKS = ("p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote")
UNSEEN = dict.fromkeys(
    [*range(32), *range(127, 160), 0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
     *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF0, 0xFFFC), *range(0xE0000, 0xE0080)],
)  # fmt: skip
"""Control characters, signs of no width, and those that make a text run the other way."""
del UNSEEN[ord("\n")]
del UNSEEN[ord("\t")]
MANY_LINES = re.compile(r"\n{2,}")


class _Words(HTMLParser):
    """Keeps the words, and nothing of what stands between angle brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT and not self.silent:
            self.silent = tag
        elif tag in BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        elif tag in BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def without_markup(text: str) -> str:
    """The words of a piece of HTML."""
    reader = _Words()
    reader.feed(text[:LONGEST])
    reader.close()
    return "".join(reader.found)


def one_line(text: str, most: int) -> str:
    """A text as one line of at most so many characters, cut between two words."""
    return shortened(" ".join(_seen(text).split()), most)


def lines(text: str, most: int) -> str:
    """A text of a few lines and at most so many characters, cut between two words."""
    tidy = "\n".join(" ".join(line.split()) for line in _seen(text).split("\n"))
    return shortened(MANY_LINES.sub("\n", tidy).strip(), most)


def _seen(text: str) -> str:
    return unicodedata.normalize("NFC", text[:LONGEST].replace("\r", "\n").translate(UNSEEN))


def shortened(text: str, most: int) -> str:
    """The text, or as many whole words as fit and a sign that there was more."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut
    return f"{whole.rstrip(' ,.;:')}…"

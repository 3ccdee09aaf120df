"""Plain text with links: whatever looks like markup is text, and only websites can be followed."""

import re

import html5lib
import pytest

from webapp.web.addresses import linked

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<div data-hx-post='/x' data-hx-trigger=load></div>",
    "[klik](javascript:alert(1))", "![x](https://evil.example/x.png)", "javascript:alert(1)", "https://x.be\"onclick=x",
    "https://x.be'><svg/onload=alert(1)>", "<https://x.be/><script>", "&lt;script&gt;", "{{ 7*7 }}", "{% set x %}",
    "https://u:p@evil.example", "\u202ehttps://x.be", "<a href='//evil.example'>x</a>", "https://x.be/\x00<b>",
    "<style>*{display:none}</style>", "<iframe src=https://x.be>", "`code`<b>", "https://x.be/?a=<script>&b=1", "<!--",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_and_nothing_more(text: str) -> None:
    nodes = list(html5lib.parseFragment(str(linked(text)), namespaceHTMLElements=False).iter())
    tags = {node.tag for node in nodes if isinstance(node.tag, str)}
    assert tags <= {"DOCUMENT_FRAGMENT", "a"}
    for node in nodes:
        if node.tag == "a":
            assert set(node.attrib) == {"class", "href", "rel"}
            assert re.match(r"https?://", node.attrib["href"])
            assert "evil" not in node.attrib["href"] or "@" not in node.attrib["href"]


def test_an_address_can_be_followed_without_the_full_stop_behind_it() -> None:
    shown = str(linked("Kijk op https://elsterveer.example/a?b=1&c=2. Of (http://x.example)!"))
    assert 'href="https://elsterveer.example/a?b=1&amp;c=2"' in shown
    assert 'href="http://x.example"' in shown
    assert shown.endswith("</a>)!")


def test_words_stay_as_they_were_typed() -> None:
    assert str(linked("Eén regel\nen nog een")) == "Eén regel\nen nog een"


def test_a_very_long_text_takes_no_time() -> None:
    assert len(linked("https://" * 50_000)) > 0

"""A drawing of typst in fewer bytes is the same drawing."""

import re

from webapp.web.lighter import lighter

LETTER, OTHER = "g3131BD28CBDCF2234E90BD788B529A89", "gB76464567E3C38BDD6876D393F148913"
LINE = (
    f'<g transform="matrix(1 0 0 -1 0 12.540001)"><use xlink:href="#{LETTER}" x="0" y="0" fill="#201e3c"'
    f' fill-rule="nonzero"/><use xlink:href="#{OTHER}" x="12.027" y="0" fill="#201e3c" fill-rule="nonzero"/></g>'
)


def test_what_a_line_shares_is_said_once_and_names_are_short() -> None:
    assert lighter(LINE) == (
        '<g transform="matrix(1 0 0 -1 0 12.54)" fill="#201e3c"><use xlink:href="#g0"/>'
        '<use xlink:href="#g1" x="12.027"/></g>'
    )


def test_a_line_in_two_colours_keeps_both() -> None:
    assert re.findall(r'fill="(#\w+)"', lighter(LINE.replace("#201e3c", "#ffffff", 1))) == ["#ffffff", "#201e3c"]


def test_lengths_are_told_to_a_thousandth() -> None:
    symbol = (
        f'<symbol id="{LETTER}" overflow="visible"><path d="M 0 0m 10.351000001 0l -0.1044 12.54h 3.05Z "/></symbol>'
    )
    assert lighter(symbol) == '<path id="g0" d="M10.351 0l-.104 12.54h3.05Z"/>'
    assert lighter('<path d="M 0 0v 10.5c 0 -0.0004 1 2 3 4"/>') == '<path d="M0 0v10.5c0-0 1 2 3 4"/>'


def test_what_it_does_not_know_stays() -> None:
    kept = '<image xlink:href="data:image/svg+xml;base64,PHN2 0.123456" width="7.106"/><text>0.123456</text>'
    assert lighter(kept) == kept

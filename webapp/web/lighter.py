"""The drawings of typst said with fewer words: the same picture in less than half of the bytes.

Typst writes numbers to a billionth of a point, repeats the colour of a line of text at each letter, and names each
letter by a long hash. What an SVG means by itself is left out, what all letters of a line share is said once for the
line, names are short, and lengths are told to a thousandth of a point.
"""

import re
from itertools import count

NAME = re.compile(r"""(?<=[#"])[a-z][0-9A-F]{16,32}(?=["')])""")
LETTER = re.compile(r'<symbol id="(\w+)" overflow="visible"><path d="([^"]*)"/></symbol>')
LINE = re.compile(r'<g( transform="[^"]*")>(<use [^\n]*?/>)</g>')
FILL = re.compile(r' fill="[^"]*"')
LENGTHS = re.compile(r'(?<= )(d|transform|x|y|width|height)="([^"]*)"')
LONG = re.compile(r"\d+\.\d{4,}")
ZERO = re.compile(r"(?<![\d.])0(?=\.\d)")
COMMAND = re.compile(r" ?([A-Za-z]) ?")
START = "M0 0m"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def lighter(svg: str) -> str:
    """The same drawing in fewer bytes. Only for what typst drew itself, with no text of people in it."""
    svg = _with_short_names(svg.replace(' fill-rule="nonzero"', ""))
    svg = LETTER.sub(r'<path id="\1" d="\2"/>', svg)
    svg = LENGTHS.sub(_length, svg)
    return LINE.sub(_line, svg)


def _with_short_names(svg: str) -> str:
    numbers = count()
    names: dict[str, str] = {}
    return NAME.sub(lambda found: names.get(found[0]) or names.setdefault(found[0], _name(next(numbers))), svg)


def _name(number: int) -> str:
    rest, last = divmod(number, len(DIGITS))
    return (_name(rest) if rest else "g") + DIGITS[last]


def _length(found: re.Match[str]) -> str:
    name, said = found[1], ZERO.sub("", LONG.sub(_rounded, found[2]))
    if name == "d":
        said = COMMAND.sub(r"\1", said).replace(" -", "-")
        said = f"M{said[len(START) :]}" if said.startswith(START) else said
    return f'{name}="{said}"'


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.3f}".rstrip("0").rstrip(".")


def _line(found: re.Match[str]) -> str:
    letters, fills = found[2], set(FILL.findall(found[2]))
    if len(fills) != 1 or letters.count("<") != letters.count("<use "):
        return found[0]
    (fill,) = fills
    letters = FILL.sub("", letters).replace(' y="0"', "").replace(' x="0"', "")
    return f"<g{found[1]}{fill}>{letters}</g>"

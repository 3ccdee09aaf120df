"""What somebody looks for in the log: words and filters, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from webapp.core import fulltext
from webapp.lessons.codes import Facet, LessonKind, Sureness
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

FIRST_YEAR, LAST_YEAR = 1950, 2100
MOST_DIGITS = 10
"""Of a number in an address: a year, or a second until the year 2286."""
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. Of each filter one value is asked at most; the names are those in the address."""

    q: str = ""
    b: B | None = None
    strategie: Strategy | None = None
    kant: Side | None = None
    bron: str = ""
    soort: LessonKind | None = None
    jaar: int | None = None
    zeker: Sureness | None = None
    sinds: int | None = None  # what came out since this second

    def parameters(self) -> dict[str, Any]:
        """The search as parameters of a URL; what was not asked is left out."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: str(value) for name, value in given.items() if value}

    def terms(self) -> str:
        """The search as it is followed: whatever came out when."""
        return urlencode(replace(self, sinds=None).parameters())

    def without(self, name: str) -> "Asked":
        """The same search, one thing less."""
        changes: dict[str, Any] = {name: "" if name in ("q", "bron") else None}
        return replace(self, **changes)

    def tokens(self) -> tuple[str, ...]:
        """The filters, as they stand in the index."""
        facets = (
            (Facet.B, self.b),
            (Facet.STRATEGY, self.strategie),
            (Facet.SIDE, self.kant),
            (Facet.KIND, self.soort),
            (Facet.YEAR, self.jaar),
            (Facet.SURENESS, self.zeker),
        )
        found = [facet.token(str(value)) for facet, value in facets if value]
        return (*found, source_token(self.bron)) if self.bron else tuple(found)


def of(terms: Mapping[str, str]) -> Asked:
    """The search of these terms of an address; what makes no sense is quietly left out."""
    year, since = (_number(terms.get(name, "")) for name in ("jaar", "sinds"))
    return Asked(
        q=terms.get("q", ""),
        b=_code(B, terms.get("b")),
        strategie=_code(Strategy, terms.get("strategie")),
        kant=_code(Side, terms.get("kant")),
        bron=terms.get("bron", ""),
        soort=_code(LessonKind, terms.get("soort")),
        jaar=year if year and FIRST_YEAR <= year <= LAST_YEAR else None,
        zeker=_code(Sureness, terms.get("zeker")),
        sinds=since or None,
    )


def of_followed(terms: str) -> Asked:
    """The search that is kept as these terms."""
    return of(dict(parse_qsl(terms)))


def _code(codes: type[Code], value: str | None) -> Code | None:
    try:
        return codes(value or "")
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def source_token(source: str) -> str:
    """What a source is filtered by: its words."""
    return Facet.SOURCE.token("_".join(fulltext.words(source)))

"""What somebody looks for in the log: words and filters, as plain data."""

from dataclasses import dataclass, fields, replace
from typing import Any

from webapp.core import fulltext
from webapp.lessons.codes import Facet, LessonKind, Sureness
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

FIRST_YEAR, LAST_YEAR = 1950, 2100


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

    def parameters(self) -> dict[str, Any]:
        """The search as parameters of a URL; what was not asked is left out."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: str(value) for name, value in given.items() if value}

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


def source_token(source: str) -> str:
    """What a source is filtered by: its words."""
    return Facet.SOURCE.token("_".join(fulltext.words(source)))

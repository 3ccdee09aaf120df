"""What somebody looks for: the filters and words of one search, as plain data."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from webapp.directory.facets import EVERYWHERE, Facet, Must
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Mood
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.prices import PriceCeiling

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search, folded, with the interests and kinds of which it begins a name in some language."""

    text: str
    interests: frozenset[Interest] = frozenset()
    kinds: frozenset[OrganisationKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. Of the codes in one filter any will do, but every `must` has to be so."""

    q: str = ""
    age: tuple[AgeBand, ...] = ()
    day: tuple[Weekday, ...] = ()
    must: tuple[Must, ...] = ()
    price: PriceCeiling = PriceCeiling.ANY
    area: tuple[str, ...] = ()
    interest: tuple[Interest, ...] = ()
    mood: tuple[Mood, ...] = ()
    words: tuple[Word, ...] = field(default=(), compare=False)

    def parameters(self) -> dict[str, Any]:
        """The search as parameters of a URL; what was not asked is left out."""
        given = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "words"}
        if self.price is PriceCeiling.ANY:
            del given["price"]
        return {name: value if isinstance(value, str) else list(value) for name, value in given.items() if value}

    @property
    def count(self) -> int:
        """How many filters are on, words not counted."""
        filters = (value for name, value in self.parameters().items() if name != "q")
        return sum(1 if isinstance(value, str) else len(value) for value in filters)

    def groups(self) -> dict[Facet, tuple[str, ...]]:
        """The codes asked of each facet of which one is enough."""
        asked: dict[Facet, tuple[str, ...]] = {
            Facet.AGE: self.age,
            Facet.DAY: self.day,
            Facet.PRICE: () if self.price is PriceCeiling.ANY else (self.price,),
            Facet.AREA: (*self.area, EVERYWHERE) if self.area else (),
            Facet.INTEREST: self.interest,
            Facet.MOOD: self.mood,
        }
        return {facet: codes for facet, codes in asked.items() if codes}

    def without(self, name: str, code: str | None = None) -> "Asked":
        """The same search with one filter less, or with one code less in a filter."""
        if name == "price":
            return replace(self, price=PriceCeiling.ANY)
        if name == "q":
            return replace(self, q="", words=())
        kept = () if code is None else tuple(one for one in getattr(self, name) if one != code)
        return replace(self, **{name: kept})  # type: ignore[arg-type]

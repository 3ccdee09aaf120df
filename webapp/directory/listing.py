"""The list of offers: which ones, in pages, and how many there would be with each filter."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    func,
    or_,
    select,
    tuple_,
)

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers, counted, packed, tallied
from webapp.core.statements import MOST_KEPT, prepared
from webapp.directory.asked import Asked
from webapp.directory.facets import EVERYWHERE, Facet
from webapp.directory.models import Offer, OfferSlot, OfferTag
from webapp.directory.queries import is_member, open_offers, visible_to
from webapp.directory.rows import Moment, Row
from webapp.policy.actor import Actor
from webapp.vocabulary.organisation_kinds import OrganisationKind

COUNTED = (Facet.AGE, Facet.DAY, Facet.PRICE, Facet.AREA, Facet.INTEREST, Facet.MOOD, Facet.MUST)
MOST_IN_A_FILE = 5000
MOST_SHARED = 20
MOST_COUNTED = 300
"""Beyond this many offers no numbers are shown beside filters: counting stays cheap, and nobody reads so many."""
Condition = SQLColumnExpression[bool]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many offers fit the search, and how many there would be with each code of each filter."""

    found: int
    offers: int
    organisations: int
    codes: Mapping[tuple[Facet, str], int]
    too_many: frozenset[Facet] = frozenset()

    def of(self, facet: Facet, code: str) -> int | None:
        """The number beside one filter, or None when there are too many offers to count.

        An offer that is at home everywhere counts for every area.
        """
        if facet in self.too_many:
            return None
        everywhere = self.codes.get((facet, EVERYWHERE), 0) if facet is Facet.AREA else 0
        return self.codes.get((facet, code), 0) + everywhere


_COLUMNS = (
    Offer.id, Offer.order_key, Offer.organisation_id, Organisation.name, Organisation.kind, Offer.name, Offer.icon,
    Offer.summary, Offer.age_min, Offer.age_max, Offer.when_note, Offer.price_cents, Offer.price_per,
    Offer.price_line, Offer.area, Offer.place, Offer.route, Offer.room, Offer.free_places, Offer.waiting,
    Offer.confirmed_at, Offer.is_published, Offer.is_public,
)  # fmt: skip
_MOMENT = (OfferSlot.weekday, OfferSlot.starts, OfferSlot.ends, OfferSlot.holidays_only)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a search asks about, apart from the values: searches of one shape are one statement."""

    is_member: bool
    facets: tuple[Facet, ...]
    musts: int
    words: tuple[tuple[bool, bool], ...]

    @classmethod
    def of(cls, asked: Asked, actor: Actor) -> "Shape":
        """The shape of one search; of each word, whether it begins names of interests or kinds."""
        words = tuple((bool(word.interests), bool(word.kinds)) for word in asked.words)
        return cls(is_member(actor), tuple(asked.groups()), len(asked.must), words)


def values_of(asked: Asked) -> dict[str, Any]:
    """What is asked for, by the names that the conditions below give it."""
    values: dict[str, Any] = {facet: list(codes) for facet, codes in asked.groups().items()}
    values |= {f"must{number}": [must] for number, must in enumerate(asked.must)}
    for number, word in enumerate(asked.words):
        values |= {f"from{number}": word.text, f"before{number}": word.text + "{"}
        values |= {f"interests{number}": sorted(word.interests), f"kinds{number}": sorted(word.kinds)}
    return values


def offers(
    asked: Asked, *, actor: Actor, after: tuple[str, uuid.UUID] | None = None, limit: int = MOST_IN_A_FILE
) -> list[Row]:
    """The published offers that fit, by name of organisation and offer; one query, moments included.

    `after` is the order key and id of the last offer of the page before.
    """
    values = values_of(asked) | {"behind_key": after and after[0], "behind_id": after and after[1]}
    return _each(read(_offers(Shape.of(asked, actor), limit, behind=after is not None), values))


@prepared
def _offers(shape: Shape, limit: int, *, behind: bool) -> AnySelect:
    page = select(Offer.id).where(*_fitting(shape)).order_by(Offer.order_key, Offer.id).limit(limit)
    if behind:
        last = tuple_(given("behind_key", Offer.order_key), given("behind_id", Offer.id))
        page = page.where(tuple_(Offer.order_key, Offer.id) > last)
    return _rows(page)


def _rows(ids: Select[uuid.UUID]) -> AnySelect:
    """These offers in the order of the list. Who may see them is the caller's condition."""
    chosen = ids.subquery()
    return (
        select(*_COLUMNS, *_MOMENT)
        .join(chosen, chosen.c.id == Offer.id)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .outerjoin(OfferSlot, OfferSlot.offer_id == Offer.id)
        .order_by(Offer.order_key, Offer.id, OfferSlot.position, OfferSlot.id)
    )


def _each(rows: Iterable[AnyRow]) -> list[Row]:
    """Every offer once, with its moments."""
    found: dict[uuid.UUID, tuple[Any, ...]] = {}
    moments: dict[uuid.UUID, list[Moment]] = defaultdict(list)
    width = len(_COLUMNS)
    for row in rows:
        found[row[0]] = row[:width]
        if row[width] is not None:
            moments[row[0]].append(Moment(*row[width:]))
    full: list[list[Any]] = [[*one, tuple(moments[key])] for key, one in found.items()]
    return [Row(*one) for one in full]


def of_organisation(organisation_id: uuid.UUID, *, actor: Actor) -> list[Row]:
    """The offers of one organisation that this person may read; drafts too, for whoever works there."""
    theirs = select(Offer.id).where(Offer.organisation_id == organisation_id, visible_to(actor))
    return _each(db.session.execute(_rows(theirs)))


def shared_of_kind(kind: OrganisationKind) -> list[Row]:
    """The offers of one kind of organisation that everybody may read, by name."""
    return _each(read(_shared_of_kind(), {"kind": kind}))


@prepared
def _shared_of_kind() -> AnySelect:
    of_kind = select(Organisation.id).where(Organisation.kind == given("kind", Organisation.kind))
    shared = select(Offer.id).where(open_offers(is_member=False), Offer.organisation_id.in_(of_kind))
    return _rows(shared.order_by(Offer.order_key, Offer.id).limit(MOST_SHARED))


class Size(StrEnum):
    """What is counted beside the codes: everything there is, by whom, and what was found."""

    OFFERS = "how many offers"
    ORGANISATIONS = "of how many organisations"
    FOUND = "found"
    CODES = "codes of what was found"


def numbers(asked: Asked, *, actor: Actor) -> Numbers:
    """What `counts` is made of, to be asked together with the numbers around the page."""
    return Numbers(_counted(Shape.of(asked, actor)), values_of(asked))


def counts(asked: Asked, found: Mapping[Hashable, Any], *, actor: Actor) -> Counts:
    """How many offers there would be, from what `numbers` asked; each counted up to MOST_COUNTED and one.

    A code of a facet in which nothing was chosen counts within what was found; a code beside chosen ones counts
    as if its facet was not asked, because there any of the codes will do.
    """
    codes: dict[tuple[Facet, str], int] = {}
    too_many: set[Facet] = set()
    for but, facets in _sets(Shape.of(asked, actor)).items():
        if found[Size.FOUND, but] > MOST_COUNTED:
            too_many.update(facets)
            continue
        for (facet, code), number in tallied(found[Size.CODES, but]).items():
            codes[Facet(facet), code] = number
    whole = found[Size.FOUND, ""], found[Size.OFFERS], found[Size.ORGANISATIONS]
    return Counts(*whole, codes, frozenset(too_many))


def _sets(shape: Shape) -> dict[str, list[Facet]]:
    """Which facets count within which search: "" is all of it, another name is that without one facet."""
    return {"": [one for one in COUNTED if one not in shape.facets]} | {one.value: [one] for one in shape.facets}


@lru_cache(MOST_KEPT)
def _counted(shape: Shape) -> Columns:
    shown = select(Offer.organisation_id).where(open_offers(is_member=shape.is_member))
    first = shown.limit(MOST_COUNTED + 1).subquery()
    columns: dict[Hashable, ColumnElement[Any]] = {
        Size.OFFERS: counted(shown, MOST_COUNTED),
        Size.ORGANISATIONS: select(func.count(first.c.organisation_id.distinct())).scalar_subquery(),
    }
    for but, facets in _sets(shape).items():
        found = select(Offer.id).where(*_fitting(shape, but=but))
        columns[Size.FOUND, but] = counted(found, MOST_COUNTED)
        columns[Size.CODES, but] = _codes(facets, found.limit(MOST_COUNTED + 1).subquery())
    return columns


def _codes(facets: Collection[Facet], found: Subquery) -> ColumnElement[str]:
    """The codes of a few offers, each as often as it stands there. Counting them here, in groups, takes a database
    that has to sort them twice as long as handing them over."""
    few = select(func.count()).select_from(found).scalar_subquery() <= MOST_COUNTED
    tags = select(OfferTag.facet, OfferTag.code).join(found, found.c.id == OfferTag.offer_id)
    return packed(tags.where(OfferTag.facet.in_(facets), few))


def _fitting(shape: Shape, but: str = "") -> list[Condition]:
    conditions: list[Condition] = [open_offers(is_member=shape.is_member)]
    conditions += [_tagged(facet, facet) for facet in shape.facets if facet != but]
    conditions += [_tagged(Facet.MUST, f"must{number}") for number in range(shape.musts)]
    conditions += [_named(number, *is_asked) for number, is_asked in enumerate(shape.words)]
    return conditions


def _tagged(facet: Facet, name: str) -> Condition:
    return Offer.id.in_(select(OfferTag.offer_id).where(OfferTag.facet == facet, _one_of(name)))


def _one_of(name: str) -> Condition:
    return OfferTag.code.in_(given(name, OfferTag.code, many=True))


def _named(number: int, has_interests: bool, has_kinds: bool) -> Condition:
    """A word begins a word of the offer, as a range that an index answers, or names an interest or a kind."""
    first, end = given(f"from{number}", OfferTag.code), given(f"before{number}", OfferTag.code)
    ways = [and_(OfferTag.facet == Facet.WORD, OfferTag.code >= first, OfferTag.code < end)]
    if has_interests:
        ways.append(and_(OfferTag.facet == Facet.INTEREST, _one_of(f"interests{number}")))
    if has_kinds:
        ways.append(and_(OfferTag.facet == Facet.KIND, _one_of(f"kinds{number}")))
    return Offer.id.in_(select(OfferTag.offer_id).where(or_(*ways)))

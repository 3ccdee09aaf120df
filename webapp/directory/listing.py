"""The list of offers: which ones, in pages, and how many there would be with each filter."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, db, given, read
from webapp.core.statements import prepared
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
Query = Select[*tuple[Any, ...]]


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
def _offers(shape: Shape, limit: int, *, behind: bool) -> Query:
    page = select(Offer.id).where(*_fitting(shape)).order_by(Offer.order_key, Offer.id).limit(limit)
    if behind:
        last = tuple_(given("behind_key", Offer.order_key), given("behind_id", Offer.id))
        page = page.where(tuple_(Offer.order_key, Offer.id) > last)
    return _rows(page)


def _rows(ids: Select[uuid.UUID]) -> Query:
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
def _shared_of_kind() -> Query:
    of_kind = select(Organisation.id).where(Organisation.kind == given("kind", Organisation.kind))
    shared = select(Offer.id).where(open_offers(is_member=False), Offer.organisation_id.in_(of_kind))
    return _rows(shared.order_by(Offer.order_key, Offer.id).limit(MOST_SHARED))


def counts(asked: Asked, *, actor: Actor) -> Counts:
    """All numbers of the page in one query, each of them counted up to MOST_COUNTED + 1.

    A code of a facet in which nothing was chosen counts within what was found; a code beside chosen ones counts
    as if its facet was not asked, because there any of the codes will do.
    """
    shape = Shape.of(asked, actor)
    rows = read(_counts(shape), values_of(asked))
    numbers = {(facet, code): number for facet, code, number in rows}
    sizes = {code: numbers.pop((facet, code)) for facet, code in [*numbers] if not facet}
    too_many = {
        facet for name, facets in _sets(shape).items() if sizes[f"found{name}"] > MOST_COUNTED for facet in facets
    }  # fmt: skip
    codes = {(Facet(facet), code): number for (facet, code), number in numbers.items() if facet not in too_many}
    return Counts(sizes["found"], sizes["offers"], sizes["organisations"], codes, frozenset(too_many))


def _sets(shape: Shape) -> dict[str, list[Facet]]:
    """Which facets count within which search: "" is all of it, another name is that without one facet."""
    return {"": [one for one in COUNTED if one not in shape.facets]} | {one.value: [one] for one in shape.facets}


@prepared
def _counts(shape: Shape) -> Any:
    shown = open_offers(is_member=shape.is_member)
    every_offer = select(Offer.id).where(shown)
    every_organisation = select(Organisation.id).where(exists().where(Offer.organisation_id == Organisation.id, shown))
    parts = [
        _size("offers", every_offer.limit(MOST_COUNTED + 1).subquery()),
        _size("organisations", every_organisation.limit(MOST_COUNTED + 1).subquery()),
    ]
    for name, facets in _sets(shape).items():
        capped = select(Offer.id).where(*_fitting(shape, but=name)).limit(MOST_COUNTED + 1).subquery()
        parts += [_size(f"found{name}", capped), _per_code(facets, capped)]
    return union_all(*parts)


def _size(name: str, capped: Subquery) -> Any:
    return select(literal(""), literal(name), _how_many(capped))


def _how_many(capped: Subquery) -> ColumnElement[int]:
    return select(func.count()).select_from(capped).scalar_subquery()


def _per_code(facets: Collection[Facet], capped: Subquery) -> Any:
    return (
        select(cast(OfferTag.facet, String), OfferTag.code, func.count())
        .select_from(capped)
        .join(OfferTag, OfferTag.offer_id == capped.c.id)
        .where(OfferTag.facet.in_(facets), _how_many(capped) <= MOST_COUNTED)
        .group_by(OfferTag.facet, OfferTag.code)
    )


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

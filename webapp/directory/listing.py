"""The list of offers: which ones, in pages, and how many there would be with each filter."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    SQLColumnExpression,
    String,
    Subquery,
    Uuid,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from webapp.accounts.models import Organisation
from webapp.core.db import db
from webapp.directory.asked import Asked, Word
from webapp.directory.facets import EVERYWHERE, Facet
from webapp.directory.models import Offer, OfferSlot, OfferTag
from webapp.directory.queries import visible_to
from webapp.directory.rows import Moment, Row
from webapp.policy.actor import Actor

COUNTED = (Facet.AGE, Facet.DAY, Facet.PRICE, Facet.AREA, Facet.INTEREST, Facet.MOOD, Facet.MUST)
MOST_IN_A_FILE = 5000
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


def offers(
    asked: Asked, *, actor: Actor, after: tuple[str, uuid.UUID] | None = None, limit: int = MOST_IN_A_FILE
) -> list[Row]:
    """The published offers that fit, by name of organisation and offer; one query, moments included.

    `after` is the order key and id of the last offer of the page before.
    """
    page = select(Offer.id).where(*_fitting(asked, actor)).order_by(Offer.order_key, Offer.id).limit(limit)
    if after:
        key, offer_id = after
        page = page.where(tuple_(Offer.order_key, Offer.id) > tuple_(literal(key), literal(offer_id, Uuid())))
    return rows(Offer.id.in_(page))


def rows(condition: Condition) -> list[Row]:
    """The offers under a condition, in the order of the list. Who may see them is the caller's condition."""
    query = (
        select(*_COLUMNS, *_MOMENT)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .outerjoin(OfferSlot, OfferSlot.offer_id == Offer.id)
        .where(condition)
        .order_by(Offer.order_key, Offer.id, OfferSlot.position, OfferSlot.id)
    )
    found: dict[uuid.UUID, tuple[Any, ...]] = {}
    moments: dict[uuid.UUID, list[Moment]] = defaultdict(list)
    width = len(_COLUMNS)
    for row in db.session.execute(query):
        values: tuple[Any, ...] = tuple(row)
        found[values[0]] = values[:width]
        if values[width] is not None:
            moments[values[0]].append(Moment(*values[width:]))
    full: list[list[Any]] = [[*values, tuple(moments[key])] for key, values in found.items()]
    return [Row(*values) for values in full]


def of_organisation(organisation_id: uuid.UUID, *, actor: Actor) -> list[Row]:
    """The offers of one organisation that this person may read; drafts too, for whoever works there."""
    return rows(and_(Offer.organisation_id == organisation_id, visible_to(actor)))


def counts(asked: Asked, *, actor: Actor) -> Counts:
    """All numbers of the page in one query, each of them counted up to MOST_COUNTED + 1.

    A code of a facet in which nothing was chosen counts within what was found; a code beside chosen ones counts
    as if its facet was not asked, because there any of the codes will do.
    """
    groups = asked.groups()
    everything = [Offer.is_published, visible_to(actor)]
    sets = {"": ([facet for facet in COUNTED if facet not in groups], _fitting(asked, actor))}
    sets |= {facet.value: ([facet], _fitting(asked, actor, but=facet)) for facet in groups}
    every_offer = select(Offer.id).where(*everything)
    every_organisation = select(Offer.organisation_id).where(*everything).distinct()
    parts = [
        _size("offers", every_offer.limit(MOST_COUNTED + 1).subquery()),
        _size("organisations", every_organisation.limit(MOST_COUNTED + 1).subquery()),
    ]
    for name, (facets, fitting) in sets.items():
        capped = select(Offer.id).where(*fitting).limit(MOST_COUNTED + 1).subquery()
        parts += [_size(f"found{name}", capped), _per_code(facets, capped)]
    numbers = {(facet, code): number for facet, code, number in db.session.execute(union_all(*parts))}
    sizes = {code: numbers.pop((facet, code)) for facet, code in [*numbers] if not facet}
    too_many = {
        facet for name, (facets, _) in sets.items() if sizes[f"found{name}"] > MOST_COUNTED for facet in facets
    }  # fmt: skip
    codes = {(Facet(facet), code): number for (facet, code), number in numbers.items() if facet not in too_many}
    return Counts(sizes["found"], sizes["offers"], sizes["organisations"], codes, frozenset(too_many))


def _size(name: str, capped: Subquery) -> Any:
    return select(literal(""), literal(name), select(func.count()).select_from(capped).scalar_subquery())


def _per_code(facets: Collection[Facet], capped: Subquery) -> Any:
    return (
        select(cast(OfferTag.facet, String), OfferTag.code, func.count())
        .select_from(capped)
        .join(OfferTag, OfferTag.offer_id == capped.c.id)
        .where(OfferTag.facet.in_(facets))
        .group_by(OfferTag.facet, OfferTag.code)
    )


def _fitting(asked: Asked, actor: Actor, but: Facet | None = None) -> list[Condition]:
    conditions: list[Condition] = [Offer.is_published, visible_to(actor)]
    conditions += [_tagged(facet, codes) for facet, codes in asked.groups().items() if facet is not but]
    conditions += [_tagged(Facet.MUST, [must]) for must in asked.must]
    conditions += [_named(word) for word in asked.words]
    return conditions


def _tagged(facet: Facet, codes: Collection[str]) -> Condition:
    return Offer.id.in_(select(OfferTag.offer_id).where(OfferTag.facet == facet, OfferTag.code.in_(list(codes))))


def begins_with(column: Any, text: str) -> Condition:
    """A prefix as a range that an index answers; folded words hold nothing that comes after "z"."""
    return and_(column >= text, column < text + "{")


def _named(word: Word) -> Condition:
    ways = [and_(OfferTag.facet == Facet.WORD, begins_with(OfferTag.code, word.text))]
    if word.interests:
        ways.append(and_(OfferTag.facet == Facet.INTEREST, OfferTag.code.in_(sorted(word.interests))))
    if word.kinds:
        ways.append(and_(OfferTag.facet == Facet.KIND, OfferTag.code.in_(sorted(word.kinds))))
    return Offer.id.in_(select(OfferTag.offer_id).where(or_(*ways)))

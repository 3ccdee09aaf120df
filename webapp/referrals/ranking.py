"""The order of matching, said in SQL: the first few of thousands of offers, in one statement over narrow rows.

It gives exactly what `matching.rank` gives for all published offers, and a test holds the two together. What is shown
is ranked once more by the pure function, so that a mistake here can leave an offer out, but never gives wrong reasons.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from webapp.core.db import AnySelect, given, read
from webapp.core.statements import prepared
from webapp.directory.measures import mask, moments_asked, place
from webapp.directory.models import OfferMeasure as M
from webapp.referrals.match_facts import OWN_POWER, Wish
from webapp.referrals.match_reasons import NEEDS_COMPANY, TOUCHES
from webapp.referrals.matching import ENOUGH_TO_CHOOSE, MOST_TO_ARRANGE, Miss
from webapp.vocabulary.ages import AGE_TRAITS
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.prices import Travel
from webapp.vocabulary.seven_bs import B

MOST_COUNTED = 500
Number = ColumnElement[int]
Condition = ColumnElement[Any]
_NONE: Number = literal_column("0", Integer)
_ONE: Number = literal_column("1", Integer)


@dataclass(frozen=True, slots=True)
class Best:
    """The first of what fits a wish, in order, and how many fit (counted up to MOST_COUNTED); near misses come last,
    when fewer than two fit."""

    ids: tuple[uuid.UUID, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What a wish asks about, apart from the values: wishes of one shape are one statement."""

    limits: frozenset[Miss]
    interests: int
    distances: int
    agreed: int
    in_company: int
    customs: int
    has_area: bool
    by_car: bool
    on_foot: bool
    wants_near: bool
    wants_no_alcohol: bool
    wants_plain_words: bool

    @classmethod
    def of(cls, wish: Wish) -> "Shape":
        """The shape of one wish."""
        asked, travel = set(wish.arrangements), set(wish.travel)
        limits = {
            Miss.AGE: wish.age_band is not None,
            Miss.TIME: bool(wish.days or wish.parts_of_day),
            Miss.PRICE: wish.price_ceiling is not None,
            Miss.TRAVEL: bool(travel) and travel <= OWN_POWER,
            Miss.GROUP: wish.group_size > 1,
        }
        return cls(
            limits=frozenset(miss for miss, asked_for in limits.items() if asked_for),
            interests=len(set(wish.interests)),
            distances=len(set(wish.distances)),
            agreed=len(asked - NEEDS_COMPANY),
            in_company=len(asked & NEEDS_COMPANY),
            customs=len(_touched(wish)),
            has_area=bool(wish.area),
            by_car=Travel.CAR in travel,
            on_foot=travel == {Travel.WALK},
            wants_near=bool(wish.area) and B.REACH in wish.distances,
            wants_no_alcohol=Arrangement.PLACE_WITHOUT_ALCOHOL in asked,
            wants_plain_words=B.CLARITY in wish.distances,
        )


def best(wish: Wish, most: int, *, but: Collection[uuid.UUID] = ()) -> Best:
    """The first `most` (at least two) of the published offers but these; one statement."""
    found = read(_best(Shape.of(wish), without_some=bool(but)), _values(wish) | {"but": [*but], "most": most})
    number = found[0].number if found else 0
    near = ENOUGH_TO_CHOOSE - number if number < ENOUGH_TO_CHOOSE else 0
    return Best(tuple(row.offer_id for row in found[: min(number, most) + near]), number)


def _touched(wish: Wish) -> list[tuple[int, int]]:
    """The customs that stand in the way of something asked, each beside that."""
    asked = set(wish.arrangements)
    return [(place(topic), place(needed)) for topic, needed in TOUCHES.items() if needed in asked]


def _values(wish: Wish) -> dict[str, Any]:
    """What is asked for, by the names that the statements give it."""
    asked = set(wish.arrangements)
    ages = AGE_TRAITS[wish.age_band] if wish.age_band else None
    several: dict[str, Sequence[int]] = {
        "interest": [place(one) for one in set(wish.interests)],
        "distance": [place(one) for one in set(wish.distances)],
        "agreed": [place(one) for one in asked - NEEDS_COMPANY],
        "in_company": [place(one) for one in asked & NEEDS_COMPANY],
        "custom": [topic for topic, _ in _touched(wish)],
        "touched": [needed for _, needed in _touched(wish)],
    }
    return {f"{name}{number}": value for name, values in several.items() for number, value in enumerate(values)} | {
        "oldest": ages and ages.last,
        "youngest": ages and ages.first,
        "moments": moments_asked(wish.days, wish.parts_of_day),
        "ceiling": mask([wish.price_ceiling]) if wish.price_ceiling else 0,
        "group": wish.group_size,
        "area": wish.area,
    }


@prepared
def _best(shape: Shape, *, without_some: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """Those that keep every limit, best first, each with how many there are; then the near misses, if they count."""
    others = _others() if without_some else ()
    keeps = (*_kept(shape).values(), *others)
    some = select(M.offer_id).where(*keeps).limit(MOST_COUNTED).subquery()
    fitting = select(func.count().label("number")).select_from(some).cte("fitting")
    number = select(fitting.c.number).scalar_subquery()
    first = select(M.offer_id, number.label("number")).where(*keeps).order_by(*_place(shape)).limit(_given("most"))
    both = [first]
    if shape.limits:
        few = number < ENOUGH_TO_CHOOSE
        both.append(_near(shape).where(*others).add_columns(number.label("number")).where(few).limit(ENOUGH_TO_CHOOSE))
    return union_all(*(select(one.subquery()) for one in both))


def _near(shape: Shape) -> AnySelect:
    """Those that do not, the nearest first: fewer limits that give way, then limits that give way more easily."""
    order = list(Miss)
    missed = {miss: ~kept for miss, kept in _kept(shape).items()}
    number = _sum(_one(one) for one in missed.values())
    farthest = case(*((missed[miss], order.index(miss)) for miss in reversed(order) if miss in missed))
    near = select(M.offer_id).where(or_(*missed.values()))
    return near.order_by(number, farthest, *_place(shape))


def _others() -> tuple[Condition]:
    """All but some. Goes last, and nowhere when there are none: it takes a database longer than all limits together."""
    return (M.offer_id.not_in(given("but", M.offer_id, many=True)),)


def _kept(shape: Shape) -> dict[Miss, Condition]:
    """The hard limits of a wish, cheapest first. See `matching.misses`."""
    conditions: dict[Miss, Condition] = {
        Miss.AGE: and_(M.age_min <= given("oldest", M.age_min), M.age_max >= given("youngest", M.age_max)),
        Miss.TIME: M.moments.bitwise_and(given("moments", M.moments)) != 0,
        Miss.PRICE: M.prices.bitwise_and(given("ceiling", M.prices)) != 0,
        Miss.TRAVEL: _one(M.has_way) == _ONE,  # as a column of its own SQLite makes an index for it at every question
        Miss.GROUP: or_(M.is_full, M.places.is_(None), M.places >= given("group", M.age_min)),
    }
    return {miss: condition for miss, condition in conditions.items() if miss in shape.limits}


def _place(shape: Shape) -> tuple[ColumnElement[Any], ...]:
    """Where an offer stands among others. See `matching._place`."""
    elsewhere = (M.area != given("area", M.area),) if shape.has_area else ()
    return (
        _points(shape).desc(),
        _bridge(shape),
        M.is_full,
        *elsewhere,
        M.yearly_cents,
        M.confirmed_at.desc(),
        M.name,
        M.offer_id,
    )


def _points(shape: Shape) -> Number:
    """One for each interest, each arrangement and each distance. See `match_reasons.answers`."""
    return _sum(
        [
            *_bits(M.interests, "interest", shape.interests),
            *_bits(M.arranged, "agreed", shape.agreed),
            *_bits(M.arranged, "in_company", shape.in_company),
            *_bits(M.smaller, "distance", shape.distances),
            *([_one(and_(M.area == given("area", M.area), _bit(M.smaller, place(B.REACH)) == 0))] * shape.wants_near),
        ]
    )


def _bridge(shape: Shape) -> Number:
    """The length of the bridge. See `matching.Match.bridge_length` and `match_reasons.watch`."""
    missing = [_ONE - bit for bit in _bits(M.arranged, "agreed", shape.agreed)]
    limits = _kept(shape)
    # whoever fits keeps these two; a near miss may not
    limits_to_arrange = [_one(~limits[miss]) for miss in (Miss.PRICE, Miss.GROUP) if miss in limits]
    arrange = _sum([*missing, *limits_to_arrange, *_way(shape), *([_one(M.has_alcohol)] * shape.wants_no_alcohol)])
    alone = [bit == 0 for bit in _bits(M.arranged, "in_company", shape.in_company)]
    customs = [
        and_(_bit(M.fixed_customs, _given(f"custom{n}")) == 1, _bit(M.arranged, _given(f"touched{n}")) == 0)
        for n in range(shape.customs)
    ]
    walk = [*alone, *customs, *([M.needs_dutch] * shape.wants_plain_words)]
    return case(*((one, 3) for one in walk), (arrange > MOST_TO_ARRANGE, 3), (arrange > 0, 2), else_=1)


def _way(shape: Shape) -> list[Number]:
    """A ride to arrange, or somebody who comes along to another neighbourhood."""
    if shape.by_car:
        return []
    if not (shape.on_foot and shape.has_area):
        return [_one(M.needs_car)]
    return [_one(or_(M.needs_car, and_(M.area != "", M.area != given("area", M.area))))]


def _bits(column: Any, name: str, number: int) -> list[Number]:
    return [_bit(column, _given(f"{name}{n}")) for n in range(number)]


def _bit(column: Any, at: BindParameter[int] | int) -> Number:
    return column.bitwise_rshift(at).bitwise_and(_ONE)  # type: ignore[no-any-return]


def _given(name: str) -> BindParameter[int]:
    """A number that comes when the statement runs."""
    return bindparam(name, type_=Integer)


def _one(condition: ColumnElement[bool] | Any) -> Number:
    return case((condition, _ONE), else_=_NONE)


def _sum(terms: Any) -> Number:
    """The terms together; 0 as a value of the row when there are none."""
    total: Any = None
    for term in terms:
        total = term if total is None else total + term
    return _one(M.offer_id.is_(None)) if total is None else total

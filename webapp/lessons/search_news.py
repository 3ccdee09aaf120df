"""Reading the searches that somebody follows, and how much is new in them. At night the newest lesson of each is looked
up; only searches with news are counted when somebody looks, all in one query, so what was hidden meanwhile counts no
more.
"""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from webapp.core.db import AnySelect, db, given, read
from webapp.core.numbers import Numbers, ask, counted, moment_of, packed, unpacked
from webapp.core.statements import prepared
from webapp.lessons import searching
from webapp.lessons.asked import Asked, of_followed
from webapp.lessons.index import WORDS
from webapp.lessons.use_models import FollowedSearch

MOST = 20
"""So many searches somebody follows at most."""
MOST_TOLD = 3
"""So many of those with news stand on the first page."""
MOST_NEW = 20
"""Beyond this no number is told."""
OWN, NEWS = "searches that somebody follows", "searches with news"


class News(NamedTuple):
    """A search as somebody follows it, from when they heard of it last, and how many lessons came out since: one more
    than MOST_NEW says that there are more."""

    asked: Asked
    number: int


def own(person_id: uuid.UUID | None) -> Numbers:
    """The terms of the searches that somebody follows, to be asked together with the numbers around a page."""
    return Numbers({OWN: _own_terms()}, {"follower": person_id})


def terms_in(found: str | None) -> set[str]:
    """What `own` brought."""
    return {terms for (terms,) in unpacked(found)}


def with_news(person_id: uuid.UUID | None) -> Numbers:
    """The searches with news since somebody heard of them, to be asked together with other numbers too."""
    return Numbers({NEWS: _with_news()}, {"follower": person_id})


def news_in(found: str | None) -> list[News]:
    """What `with_news` brought, counted; what somebody heard of longest ago first. No query where there is no news."""
    rows = sorted((told, terms) for terms, told in unpacked(found))
    return [one for one in _counted((terms, moment_of(told)) for told, terms in rows) if one.number]


def has_news(person_id: uuid.UUID) -> bool:
    """Whether anything that somebody follows has news."""
    return bool(news_in(ask(with_news(person_id))[NEWS]))


def all_of(person_id: uuid.UUID) -> list[News]:
    """Every search that somebody follows: those with news first, and then by what they look for."""
    rows = read(_in_order(), {"follower": person_id})
    return sorted(_counted((row.terms, row.told_until) for row in rows), key=lambda one: not one.number)


def search(person_id: uuid.UUID | None, terms: str) -> FollowedSearch | None:
    """The search with these terms that somebody follows."""
    mine = (FollowedSearch.person_id == person_id, FollowedSearch.terms == terms)
    return db.session.scalars(select(FollowedSearch).where(*mine)).first()


def _counted(rows: Iterable[tuple[str, datetime | None]]) -> list[News]:
    searches = [replace(of_followed(terms), sinds=int(told.timestamp())) for terms, told in rows if told]
    if not searches:
        return []
    tags = searching.tags_for(*(one.q for one in searches))
    numbers = Numbers()
    for place, one in enumerate(searches):
        numbers |= Numbers({place: _number(place, db.engine.dialect.name)}, searching.coming_out(one, tags, place))
    WORDS.plan_by_index()
    found = ask(numbers)
    return [News(one, found[place]) for place, one in enumerate(searches)]


@cache
def _number(place: int, _database: str) -> ColumnElement[int]:
    return counted(searching.came_out(MOST_NEW + 1, place), MOST_NEW)


def _own() -> AnySelect:
    mine = FollowedSearch.person_id == given("follower", FollowedSearch.person_id)
    return select(FollowedSearch.terms, FollowedSearch.told_until).where(mine).limit(MOST)


@prepared
def _in_order() -> AnySelect:
    return _own().order_by(FollowedSearch.terms)


@cache
def _own_terms() -> ColumnElement[str]:
    return packed(_own().with_only_columns(FollowedSearch.terms))


@cache
def _with_news() -> ColumnElement[str]:
    news = _own().where(FollowedSearch.newest_at >= FollowedSearch.told_until)
    return packed(news.order_by(FollowedSearch.told_until, FollowedSearch.id).limit(MOST_TOLD))

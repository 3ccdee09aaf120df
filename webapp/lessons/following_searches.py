"""Following a search of the log: beginning, stopping, and having heard of what is new. Each night the newest lesson of
every search that is followed is looked up, once for all who follow the same one."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import aliased

from webapp.core import clock, outbox
from webapp.core.db import AnySelect, db, given, read
from webapp.core.errors import Invalid, NotAllowed
from webapp.core.statements import prepared
from webapp.core.sweeps import sweep
from webapp.lessons import searching
from webapp.lessons.asked import Asked, of_followed
from webapp.lessons.index import WORDS
from webapp.lessons.search_news import MOST, search
from webapp.lessons.use_models import LONGEST_SEARCH, FollowedSearch
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

LOOK = "look_in_followed_searches"
FROM_HOUR = 4
"""Before people are up and digests are sent."""
BATCH = 200
FIRST = uuid.UUID(int=0)


def follow(asked: Asked, *, by: Actor) -> None:
    """Hear from now on of what comes out that fits. Following it twice changes nothing."""
    require(by, Can.SEE_LOG)
    if by.person_id is None:
        raise NotAllowed(Can.SEE_LOG)
    terms = asked.terms()
    if search(by.person_id, terms):
        return
    if not searching.looked_for(asked, {}):
        raise Invalid({"q": "nothing_asked"})
    if len(terms) > LONGEST_SEARCH:
        raise Invalid({"q": "search_too_long"})
    mine = select(func.count()).where(FollowedSearch.person_id == by.person_id)
    if db.session.scalar(mine) == MOST:
        raise Invalid({"q": "many_searches"})
    db.session.add(FollowedSearch(person_id=by.person_id, terms=terms, told_until=_this_second()))
    db.session.flush()


def stop(asked: Asked, *, by: Actor) -> None:
    """Hear of it no longer."""
    require(by, Can.SEE_LOG)
    mine = (FollowedSearch.person_id == by.person_id, FollowedSearch.terms == asked.terms())
    db.session.execute(delete(FollowedSearch).where(*mine))


def hear(asked: Asked, *, by: Actor) -> Asked:
    """Have the news of a search before one: from now on it is told. The search from when one heard of it last; all of
    it for whoever does not follow it."""
    require(by, Can.SEE_LOG)
    followed = search(by.person_id, asked.terms())
    if followed is None:
        return replace(asked, sinds=None)
    since, followed.told_until = followed.told_until, _this_second()
    db.session.flush()
    return replace(asked, sinds=int(since.timestamp()))


def _this_second() -> datetime:
    """Lessons know no less of when they came out."""
    return clock.now().replace(microsecond=0)


@sweep
def ask_to_look() -> None:
    """Once a night."""
    if clock.local(clock.now()).hour >= FROM_HOUR:
        outbox.enqueue(LOOK, {}, dedupe_key=f"{LOOK}:{clock.today()}")


@outbox.task(LOOK)
def look(job: outbox.Claimed) -> None:
    """Look in some searches, and ask for the next until all are done."""
    last = look_behind(uuid.UUID(job.payload.get("behind", FIRST.hex)))
    if last:
        outbox.enqueue(LOOK, {"behind": last.hex})


def look_behind(behind: uuid.UUID = FIRST) -> uuid.UUID | None:
    """Look in the searches after one; the last of them, when there may be more."""
    rows = read(_each_once(), {"behind": behind})
    WORDS.plan_by_index()
    for row in rows:
        _look_in(row.terms, row.since)
    return rows[-1].id if len(rows) == BATCH else None


def _look_in(terms: str, since: datetime) -> None:
    asked = replace(of_followed(terms), sinds=int(since.timestamp()))
    values = searching.coming_out(asked, searching.tags_for(asked.q))
    rows = read(_newest(db.engine.dialect.name), values)
    newest_at = datetime.fromtimestamp(rows[0].n, UTC) if rows else None
    others = (FollowedSearch.terms == terms, FollowedSearch.newest_at.is_distinct_from(newest_at))
    heard = update(FollowedSearch).where(*others).values(newest_at=newest_at)
    db.session.execute(heard, execution_options={"synchronize_session": False})


@prepared
def _newest(_database: str) -> AnySelect:
    return searching.came_out(1)


@prepared
def _each_once() -> AnySelect:
    """Some searches, each under the first of its ids, with since when somebody waits for news of it."""
    same = aliased(FollowedSearch)
    since = select(func.min(same.told_until)).where(same.terms == FollowedSearch.terms).scalar_subquery()
    return (
        select(FollowedSearch.id, FollowedSearch.terms, since.label("since"))
        .where(
            FollowedSearch.id > given("behind", FollowedSearch.id),
            ~exists().where(same.terms == FollowedSearch.terms, same.id < FollowedSearch.id),
        )
        .order_by(FollowedSearch.id)
        .limit(BATCH)
    )

"""Reading conversations: those of a group, and one with what is said in it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from webapp.accounts.models import Person
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups import guests
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor
from webapp.talk.mentions import Person as Asked
from webapp.talk.models import Thread, ThreadPost, ThreadReaction, ThreadSeen

PAGE_SIZE = 20
MOST_ANSWERS = 300
MOST_NEW = 99
NOBODY = uuid.UUID(int=0)


def thread(thread_id: uuid.UUID) -> Thread | None:
    """One conversation, with its group, who sits there, and its guests."""
    found = groups.with_group(Thread, thread_id)
    invited = guests.of(thread_id)
    if found:
        found.guests, found.guest_ids = invited, frozenset(row.person_id for row in invited)
    return found


def post(thread_post_id: uuid.UUID) -> ThreadPost | None:
    """A few words, with their conversation, its group, who sits there, and its guests."""
    together = joinedload(ThreadPost.thread).joinedload(Thread.group)
    found = db.session.get(ThreadPost, thread_post_id, options=[together])
    groups.with_members_of(found.thread.group if found else None, thread_post_id)
    seated = guests.ids_of(found.thread_id if found else thread_post_id)
    if found:
        found.thread.guest_ids = seated
    return found


def people(one: Thread) -> list[Asked]:
    """Who can be asked something in a conversation: who sits in the group, and its guests."""
    seated = {row.person_id: Asked(row.person_id, row.name) for row in one.group.members}
    return list((seated | {row.person_id: Asked(row.person_id, row.name) for row in guests.of(one.id)}).values())


def _new() -> ColumnElement[int]:
    """How many posts of others somebody (`me`) has not seen, up to 99."""
    seen = select(ThreadSeen.at).where(
        ThreadSeen.thread_id == ThreadPost.thread_id, ThreadSeen.person_id == given("me", ThreadSeen.person_id)
    )
    theirs = or_(ThreadPost.author_id.is_(None), ThreadPost.author_id != given("me", ThreadSeen.person_id))
    unseen = or_(~seen.exists(), ThreadPost.written_at > seen.scalar_subquery())
    rows = select(ThreadPost.id).where(
        ThreadPost.thread_id == Thread.id, ThreadPost.withdrawn_at.is_(None), theirs, unseen
    )
    return select(func.count()).select_from(rows.limit(MOST_NEW).correlate(Thread).subquery()).scalar_subquery()


def of_group(
    group: WorkingGroup, actor: Actor, after: tuple[datetime, uuid.UUID] | None = None, most: int = PAGE_SIZE
) -> Sequence[AnyRow]:
    """Up to one page of the conversations of a group, and one more, the liveliest first; with who said what last."""
    behind = {"behind_at": after[0], "behind_id": after[1]} if after else {}
    values = {"group": group.id, "me": actor.person_id or NOBODY, "most": most + 1}
    return read(_of_group(behind=bool(after)), values | behind)


@prepared
def _of_group(*, behind: bool) -> AnySelect:
    last = (
        select(ThreadPost.id)
        .where(ThreadPost.thread_id == Thread.id, ThreadPost.withdrawn_at.is_(None))
        .order_by(ThreadPost.written_at.desc(), ThreadPost.id)
        .limit(1)
        .scalar_subquery()
    )
    said = aliased(ThreadPost)
    posts = select(func.count()).where(ThreadPost.thread_id == Thread.id).scalar_subquery()
    query = (
        select(
            Thread.id, Thread.title, Thread.last_at, said.words, Person.name, said.author_id,
            posts.label("posts"), _new().label("new"),
        )
        .select_from(Thread)
        .outerjoin(said, said.id == last)
        .outerjoin(Person, Person.id == said.author_id)
        .where(Thread.group_id == given("group", Thread.group_id))
    )  # fmt: skip
    if behind:
        key = tuple_(given("behind_at", Thread.last_at), given("behind_id", Thread.id))
        query = query.where(tuple_(Thread.last_at, Thread.id) < key)
    return query.order_by(Thread.last_at.desc(), Thread.id.desc()).limit(given("most", ThreadPost.version))


def _said() -> AnySelect:
    remover = aliased(Person)
    return (
        select(
            ThreadPost.id, ThreadPost.answers_id, ThreadPost.author_id, ThreadPost.words, ThreadPost.written_at,
            ThreadPost.edited_at, ThreadPost.withdrawn_at, ThreadPost.became, Person.name,
            remover.name.label("withdrawn_by"),
        )
        .select_from(ThreadPost)
        .outerjoin(Person, Person.id == ThreadPost.author_id)
        .outerjoin(remover, remover.id == ThreadPost.withdrawn_by_id)
    )  # fmt: skip


def posts(one: Thread, before: tuple[datetime, uuid.UUID] | None = None) -> tuple[list[AnyRow], list[AnyRow]]:
    """Up to one page of the posts of a conversation, and one more, the newest first; and the answers to them, the
    oldest first. One query."""
    behind = {"before_at": before[0], "before_id": before[1]} if before else {}
    rows = read(_posts(behind=bool(before)), {"thread": one.id} | behind)
    return [row for row in reversed(rows) if row.answers_id is None], [row for row in rows if row.answers_id]


@prepared
def _posts(*, behind: bool) -> AnySelect:
    page = select(ThreadPost.id).where(
        ThreadPost.thread_id == given("thread", Thread.id), ThreadPost.answers_id.is_(None)
    )
    if behind:
        key = tuple_(given("before_at", ThreadPost.written_at), given("before_id", ThreadPost.id))
        page = page.where(tuple_(ThreadPost.written_at, ThreadPost.id) < key)
    page = page.order_by(ThreadPost.written_at.desc(), ThreadPost.id.desc()).limit(PAGE_SIZE + 1)
    return (
        _said()
        .where(or_(ThreadPost.id.in_(page), ThreadPost.answers_id.in_(page)))
        .order_by(ThreadPost.written_at, ThreadPost.id)
        .limit(PAGE_SIZE + 1 + MOST_ANSWERS)
    )


def reactions(ids: Sequence[uuid.UUID]) -> Sequence[AnyRow]:
    """Who tapped what under some posts."""
    return read(_reactions(), {"posts": list(ids) or [NOBODY]})


@prepared
def _reactions() -> AnySelect:
    to = given("posts", Thread.id, many=True)
    return (
        select(ThreadReaction.post_id, ThreadReaction.kind, ThreadReaction.person_id, Person.name)
        .join(Person, Person.id == ThreadReaction.person_id)
        .where(ThreadReaction.post_id.in_(to))
        .order_by(Person.name, ThreadReaction.person_id)
    )


def seen_at(one: Thread, person_id: uuid.UUID | None) -> datetime | None:
    """Up to when somebody has seen a conversation; None when they never did."""
    mine = and_(ThreadSeen.thread_id == one.id, ThreadSeen.person_id == person_id)
    return db.session.scalar(select(ThreadSeen.at).where(mine))

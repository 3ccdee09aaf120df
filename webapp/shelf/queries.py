"""Reading the shelf: one tool with its versions and users, those of a group, those of the whole network."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.patterns import a_word_begins, word_begins
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import Membership, WorkingGroup
from webapp.policy.actor import Actor
from webapp.shelf.models import Tool, ToolFile, ToolTag, ToolUse
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

PAGE_SIZE = 25
MOST_VERSIONS = 50
MOST_USERS = 100

IS_SHARED = and_(Tool.shared_at.is_not(None), WorkingGroup.visibility == Visibility.OPEN)
"""On the shelf of the network: somebody put it there, and its group is open today."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for on the shelf of the network."""

    b: B | None = None
    strategy: Strategy | None = None

    def codes(self) -> dict[str, str]:
        """The codes that are asked for, by the name of their filter."""
        return {name: code.value for name, code in (("b", self.b), ("strategy", self.strategy)) if code}


def tool(tool_id: uuid.UUID) -> Tool | None:
    """One tool, with its group and who sits there."""
    return groups.with_group(Tool, tool_id)


def file(tool_file_id: uuid.UUID) -> ToolFile | None:
    """One version of a file, with its tool, the group and who sits there."""
    found = db.session.get(ToolFile, tool_file_id, options=[joinedload(ToolFile.tool).joinedload(Tool.group)])
    groups.with_members_of(found.tool.group if found else None, tool_file_id)
    return found


def files_of(one: Tool) -> Sequence[AnyRow]:
    """The versions of a file, the newest first."""
    query = (
        select(ToolFile.id, ToolFile.number, ToolFile.kind, ToolFile.size, ToolFile.added_at, Person.name)
        .outerjoin(Person, Person.id == ToolFile.added_by_id)
        .where(ToolFile.tool_id == one.id)
        .order_by(ToolFile.number.desc())
        .limit(MOST_VERSIONS)
    )
    return db.session.execute(query).all()


def users_of(one: Tool, actor: Actor) -> Sequence[AnyRow]:
    """The organisations that use a tool, and the groups of which this person may know that they exist."""
    return read(_users(in_network=bool(actor.seats)), groups.values(actor) | {"tool": one.id})


@prepared
def _users(*, in_network: bool) -> AnySelect:
    may_be_named = or_(ToolUse.organisation_id.is_not(None), groups.visible(in_network=in_network))
    return (
        select(
            ToolUse.organisation_id, ToolUse.group_id, WorkingGroup.icon,
            func.coalesce(Organisation.name, WorkingGroup.name).label("name"),
        )
        .outerjoin(Organisation, Organisation.id == ToolUse.organisation_id)
        .outerjoin(WorkingGroup, WorkingGroup.id == ToolUse.group_id)
        .where(ToolUse.tool_id == given("tool", ToolUse.tool_id), may_be_named)
        .order_by(func.coalesce(Organisation.name, WorkingGroup.name), ToolUse.id)
        .limit(MOST_USERS)
    )  # fmt: skip


def my_groups(actor: Actor) -> Sequence[AnyRow]:
    """The open groups in which somebody sits: those may say that they use something."""
    return read(_my_groups(), groups.values(actor))


@prepared
def _my_groups() -> AnySelect:
    return (
        select(WorkingGroup.id, WorkingGroup.name)
        .join(Membership, Membership.group_id == WorkingGroup.id)
        .where(
            Membership.person_id == given("me", Membership.person_id), groups.sits_now(),
            WorkingGroup.visibility == Visibility.OPEN,
        )
        .distinct()
        .order_by(WorkingGroup.name, WorkingGroup.id)
        .limit(MOST_USERS)
    )  # fmt: skip


def use_of(one: Tool, organisation_id: uuid.UUID | None, group_id: uuid.UUID | None) -> ToolUse | None:
    """What an organisation or a group said about using a tool."""
    query = select(ToolUse).where(
        ToolUse.tool_id == one.id, ToolUse.organisation_id == organisation_id, ToolUse.group_id == group_id
    )
    return db.session.scalar(query)


def kept_by(organisation_id: uuid.UUID | None, group_id: uuid.UUID) -> int:
    """How many bytes of files people of an organisation brought; or, in their own name, people of a group."""
    kept = select(func.coalesce(func.sum(ToolFile.size), 0)).where(ToolFile.organisation_id == organisation_id)
    if organisation_id is None:
        kept = kept.join(Tool, Tool.id == ToolFile.tool_id).where(Tool.group_id == group_id)
    return db.session.scalar(kept) or 0


def _rows() -> AnySelect:
    newest = (
        select(ToolFile.kind).where(ToolFile.tool_id == Tool.id).order_by(ToolFile.number.desc()).limit(1)
    ).scalar_subquery()
    used = select(func.count()).where(ToolUse.tool_id == Tool.id, ToolUse.organisation_id.is_not(None))
    return select(
        Tool.id, Tool.title, Tool.purpose, Tool.url, Tool.bs, Tool.strategies, Tool.shared_at, Tool.group_id,
        WorkingGroup.name.label("group"), newest.label("kind"), used.scalar_subquery().label("used"),
    ).join(WorkingGroup, WorkingGroup.id == Tool.group_id)  # fmt: skip


def of_group(
    group: WorkingGroup, after: tuple[str, uuid.UUID] | None = None, most: int = PAGE_SIZE
) -> Sequence[AnyRow]:
    """Up to one page of what a group keeps, and one more, by title."""
    behind = {"behind_title": after[0], "behind_id": after[1]} if after else {}
    return read(_of_group(behind=bool(after)), {"group": group.id, "most": most + 1} | behind)


@prepared
def _of_group(*, behind: bool) -> AnySelect:
    query = _rows().where(Tool.group_id == given("group", Tool.group_id))
    if behind:
        last = tuple_(given("behind_title", Tool.title), given("behind_id", Tool.id))
        query = query.where(tuple_(Tool.title, Tool.id) > last)
    return query.order_by(Tool.title, Tool.id).limit(given("most", Tool.version))


def of_network(wanted: Wanted, after: tuple[datetime, uuid.UUID] | None = None) -> Sequence[AnyRow]:
    """Up to one page of what open groups share, and one more, the newest first."""
    codes = wanted.codes()
    behind = {"behind_at": after[0], "behind_id": after[1]} if after else {}
    return read(_of_network(tuple(codes), behind=bool(after)), codes | behind)


@prepared
def _of_network(filters: tuple[str, ...], *, behind: bool) -> AnySelect:
    tagged = (exists().where(ToolTag.tool_id == Tool.id, ToolTag.code == given(name, ToolTag.code)) for name in filters)
    query = _rows().where(IS_SHARED, *tagged)
    if behind:
        last = tuple_(given("behind_at", Tool.shared_at), given("behind_id", Tool.id))
        query = query.where(tuple_(Tool.shared_at, Tool.id) < last)
    return query.order_by(Tool.shared_at.desc(), Tool.id.desc()).limit(PAGE_SIZE + 1)


def named(actor: Actor, words: str, limit: int) -> Sequence[AnyRow]:
    """The tools on the shelf of the network and of the groups somebody sits in, in which a word begins so."""
    return read(_named(limit, in_network=bool(actor.seats)), groups.values(actor) | word_begins(words))


@prepared
def _named(limit: int, *, in_network: bool) -> AnySelect:
    may_be_read = or_(IS_SHARED, groups.mine()) if in_network else groups.mine()
    begins = or_(a_word_begins(Tool.title), a_word_begins(Tool.purpose))
    return _rows().where(may_be_read, begins).order_by(Tool.title, Tool.id).limit(limit)

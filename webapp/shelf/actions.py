"""What a group does with its shelf: putting something on it, keeping it right, sharing it, taking it off."""

import uuid
from dataclasses import dataclass

from sqlalchemy import delete

from webapp.core import audit, clock, crypto, files, history, ledger
from webapp.core.crypto import Place
from webapp.core.db import db, erase_log_too, new_id, own_transaction
from webapp.core.errors import Invalid, NotAllowed
from webapp.core.history import History
from webapp.core.papers import Paper
from webapp.core.versions import expect
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.shelf import queries
from webapp.shelf.models import Tool, ToolFile, ToolTag, ToolUse
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a tool. With a `url` it is a link; without, a file."""

    title: str
    purpose: str
    url: str = ""
    bs: tuple[B, ...] = ()
    strategies: tuple[Strategy, ...] = ()


def add(group: WorkingGroup, about: About, paper: Paper | None = None, *, by: Actor) -> Tool:
    """Put a link or a file on the shelf of a group. Raises NotTaken when there is no room for the file."""
    require(by, Can.BRING_FILE if paper else Can.TAKE_PART, group)
    if bool(about.url) == (paper is not None):
        raise Invalid({"file": "link_or_file"})
    row = Tool(group_id=group.id, added_by_id=by.person_id, added_at=clock.now())
    _say(row, about)
    db.session.add(row)
    db.session.flush()
    _tag(row)
    if paper:
        _keep(row, _place_of(group, by), 1, paper, by)
    history.record("tool", row.id, "add", by=by)
    return row


def _place_of(group: WorkingGroup, by: Actor) -> uuid.UUID | None:
    """The organisation for which somebody sits in the group: what they bring counts there."""
    place: uuid.UUID | None = next(row.organisation_id for row in group.members if row.person_id == by.person_id)
    return place


def edit(tool: Tool, about: About, *, by: Actor, version: int | None = None) -> None:
    """Say anew what a tool is for. A link stays a link and a file a file."""
    require(by, Can.TAKE_PART, tool)
    expect(tool, version)
    if bool(about.url) != tool.is_link:
        raise Invalid({"url": "link_or_file"})
    _say(tool, about)
    db.session.flush()
    _tag(tool)
    history.record("tool", tool.id, "edit", by=by)


def _say(tool: Tool, about: About) -> None:
    tool.title, tool.purpose, tool.url = about.title, about.purpose, about.url
    tool.bs, tool.strategies = about.bs, about.strategies


def _tag(tool: Tool) -> None:
    db.session.execute(delete(ToolTag).where(ToolTag.tool_id == tool.id))
    db.session.add_all(ToolTag(tool_id=tool.id, code=code.value) for code in (*tool.bs, *tool.strategies))
    db.session.flush()


def add_version(tool: Tool, paper: Paper, *, by: Actor) -> ToolFile:
    """Keep a newer file; the older ones stay. Raises NotTaken when there is no room for it."""
    require(by, Can.BRING_FILE, tool)
    if tool.is_link:
        raise Invalid({"file": "link_or_file"})
    newest = queries.files_of(tool)
    row = _keep(tool, _place_of(tool.group, by), newest[0].number + 1 if newest else 1, paper, by)
    history.record("tool", tool.id, "version", by=by)
    return row


def _keep(tool: Tool, organisation_id: uuid.UUID | None, number: int, paper: Paper, by: Actor) -> ToolFile:
    files.weigh_beside(queries.kept_by(organisation_id, tool.group_id), paper.content)
    file_id, ring = new_id(), crypto.ring()
    key = ring.new_data_key(file_id)
    row = ToolFile(
        id=file_id,
        tool_id=tool.id,
        number=number,
        organisation_id=organisation_id,
        added_by_id=by.person_id,
        kind=paper.kind,
        size=len(paper.content),
        data_key=key,
        file_sealed=ring.seal_bytes(key, _place(file_id), paper.content),
        added_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def content(row: ToolFile, *, by: Actor) -> bytes:
    """What is in a file."""
    require(by, Can.READ_GROUP, row)
    return crypto.ring().open_bytes(row.data_key, _place(row.id), row.file_sealed)


def hand_out(row: ToolFile, *, by: Actor) -> bytes:
    """What is in a file, for somebody who takes it. Written in the audit log, or raises Unavailable."""
    found = content(row, by=by)
    with own_transaction() as beside:
        audit.write("tool.download", by=by, thing_id=row.id, beside=beside)
    return found


def share(tool: Tool, *, by: Actor) -> None:
    """Put a tool of an open group on the shelf of the network."""
    require(by, Can.SHARE_TOOL, tool)
    if tool.shared_at is None:
        tool.shared_at = clock.now()
        db.session.flush()
        history.record("tool", tool.id, "share", by=by)


def unshare(tool: Tool, *, by: Actor) -> None:
    """Keep a tool for the group again."""
    require(by, Can.TAKE_PART, tool)
    if tool.shared_at is not None:
        tool.shared_at = None
        db.session.flush()
        history.record("tool", tool.id, "unshare", by=by)


def use(tool: Tool, group: WorkingGroup | None = None, *, by: Actor) -> None:
    """Our organisation, or a group of ours, uses this. Saying it twice is saying it once."""
    organisation_id, group_id = _user(tool, group, by)
    if queries.use_of(tool, organisation_id, group_id) is None:
        db.session.add(ToolUse(tool_id=tool.id, organisation_id=organisation_id, group_id=group_id))
        db.session.flush()


def stop_using(tool: Tool, group: WorkingGroup | None = None, *, by: Actor) -> None:
    """We use it no longer."""
    said = queries.use_of(tool, *_user(tool, group, by))
    if said:
        db.session.delete(said)
        db.session.flush()


def _user(tool: Tool, group: WorkingGroup | None, by: Actor) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """Who uses it: the organisation somebody mostly acts for, or an open group in which they sit."""
    require(by, Can.USE_TOOL, tool)
    if group is None:
        return by.organisation_id, None
    if not (group.visibility == "open" and by.person_id in group.member_ids):
        raise NotAllowed(Can.USE_TOOL)
    return None, group.id


def remove(tool: Tool, *, by: Actor) -> None:
    """Take a tool off the shelf, with every version of its file: for good."""
    require(by, Can.REMOVE_TOOL, tool)
    ledger.note("tool", tool.id)
    _erase(tool.id)


@ledger.replays("tool")
def _erase(tool_id: uuid.UUID) -> None:
    db.session.execute(delete(Tool).where(Tool.id == tool_id))
    db.session.execute(delete(History).where(History.thing_id == tool_id))
    erase_log_too()


def _place(file_id: uuid.UUID) -> Place:
    return Place("tool_file", "file", file_id)

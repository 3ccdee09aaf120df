"""Starting a group, saying what it is for, and who sits in it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete

from webapp.core import clock, history, links
from webapp.core.brake import forgets
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.groups import carrying, queries
from webapp.groups.codes import GroupRole, Visibility
from webapp.groups.lifecycle import REQUEST, RequestStatus
from webapp.groups.models import Guest, JoinRequest, Membership, WorkingGroup
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed, require
from webapp.vocabulary.retention import Keep, kept_for


@dataclass(frozen=True, slots=True)
class About:
    """What a group says of itself."""

    name: str
    purpose: str
    visibility: Visibility
    rhythm: str = ""


class Gone(NamedTuple):
    """Somebody took part in a group, or was its guest, from a day until a moment. `mark` is the same however often this
    one end is told."""

    group_id: uuid.UUID
    person_id: uuid.UUID
    since: date
    until: datetime
    mark: str


Hear = Callable[[Gone], None]
_hearing: list[Hear] = []


def hears_who_left(hear: Hear) -> Hear:
    """Register what an area above does when somebody leaves a group, or is its guest no longer."""
    _hearing.append(hear)
    return hear


def tell_who_left(gone: Gone) -> None:
    """Let the areas above know that somebody left."""
    for hear in _hearing:
        hear(gone)


def gone_now(row: Membership | Guest, since: date, last: date) -> Gone:
    """Who leaves at this moment."""
    return Gone(row.group_id, row.person_id, since, clock.now(), mark_of(row.id, last))


def mark_of(place_id: uuid.UUID, last: date) -> str:
    """The mark of one end: of a place in a group, or as its guest, after a last day."""
    return f"{place_id.hex}{last:%y%m%d}"


def start(about: About, *, by: Actor) -> WorkingGroup:
    """Start a group; whoever starts it is its chair until somebody else is."""
    require(by, Can.START_GROUP)
    if by.person_id is None or by.organisation_id is None:
        raise NotAllowed(Can.START_GROUP)
    group = WorkingGroup(
        name=about.name, purpose=about.purpose, visibility=about.visibility, rhythm=about.rhythm, created_at=clock.now()
    )
    db.session.add(group)
    db.session.flush()
    history.record("group", group.id, "start", by=by)
    seat(group, by.person_id, by.organisation_id, GroupRole.CHAIR)
    return queries.with_members(group)


KNOWN_BY: list[Callable[[uuid.UUID], bool]] = []
"""Whether everybody in the network reads something that says a group exists: then it can become a secret no more. An
area above puts its own question here."""


def edit(group: WorkingGroup, about: About, *, by: Actor, version: int | None = None) -> None:
    """Say anew what a group is for, and who may read it."""
    require(by, Can.LEAD_GROUP, group)
    expect(group, version)
    before = group.visibility
    if about.visibility is Visibility.CONFIDENTIAL and any(known(group.id) for known in KNOWN_BY):
        raise Invalid({"visibility": "known_in_network"})
    group.name, group.purpose, group.rhythm = about.name, about.purpose, about.rhythm
    group.visibility = about.visibility
    db.session.flush()
    history.record("group", group.id, "edit", by=by, before=before, after=group.visibility)


def add_member(
    group: WorkingGroup,
    person_id: uuid.UUID,
    organisation_id: uuid.UUID | None,
    role: GroupRole = GroupRole.MEMBER,
    ends_on: date | None = None,
    *,
    by: Actor,
) -> Membership:
    """Let somebody sit in a group for an organisation where they hold a function; without one, in their own name."""
    require(by, Can.LEAD_GROUP, group)
    if person_id in group.member_ids:
        raise Invalid({"person": "sits_already"})
    if organisation_id and not queries.holds_seat(person_id, organisation_id):
        raise Invalid({"person": "no_function_there"})
    if ends_on is not None and ends_on < clock.today():
        raise Invalid({"ends_on": "date_in_past"})
    row = seat(group, person_id, organisation_id, role, ends_on)
    history.record("group", group.id, "add_member", by=by, after=role)
    answer_waiting(group, person_id, by)
    notify([person_id], NoticeKind.GROUP_WELCOME, group.id)
    queries.with_members(group)
    return row


def seat(
    group: WorkingGroup,
    person_id: uuid.UUID,
    organisation_id: uuid.UUID | None,
    role: GroupRole,
    ends_on: date | None = None,
) -> Membership:
    """Let somebody sit in a group from today; whoever calls this knows that they may."""
    row = Membership(
        group_id=group.id,
        person_id=person_id,
        organisation_id=organisation_id,
        role=role,
        begins_on=clock.today(),
        ends_on=ends_on,
    )
    links.forget(links.Purpose.FEED, group.id, person_id)  # of an earlier time in this group
    db.session.add(row)
    db.session.flush()
    return row


def answer_waiting(group: WorkingGroup, person_id: uuid.UUID, by: Actor) -> None:
    asked = queries.request_of(group, person_id)
    if asked and asked.status in (RequestStatus.ASKED, RequestStatus.NOT_NOW):
        _move(asked, "welcome", by)


def change_role(row: Membership, role: GroupRole, *, by: Actor) -> None:
    """Say what somebody is in a group."""
    require(by, Can.LEAD_GROUP, row.group)
    before, row.role = row.role, role
    db.session.flush()
    history.record("group", row.group_id, "change_role", by=by, before=before, after=role)


def end_membership(row: Membership, *, by: Actor) -> None:
    """Somebody leaves a group, or whoever leads it lets them go. What they took up stays with the group: on their
    organisation, and what they carried in their own name on nobody yet."""
    if row.person_id != by.person_id:
        require(by, Can.LEAD_GROUP, row.group)
    since, yesterday = row.begins_on, clock.today() - timedelta(days=1)
    row.begins_on, row.ends_on = min(row.begins_on, yesterday), yesterday
    db.session.flush()
    tell_who_left(gone_now(row, since, yesterday))
    links.forget(links.Purpose.FEED, row.group_id, row.person_id)
    if row.organisation_id is None:
        carrying.free_what_was_left()
    history.record("group", row.group_id, "leave" if row.person_id == by.person_id else "let_go", by=by)
    if row.person_id != by.person_id:
        notify([row.person_id], NoticeKind.GROUP_LEFT, row.group_id)


def ask_to_join(group: WorkingGroup, words: str = "", *, by: Actor) -> JoinRequest:
    """Ask to sit in an open group. Asking twice is asking once."""
    require(by, Can.ASK_TO_JOIN, group)
    if by.person_id is None or by.organisation_id is None:
        raise NotAllowed(Can.ASK_TO_JOIN)
    row = queries.request_of(group, by.person_id)
    if row is None:
        row = JoinRequest(group_id=group.id, person_id=by.person_id, organisation_id=by.organisation_id)
        row.asked_at = row.moved_at = clock.now()
        db.session.add(row)
    elif row.status is RequestStatus.ASKED:
        return row
    else:
        _move(row, "ask_again", by)
        row.organisation_id, row.asked_at = by.organisation_id, clock.now()
    row.words = words
    db.session.flush()
    history.record("group", group.id, "ask_to_join", by=by)
    notify(sorted(group.hearing_ids), NoticeKind.GROUP_ASKED, group.id)
    return row


def answer_request(row: JoinRequest, *, welcome: bool, by: Actor) -> None:
    """Say yes or not now to somebody who would like to join."""
    require(by, Can.LEAD_GROUP, row.group)
    if welcome and row.person_id not in row.group.member_ids:
        add_member(row.group, row.person_id, row.organisation_id, by=by)
        return
    _move(row, "welcome" if welcome else "decline", by)
    db.session.flush()
    notify([row.person_id], NoticeKind.GROUP_NOT_NOW, row.group_id)


def take_back(row: JoinRequest, *, by: Actor) -> None:
    """Whoever asked does not want to join after all."""
    if row.person_id != by.person_id:
        raise NotAllowed(Can.ASK_TO_JOIN)
    _move(row, "take_back", by)
    db.session.flush()


def _move(row: JoinRequest, step: str, by: Actor) -> None:
    before = row.status
    row.status = RequestStatus(REQUEST.after(step, before))
    row.moved_at = clock.now()
    history.record("group", row.group_id, f"request_{step}", by=by, before=before, after=row.status)


@forgets
def forget_memberships() -> None:
    """Who sat in a group or was a guest goes a year after; who asked to, 90 days after the answer."""
    last_kept = clock.today() - kept_for(Keep.MEMBERSHIP)
    db.session.execute(delete(Membership).where(Membership.ends_on < last_kept))
    db.session.execute(delete(Guest).where(Guest.ends_on < last_kept))
    over = JoinRequest.status != RequestStatus.ASKED
    ago = clock.now() - kept_for(Keep.JOIN_REQUEST)
    db.session.execute(delete(JoinRequest).where(over, JoinRequest.moved_at < ago))

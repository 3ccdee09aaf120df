"""Coming in by a link with a QR code: into a group, or as a guest of one of its things. Whoever follows it shows that a
mail address is theirs. At most one link works for each; a new one ends the one before.

The page of a link names the group, but for a confidential one: that is told only to whoever is in.
"""

import uuid
from datetime import date

from sqlalchemy import delete, select

from webapp.accounts import joining
from webapp.accounts import queries as accounts
from webapp.accounts.models import JoinLink, Person
from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.groups import actions, guests, hosting, queries
from webapp.groups.codes import GroupRole, GuestOf
from webapp.groups.models import GroupDoor, WorkingGroup
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.retention import Keep, kept_for


def make(group: WorkingGroup, *, days: int, cap: int, by: Actor) -> JoinLink:
    """A link into the group."""
    require(by, Can.LEAD_GROUP, group)
    return _make(group, GroupDoor(group_id=group.id), days, cap, by)


def make_for_guests(
    group: WorkingGroup, of: GuestOf, thing_id: uuid.UUID, until: date, *, days: int, cap: int, by: Actor
) -> JoinLink:
    """A link by which people become guests of one thing, until a day."""
    require(by, Can.LEAD_GROUP, group)
    hosting.check_end(until)
    return _make(group, GroupDoor(group_id=group.id, of=of, thing_id=thing_id, until=until), days, cap, by)


def _make(group: WorkingGroup, row: GroupDoor, days: int, cap: int, by: Actor) -> JoinLink:
    end(group, row.thing_id, by=by)
    row.made_at = clock.now()
    db.session.add(row)
    db.session.flush()
    history.record("group", group.id, "link_made", by=by, after=row.of)
    return joining.open_door(row.id, days=days, cap=cap, by=by)


def end(group: WorkingGroup, thing_id: uuid.UUID | None = None, *, by: Actor) -> None:
    """The link into the group, or to one of its things, stops working at once."""
    require(by, Can.LEAD_GROUP, group)
    earlier = door(group, thing_id)
    if earlier:
        joining.close_door(earlier.id, by=by)


def door(group: WorkingGroup, thing_id: uuid.UUID | None = None) -> GroupDoor | None:
    """The door that was made last, into the group or to one of its things."""
    wanted = select(GroupDoor).where(GroupDoor.group_id == group.id, GroupDoor.thing_id == thing_id)
    return db.session.scalars(wanted.order_by(GroupDoor.made_at.desc(), GroupDoor.id).limit(1)).first()


def link_of(group: WorkingGroup, thing_id: uuid.UUID | None = None) -> JoinLink | None:
    """The link that works now."""
    found = door(group, thing_id)
    return accounts.door_link(found.id) if found else None


def door_of(door_id: uuid.UUID) -> GroupDoor:
    """One door."""
    return db.session.get_one(GroupDoor, door_id)


@joining.keeps_doors
def enter(door_id: uuid.UUID, person: Person, made_by_id: uuid.UUID | None) -> None:
    """Somebody showed that an address is theirs, and is in: as a member, or as a guest of one thing."""
    row = db.session.get(GroupDoor, door_id)
    group = queries.group(row.group_id) if row else None
    if row is None or group is None or person.id in group.member_ids:
        return
    by = Actor(person_id=person.id, name=person.name)
    if row.of and row.thing_id and row.until:
        hosting.begin(group.id, person.id, row.of, row.thing_id, row.until, by=Actor(person_id=made_by_id))
        return
    actions.seat(group, person.id, guests.first_seat(person.id), GroupRole.MEMBER)
    history.record("group", group.id, "joined_by_link", by=by)
    notify(sorted(group.hearing_ids), NoticeKind.GROUP_JOINED, group.id)


@sweep
def forget_doors() -> None:
    """Doors whose links are long over go."""
    db.session.execute(delete(GroupDoor).where(GroupDoor.made_at < clock.now() - kept_for(Keep.GROUP_DOOR)))

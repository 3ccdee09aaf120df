"""Inviting one person into a group by mail: as a member, or as a guest of one thing until a day; and what they say.

Whoever is signed in with the address answers with one tap. Anybody else shows first that it is theirs, by the code of
every join link, whether Brug knows them or not: who invites never learns which. Only after that a confidential group
tells its name.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from webapp.accounts import joining as accounts
from webapp.accounts import queries as people
from webapp.accounts import resting
from webapp.accounts.models import Person
from webapp.core import audit, clock, history, outbox
from webapp.core.brake import forgets
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.groups import actions, guests, hosting, invited, queries
from webapp.groups.codes import GroupRole, GuestOf, Visibility
from webapp.groups.models import INVITED_FOR, GroupInvitation, WorkingGroup
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import GUEST, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed, require
from webapp.vocabulary.retention import Keep, kept_for

TASK = "mail.group_invitation"
MOST_TRIES = 20
"""How often somebody may come back by the link before they answer."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a group invites and as what: with a thing as its guest, until `ends_on`; else to sit in the group."""

    email: str
    name: str = ""
    role: GroupRole = GroupRole.MEMBER
    organisation_id: uuid.UUID | None = None
    ends_on: date | None = None
    of: GuestOf | None = None
    thing_id: uuid.UUID | None = None


def invite(group: WorkingGroup, who: Invited, *, by: Actor) -> GroupInvitation:
    """Invite somebody at an address; the mail follows. Known or unknown, sitting there already or not: all the same."""
    require(by, Can.LEAD_GROUP, group)
    _check(group, who, by)
    resting.wake(who.email, by=by)
    row = GroupInvitation(
        group_id=group.id,
        email=who.email,
        name=who.name,
        role=who.role,
        organisation_id=who.organisation_id,
        of=who.of,
        thing_id=who.thing_id,
        ends_on=who.ends_on,
        invited_by_id=by.person_id,
        sent_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    history.record("group", group.id, "invite", by=by, after=who.of or who.role)
    _send(row, by, "")
    return row


def invite_by_name(
    group: WorkingGroup,
    person_id: uuid.UUID,
    organisation_id: uuid.UUID,
    role: GroupRole = GroupRole.MEMBER,
    ends_on: date | None = None,
    *,
    by: Actor,
) -> GroupInvitation:
    """Invite somebody of the network to sit in a group for an organisation where they hold a function."""
    require(by, Can.LEAD_GROUP, group)
    if person_id in group.member_ids:
        raise Invalid({"person": "sits_already"})
    person = people.person(person_id)
    if person is None or not queries.holds_seat(person_id, organisation_id):
        raise Invalid({"person": "no_function_there"})
    who = Invited(person.email, person.name, role, organisation_id, ends_on)
    try:
        return invite(group, who, by=by)
    except Invalid as refusal:
        said = {"person" if field == "email" else field: code for field, code in refusal.errors.items()}
        raise Invalid(said) from None


def _check(group: WorkingGroup, who: Invited, by: Actor) -> None:
    if who.thing_id and who.ends_on:
        hosting.check_end(who.ends_on)
    elif who.ends_on and who.ends_on < clock.today():
        raise Invalid({"ends_on": "date_in_past"})
    person = people.person_by_email(who.email)
    if person and person.id == by.person_id:
        raise Invalid({"email": "own_address"})
    by_name = who.organisation_id is not None
    if any((one.organisation_id is not None) == by_name for one in invited.waiting(group.id, who.email, who.thing_id)):
        raise Invalid({"email": "invited_already"})


def _send(row: GroupInvitation, by: Actor, reason: str) -> None:
    accounts.open_door(row.id, days=INVITED_FOR, cap=MOST_TRIES, by=by)
    audit.write("group_invitation.send", by=by, thing_id=row.id, reason=reason)
    outbox.enqueue(TASK, {"invitation": row.id.hex})


def again(row: GroupInvitation, *, by: Actor) -> None:
    """Send an invitation once more: the earlier link stops working, and two new weeks begin."""
    require(by, Can.LEAD_GROUP, row.group)
    if row.accepted_at or row.declined_at or row.withdrawn_at or (row.ends_on and row.ends_on < clock.today()):
        raise Conflict
    accounts.close_door(row.id, by=by)
    row.sent_at = clock.now()
    _send(row, by, "again")


def withdraw(row: GroupInvitation, *, by: Actor) -> None:
    """Take an invitation back; its link stops working at once."""
    require(by, Can.LEAD_GROUP, row.group)
    if row.accepted_at or row.withdrawn_at:
        raise Conflict
    row.withdrawn_at = clock.now()
    _end(row, "withdraw", by)


def decline(row: GroupInvitation, *, by: Actor = GUEST) -> None:
    """No thanks. Nobody asks why; whoever leads the group sees it in the list."""
    if not row.waits:
        raise Conflict
    row.declined_at = clock.now()
    _end(row, "decline", by)


def _end(row: GroupInvitation, how: str, by: Actor) -> None:
    accounts.close_door(row.id, by=by)
    audit.write("group_invitation.end", by=by, thing_id=row.id, reason=how)
    history.record("group", row.group_id, f"invitation_{how}", by=by)
    db.session.flush()


def accept(row: GroupInvitation, organisation_id: uuid.UUID | None = None, *, by: Actor) -> None:
    """Say yes: sit in the group for an organisation where one holds a function, else in one's own name; or be a guest.

    Raises Conflict when it is too late. Whoever sits there already keeps their place.
    """
    if by.person_id is None or row.person_id != by.person_id:
        raise NotAllowed(Can.ANSWER_INVITATION)
    group = queries.group(row.group_id)
    if group is None or not row.waits:
        raise Conflict
    if row.of and row.thing_id and row.ends_on:
        hosting.begin(group.id, by.person_id, row.of, row.thing_id, row.ends_on, by=Actor(person_id=row.invited_by_id))
    elif by.person_id not in group.member_ids:
        place = _place(by.person_id, organisation_id or row.organisation_id)
        actions.seat(group, by.person_id, place, row.role, row.ends_on)
        actions.answer_waiting(group, by.person_id, by)
        notify(sorted(group.hearing_ids - {by.person_id}), NoticeKind.GROUP_JOINED, group.id)
    for one in invited.waiting(row.group_id, row.email, row.thing_id):
        one.accepted_at = clock.now()
        _end(one, "accept", by)


def _place(person_id: uuid.UUID, wanted: uuid.UUID | None) -> uuid.UUID | None:
    """The organisation that was chosen, as long as they hold a function there."""
    return wanted if wanted and queries.holds_seat(person_id, wanted) else guests.first_seat(person_id)


def asks_first(row: GroupInvitation) -> bool:
    """Whether somebody who showed that the address is theirs still has something to read or to choose."""
    is_secret = row.group.visibility is Visibility.CONFIDENTIAL
    return is_secret or (row.organisation_id is None and bool(invited.places(row)))


@accounts.keeps_doors
def enter(door_id: uuid.UUID, person: Person, _made_by_id: uuid.UUID | None) -> None:
    """Somebody showed that the address is theirs. Where nothing is left to read or to choose, that was their yes."""
    row = invited.for_answer(door_id)
    if row and row.waits and row.person_id == person.id and not asks_first(row):
        accept(row, by=Actor(person_id=person.id, name=person.name))


@forgets
def forget_invitations() -> None:
    """Invitations go 30 days after their two weeks, whatever became of them."""
    long_ago = clock.now() - kept_for(Keep.GROUP_INVITATION)
    db.session.execute(delete(GroupInvitation).where(GroupInvitation.sent_at < long_ago))

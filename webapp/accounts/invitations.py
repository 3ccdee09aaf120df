"""Personal invitations: to one address, for one function at one organisation. Brug has no other way to join.

Who does not speak for an organisation may invite there too, but then the people who work there say yes first. Where
nobody works, the seat opens what is agreed from then on.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from webapp.accounts import house, queries, resting, sessions, telling
from webapp.accounts.models import Function, Invitation, Organisation, Person
from webapp.core import audit, clock, links, outbox
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.policy import roles
from webapp.policy.actor import GUEST, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.functions import FunctionKind

LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Minted:
    """An invitation and the token of its link, on their way to a mailbox."""

    invitation: Invitation
    token: str
    until: datetime
    invited_by: str


def invite(
    organisation: Organisation,
    *,
    name: str,
    email: str,
    kind: FunctionKind,
    begins_on: date,
    ends_on: date | None,
    by: Actor,
) -> Invitation:
    """Invite somebody; the mail follows. Refuses what cannot be, with a code for each field."""
    require(by, Can.MANAGE_SEATS, organisation)
    if not roles.may_give(by, kind, organisation.kind):
        raise NotAllowed(Can.MANAGE_SEATS)
    if errors := _faults(organisation, email, kind, begins_on, ends_on, by):
        raise Invalid(errors)
    resting.wake(email, by=by)
    invitation = Invitation(
        email=email,
        name=name,
        organisation_id=organisation.id,
        kind=kind,
        begins_on=begins_on,
        ends_on=ends_on,
        invited_by_id=by.person_id,
        sent_at=clock.now(),
        from_outside=house.is_outside(by, organisation.id, kind),
        opens_from=house.reach_of(by, organisation.id),
    )
    db.session.add(invitation)
    db.session.flush()
    if house.note_on(invitation).needs_yes:
        audit.write("invitation.ask", by=by, thing_id=invitation.id, reason=kind.value)
        telling.asked(invitation, by=by)
    else:
        _send(invitation, by, kind.value)
    return invitation


def _send(invitation: Invitation, by: Actor, reason: str) -> None:
    audit.write("invitation.send", by=by, thing_id=invitation.id, reason=reason)
    outbox.enqueue("mail.invitation", {"invitation": invitation.id.hex})


def _faults(
    organisation: Organisation, email: str, kind: FunctionKind, begins_on: date, ends_on: date | None, by: Actor
) -> dict[str, str]:
    person = queries.person_by_email(email)
    if person and person.id == by.person_id:
        return {"email": "own_address"}
    if ends_on and ends_on < max(begins_on, clock.today()):
        return {"ends_on": "ends_too_early"}
    if person and queries.holds(person.id, organisation.id, kind):
        return {"email": "has_seat"}
    if queries.open_invitation(organisation.id, email, kind):
        return {"email": "invited_already"}
    return {}


def resend(invitation: Invitation, *, by: Actor) -> None:
    """Send an invitation once more; the link in the earlier mail stops working and two new weeks begin."""
    require(by, Can.MANAGE_SEATS, invitation)
    if not invitation.is_waiting or house.note_on(invitation).needs_yes:
        raise Conflict
    links.revoke(links.Purpose.INVITATION, invitation.id)
    invitation.sent_at = clock.now()
    _send(invitation, by, "again")


def withdraw(invitation: Invitation, *, by: Actor) -> None:
    """Take an invitation back; its link stops working at once."""
    require(by, Can.MANAGE_SEATS, invitation)
    _take_back(invitation, by, "invitation.withdraw")


def agree(invitation: Invitation, *, by: Actor) -> None:
    """Say yes for the house to somebody whom an outsider invited; only now the mail goes out."""
    _require_of_the_house(by, invitation)
    invitation.agreed_at = invitation.sent_at = clock.now()
    invitation.agreed_by_id = by.person_id
    invitation.opens_from = house.reach_of(by, invitation.organisation_id)
    _send(invitation, by, "agreed")


def decline(invitation: Invitation, *, by: Actor) -> None:
    """Say no for the house; nobody gets a mail."""
    _require_of_the_house(by, invitation)
    _take_back(invitation, by, "invitation.decline")


def _require_of_the_house(by: Actor, invitation: Invitation) -> None:
    if not invitation.is_waiting:
        raise Conflict
    require(by, Can.AGREE_TO_SEAT, house.note_on(invitation))
    person = queries.person_by_email(invitation.email)
    if person and person.id == by.person_id:
        raise NotAllowed(Can.AGREE_TO_SEAT)


def _take_back(invitation: Invitation, by: Actor, action: str) -> None:
    if not invitation.is_waiting:
        raise Conflict
    invitation.withdrawn_at = clock.now()
    links.revoke(links.Purpose.INVITATION, invitation.id)
    audit.write(action, by=by, thing_id=invitation.id)


def mint(invitation_id: uuid.UUID) -> Minted | None:
    """Make the link of an invitation; None when it no longer waits for an answer."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or not invitation.is_waiting or house.note_on(invitation).needs_yes:
        return None
    links.revoke(links.Purpose.INVITATION, invitation.id)
    until = invitation.sent_at + LIFE
    token = links.issue(links.Purpose.INVITATION, invitation.id, expires_at=until)
    inviter = db.session.get(Person, invitation.invited_by_id) if invitation.invited_by_id else None
    return Minted(invitation, token, until, inviter.name if inviter else "")


def accept(link: links.Link, invitation: Invitation, *, by: Actor) -> Person:
    """Take the function on: a new person, or one more function for whoever has this address already.

    Raises Conflict when the invitation is over, and Invalid when it is for somebody else. A link that works for two
    weeks opens no account that exists: its owner signs in first.
    """
    person = queries.person_by_email(invitation.email)
    if by.is_known and (person is None or person.id != by.person_id):
        raise Invalid({"email": "for_somebody_else"})
    if person and not person.is_active:
        raise Invalid({"email": "account_closed"})
    if not invitation.is_waiting or not link.works:
        raise Conflict
    if person and not by.is_known:
        raise Invalid({"email": "sign_in_first"})
    if house.note_on(invitation).needs_yes:
        raise Invalid({"email": "yes_first"})
    if not links.use_up(link):
        raise Conflict
    if person is None:
        person = Person(name=invitation.name, email=invitation.email)
        db.session.add(person)
        db.session.flush()
    invitation.accepted_at = clock.now()
    accepted_by = Actor(person_id=person.id, name=person.name)
    if not queries.holds(person.id, invitation.organisation_id, invitation.kind):
        _begin(invitation, person, by=accepted_by)
    db.session.flush()
    audit.write("seat.begin", by=accepted_by, thing_id=invitation.id, reason=invitation.kind.value)
    return person


def _begin(invitation: Invitation, person: Person, *, by: Actor) -> None:
    """Give the seat. Nobody agreed to it and nobody works there: then it opens no more than what follows."""
    alone = invitation.from_outside and invitation.agreed_at is None
    seat = Function(
        person_id=person.id,
        organisation_id=invitation.organisation_id,
        kind=invitation.kind,
        begins_on=invitation.begins_on,
        ends_on=invitation.ends_on,
        given_by_id=invitation.invited_by_id,
        given_at=clock.now(),
        from_outside=invitation.from_outside,
        opens_from=clock.now() if alone else invitation.opens_from,
    )
    db.session.add(seat)
    db.session.flush()
    sessions.end_all(person.id)
    if seat.from_outside or seat.kind in house.KEEPERS:
        telling.given(seat, by=by)
    for other in house.note_on_all(seat.organisation_id, queries.invitations_at(seat.organisation_id)):
        if other.needs_yes:
            telling.asked(other, by=GUEST)

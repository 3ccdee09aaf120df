"""Telling people about functions that begin or end, and about much looking: by bell and mail, without content."""

import uuid
from collections.abc import Iterable

from webapp.accounts import house
from webapp.accounts.models import Function, Invitation
from webapp.core import outbox
from webapp.policy.actor import Actor

TASK = "tell.seat"


def asked(invitation: Invitation, *, by: Actor) -> None:
    """Ask the house for its yes."""
    _tell("seat_asked", invitation.organisation_id, house.may_agree(invitation), by)


def given(seat: Function, *, by: Actor) -> None:
    """Tell everybody there, and whoever looks after the network, that a function was given."""
    told = [one for one in (*house.everybody_at(seat.organisation_id), *house.keepers()) if one != seat.person_id]
    _tell("seat_given", seat.organisation_id, told, by)


def joined(seat: Function, *, by: Actor) -> None:
    """Tell who speaks for the house that somebody joined by its link."""
    _tell("crew_joined", seat.organisation_id, house.speakers(seat.organisation_id), by)


def many_looks(*, by: Actor) -> None:
    """Tell who looks after the network that somebody opened very many contact cards in one day."""
    if by.organisation_id:
        _tell("many_looks", by.organisation_id, house.keepers(), by)


def ended(seat: Function, *, by: Actor) -> None:
    """Tell the same people that a function ends, and whoever held it."""
    told = [one for one in (*house.everybody_at(seat.organisation_id), *house.keepers()) if one != seat.person_id]
    _tell("seat_ended", seat.organisation_id, told, by)
    _tell("own_seat_ended", seat.organisation_id, [seat.person_id], by)


def _tell(kind: str, organisation_id: uuid.UUID, people: Iterable[uuid.UUID], by: Actor) -> None:
    told = [one.hex for one in dict.fromkeys(people) if one != by.person_id]
    if told:
        outbox.enqueue(TASK, {"kind": kind, "organisation": organisation_id.hex, "people": told})

"""Who belongs to a referral at this moment, on each side of the bridge."""

import uuid

from webapp.accounts import queries as people
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.functions import FunctionKind


def senders(referral: Referral) -> list[uuid.UUID]:
    """The guide while they work there; otherwise the contact for referrals of the organisation that sent it."""
    there = people.holders(*FunctionKind, at=referral.organisation_id)
    if any(one.person_id == referral.guide_id for one in there):
        return [one for one in [referral.guide_id] if one]
    return [one.person_id for one in there if one.kind is FunctionKind.REFERRAL_CONTACT]


def askees(ask: Ask) -> list[uuid.UUID]:
    """The contact points of the association that was asked; the bridge builders while that seat is empty."""
    contacts = people.holders(FunctionKind.CONTACT_POINT, at=ask.organisation_id)
    return [one.person_id for one in contacts or people.holders(FunctionKind.BRIDGE_BUILDER)]


def bridge_builders() -> list[uuid.UUID]:
    """Everybody who builds bridges today."""
    return [one.person_id for one in people.holders(FunctionKind.BRIDGE_BUILDER)]


def answerer(ask: Ask) -> uuid.UUID | None:
    """Who answered for the association; nobody in particular when who walks along noted what it said by phone."""
    speaks = not ask.by_phone or ask.answered_by_id in askees(ask)
    return ask.answered_by_id if speaks else None


def receivers(referral: Referral) -> list[uuid.UUID]:
    """Who welcomes the young person: whoever said yes while they belong there, else the contact points."""
    if referral.chosen_organisation_id is None:
        return []
    there = people.holders(*FunctionKind, at=referral.chosen_organisation_id)
    stand_ins = people.holders(FunctionKind.BRIDGE_BUILDER)
    if any(one.person_id == referral.receiver_id for one in (*there, *stand_ins)):
        return [one for one in [referral.receiver_id] if one]
    return [one.person_id for one in there if one.kind is FunctionKind.CONTACT_POINT]

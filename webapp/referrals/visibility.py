"""Which questions a person may read, said in SQL: exactly those for which `can` says yes. Lists begin here."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, true

from webapp.accounts.models import Function, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.policy.actor import Actor
from webapp.policy.predicates import ANSWERING
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.functions import FunctionKind


def guided_by(actor: Actor) -> ColumnElement[bool]:
    """The referrals of which somebody is the guide, for an organisation where they still work."""
    if not actor.organisations:
        return false()
    return and_(Referral.guide_id == actor.person_id, Referral.organisation_id.in_(actor.organisations))


def watched_by(actor: Actor) -> ColumnElement[bool]:
    """The referrals of the organisations for which somebody is contact for referrals."""
    return Referral.organisation_id.in_(actor.places(FunctionKind.REFERRAL_CONTACT))


def received_by(actor: Actor) -> ColumnElement[bool]:
    """The referrals that chose an association, for whoever welcomes there."""
    belongs = (
        true() if actor.holds(FunctionKind.BRIDGE_BUILDER) else Referral.chosen_organisation_id.in_(actor.organisations)
    )
    said_yes = and_(Referral.receiver_id == actor.person_id, Referral.chosen_organisation_id.is_not(None), belongs)
    nobody_in_particular = and_(
        Referral.receiver_id.is_(None), Referral.chosen_organisation_id.in_(actor.places(*ANSWERING))
    )
    return or_(said_yes, nobody_in_particular)


def referrals_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The referrals that somebody may read."""
    if not actor.is_known:
        return false()
    return or_(guided_by(actor), watched_by(actor), received_by(actor))


def asks_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The asks that somebody may read: put to their association, or waiting at an empty seat they stand in for.

    A link in a mail opens its own ask, but puts nothing in a list.
    """
    mine: list[ColumnElement[bool]] = [Ask.organisation_id.in_(actor.places(*ANSWERING))]
    if actor.holds(FunctionKind.BRIDGE_BUILDER):
        mine.append(_seat_is_empty())
    return or_(*mine)


def _seat_is_empty() -> ColumnElement[bool]:
    held = exists().where(
        Function.organisation_id == Ask.organisation_id,
        Function.kind == FunctionKind.CONTACT_POINT,
        is_current(clock.today()),
        Person.id == Function.person_id,
        Person.is_active,
    )
    return ~held

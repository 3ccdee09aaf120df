"""Which questions a person may read, said in SQL: exactly those for which `can` says yes. Lists begin here.

The conditions are made of values to be given (`of(actor)`), so that the statements of lists are built once.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true

from webapp.accounts.models import Function, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import given
from webapp.policy.actor import Actor
from webapp.policy.predicates import ANSWERING
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.functions import FunctionKind

_ME = given("me", Referral.guide_id)
_MY_PLACES = given("my_places", Referral.organisation_id, many=True)
_WATCHED = given("watched", Referral.organisation_id, many=True)
_ANSWERED = given("answered", Ask.organisation_id, many=True)
_TODAY = given("today", Function.begins_on)


def of(actor: Actor) -> dict[str, Any]:
    """The values that the conditions below ask for; for a guest they let nothing through."""
    return {
        "me": actor.person_id,
        "my_places": [*actor.organisations],
        "watched": [*actor.places(FunctionKind.REFERRAL_CONTACT)],
        "answered": [*actor.places(*ANSWERING)],
        "today": clock.today(),
    }


def builds_bridges(actor: Actor) -> bool:
    """Whether somebody stands in for empty seats: the one thing about an actor that changes the conditions."""
    return actor.holds(FunctionKind.BRIDGE_BUILDER)


def guided() -> ColumnElement[bool]:
    """The referrals of which somebody is the guide, for an organisation where they still work."""
    return and_(Referral.guide_id == _ME, Referral.organisation_id.in_(_MY_PLACES))


def watched() -> ColumnElement[bool]:
    """The referrals of the organisations for which somebody is contact for referrals."""
    return Referral.organisation_id.in_(_WATCHED)


def received_either_way(*, builder: bool) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The referrals that chose an association, for whoever welcomes there. Two conditions without overlap: they said
    yes themselves, or nobody in particular does."""
    belongs = true() if builder else Referral.chosen_organisation_id.in_(_MY_PLACES)
    said_yes = and_(Referral.receiver_id == _ME, Referral.chosen_organisation_id.is_not(None), belongs)
    nobody_in_particular = and_(Referral.receiver_id.is_(None), Referral.chosen_organisation_id.in_(_ANSWERED))
    return said_yes, nobody_in_particular


def asks(*, builder: bool) -> ColumnElement[bool]:
    """The asks that somebody may read: put to their association, or waiting at an empty seat they stand in for.

    A link in a mail opens its own ask, and the page of a question that of the place for whoever welcomes; neither puts
    anything in a list.
    """
    theirs = Ask.organisation_id.in_(_ANSWERED)
    return or_(theirs, _seat_is_empty()) if builder else theirs


def _seat_is_empty() -> ColumnElement[bool]:
    held = exists().where(
        Function.organisation_id == Ask.organisation_id,
        Function.kind == FunctionKind.CONTACT_POINT,
        is_current(_TODAY),
        Person.id == Function.person_id,
        Person.is_active,
    )
    return ~held

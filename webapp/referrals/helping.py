"""Thinking along with a question that is stuck, and letting a seat take over when its person is gone."""

from sqlalchemy import exists, or_, select

from webapp.accounts.models import Function, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals import people
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral
from webapp.referrals.overdue import HELP
from webapp.vocabulary.functions import FunctionKind

SWEEP_BATCH = 200


def offer_help(referral: Referral, *, by: Actor) -> None:
    """The guide hears that somebody wants to think along; nothing about the question opens by it."""
    require(by, Can.SEE_STUCK, referral)
    history.record("referral", referral.id, HELP, by=by)
    notify(people.senders(referral), NoticeKind.HELP_OFFERED, referral.id, alias=referral.alias)
    db.session.flush()


@sweep
def let_seats_take_over() -> None:
    """When the receiver of a referral no longer works for its association, the contact points there receive it.

    A bridge builder who said yes for an empty seat keeps it for as long as they build bridges.
    """
    still_there = exists().where(
        Function.person_id == Referral.receiver_id,
        or_(
            Function.organisation_id == Referral.chosen_organisation_id,
            Function.kind == FunctionKind.BRIDGE_BUILDER,
        ),
        is_current(clock.today()),
        Person.id == Function.person_id,
        Person.is_active,
    )
    gone = (
        select(Referral)
        .where(
            Referral.receiver_id.is_not(None),
            Referral.status.in_((ReferralStatus.WELCOMING, ReferralStatus.TRYING)),
            ~still_there,
        )
        .order_by(Referral.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
    )
    for referral in db.session.scalars(gone):
        referral.receiver_id = None
    db.session.flush()

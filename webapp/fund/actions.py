"""Asking the fund for support, deciding, paying, and taking it back. The year keeps the numbers and nothing else."""

import uuid
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.fund.lifecycle import SUPPORT, SupportStatus
from webapp.fund.models import FundYear, SupportRequest
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals import people
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.fund import SUPPORT_FOR_TRAITS, PriceChoice, SupportFor

MOST_CENTS = 100_000
OPEN_FOR = (ReferralStatus.CHOOSING, ReferralStatus.WELCOMING, ReferralStatus.TRYING, ReferralStatus.SETTLED)
"""While a question stands here there is a place, or answers to choose from, so there is a price."""


def ask(
    referral: Referral, purpose: SupportFor, price: PriceChoice | None, amount_cents: int, *, by: Actor
) -> SupportRequest:
    """Ask the fund for one thing. Raises Invalid, and StepRefused while there is nothing to pay.

    What takes no money has no price: one that was chosen before is let go, for a form cannot undo a choice of one."""
    require(by, Can.GUIDE_REFERRAL, referral)
    if referral.status not in OPEN_FOR:
        raise StepRefused("ask_support", referral.status)
    takes_money = SUPPORT_FOR_TRAITS[purpose].takes_money
    if takes_money is (not amount_cents):
        raise Invalid({"amount_cents": "amount_of_lift" if amount_cents else "amount_missing"})
    if amount_cents > MOST_CENTS:
        raise Invalid({"amount_cents": "amount_too_high"})
    row = SupportRequest(
        referral_id=referral.id, asked_by_id=by.person_id, purpose=purpose, price=price if takes_money else None,
        amount_cents=amount_cents,
        year=clock.today().year, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _year(row.year).asked += 1
    history.record("support", row.id, "ask", by=by, after=SupportStatus.ASKED)
    db.session.flush()
    return row


def grant(row: SupportRequest, *, by: Actor) -> None:
    """The fund carries it, in the budget of this year."""
    _decide(row, "grant", by)
    row.year = clock.today().year
    year = _year(row.year)
    year.granted += 1
    year.granted_cents += row.amount_cents
    _tell(row)


def refuse(row: SupportRequest, *, by: Actor) -> None:
    """The fund cannot carry it now."""
    _decide(row, "refuse", by)
    _tell(row)


def pay(row: SupportRequest, *, by: Actor) -> None:
    """It was paid, or the lift was arranged. It stays in the budget of the year in which it was granted."""
    _decide(row, "pay", by)
    year = _year(row.year)
    year.paid += 1
    year.paid_cents += row.amount_cents
    _tell(row)


DECISIONS = {"grant": grant, "refuse": refuse, "pay": pay}


def take_back(referral: Referral, request_id: uuid.UUID, *, by: Actor) -> None:
    """It is not needed any more. Raises StepRefused once it was paid or refused."""
    require(by, Can.GUIDE_REFERRAL, referral)
    row = db.session.get(SupportRequest, request_id)
    if row is None or row.referral_id != referral.id:
        raise Invalid({"request": "request_unknown"})
    before = _move(row, "take_back", by)
    if before is SupportStatus.GRANTED:
        year = _year(row.year)
        year.granted -= 1
        year.granted_cents -= row.amount_cents
    db.session.flush()


def _decide(row: SupportRequest, step: str, by: Actor) -> None:
    require(by, Can.DECIDE_SUPPORT, row)
    _move(row, step, by)
    row.decided_at, row.decided_by_id = clock.now(), by.person_id


def _move(row: SupportRequest, step: str, by: Actor) -> StrEnum:
    """Take a step, one person at a time."""
    db.session.refresh(row, with_for_update={"of": SupportRequest})
    return history.take_step("support", row, SUPPORT, step, by=by)


def _tell(row: SupportRequest) -> None:
    """The guide hears that something was decided, not what."""
    db.session.flush()
    referral = db.session.get_one(Referral, row.referral_id)
    notify(people.senders(referral), NoticeKind.SUPPORT_DECIDED, referral.id, alias=referral.alias)


def _year(year: int) -> FundYear:
    """The numbers of a year, held until this change is done."""
    wanted = select(FundYear).where(FundYear.year == year).with_for_update().execution_options(populate_existing=True)
    if (found := db.session.scalar(wanted)) is not None:
        return found
    try:
        with db.session.begin_nested():
            db.session.add(FundYear(year=year, asked=0, granted=0, granted_cents=0, paid=0, paid_cents=0))
    except IntegrityError:  # somebody else asked for the first thing of the year at this very moment
        pass
    return db.session.scalars(wanted).one()

"""Accounts that nobody needs any more: closed after a year without a function, gone a year after that."""

import uuid
from collections.abc import Callable

from sqlalchemy import ColumnElement, delete, exists, select, update

from webapp.accounts.models import Function, Invitation, Person
from webapp.core import audit, clock, history, ledger
from webapp.core.brake import forgets
from webapp.core.db import db, erase_log_too
from webapp.core.history import History
from webapp.policy.actor import CLOCK, Actor
from webapp.vocabulary.retention import Keep, kept_for

REST = "rest"
BATCH = 200


Condition = Callable[[], ColumnElement[bool]]
_needed: list[Condition] = []


def needed(condition: Condition) -> Condition:
    """Register why an account without any function stays open: an area above says so of the person in a statement."""
    _needed.append(condition)
    return condition


@forgets
def close_resting_accounts() -> None:
    """Functions stay for a year after their end; whoever has none left, is not invited and has no place elsewhere,
    needs no account."""
    rule = Person.created_at < clock.now() - kept_for(Keep.RESTING_ACCOUNT)
    invited = exists().where(
        Invitation.email == Person.email, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)
    )
    elsewhere = [~one() for one in _needed]
    unneeded = select(Person).where(Person.is_active, rule, ~_has_function(), ~invited, *elsewhere)
    for person in db.session.scalars(unneeded.order_by(Person.id).limit(BATCH)).all():
        person.is_active = False
        history.record("person", person.id, REST, by=CLOCK)
        audit.write("account.rest", by=CLOCK, thing_id=person.id)
    db.session.flush()


@forgets
def forget_closed_accounts() -> None:
    """The name, the address and the phone number go; work stays, for it hangs on functions."""
    closed = exists().where(
        History.kind == "person",
        History.thing_id == Person.id,
        History.step == REST,
        History.at < clock.now() - kept_for(Keep.ACCOUNT),
    )
    long_closed = select(Person.id).where(~Person.is_active, ~_has_function(), closed)
    for person_id in db.session.scalars(long_closed.order_by(Person.id).limit(BATCH)).all():
        erase(person_id)


def wake(email: str, *, by: Actor) -> None:
    """Open a closed account again for somebody who is invited again."""
    resting = exists().where(History.kind == "person", History.thing_id == Person.id, History.step == REST)
    woken = (
        update(Person)
        .where(Person.email == email, ~Person.is_active, resting)
        .values(is_active=True)
        .returning(Person.id)
        .execution_options(synchronize_session="fetch")
    )
    for person_id in db.session.scalars(woken).all():
        db.session.execute(delete(History).where(History.kind == "person", History.thing_id == person_id))
        audit.write("account.wake", by=by, thing_id=person_id)


def erase(person_id: uuid.UUID) -> None:
    """Delete a person. Ids of theirs that stay in the audit log lead to nobody any more."""
    db.session.execute(delete(History).where(History.kind == "person", History.thing_id == person_id))
    db.session.execute(delete(Person).where(Person.id == person_id))
    ledger.note("person", person_id)
    erase_log_too()


@ledger.replays("person")
def _erase_again(person_id: uuid.UUID) -> None:
    erase(person_id)


def _has_function() -> ColumnElement[bool]:
    return exists().where(Function.person_id == Person.id)

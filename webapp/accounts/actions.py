"""What people change about their own account."""

import uuid

from webapp.accounts import sessions
from webapp.accounts.models import DiscretionPromise, Person
from webapp.core import audit, clock
from webapp.core.db import db
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

EDITION = "1"  # of the discretion statement; what was promised stays known when its text changes


def change_own_details(person: Person, *, name: str, phone: str, by: Actor) -> None:
    """Keep another name and phone number."""
    require(by, Can.USE_OWN_ACCOUNT)
    person.name = name
    person.phone = phone
    db.session.flush()


def promise_discretion(*, by: Actor) -> None:
    """This person read the statement and keeps to it: for a year nobody asks again."""
    require(by, Can.PROMISE_DISCRETION)
    assert by.person_id is not None  # noqa: S101 - the rule asks for a seat
    db.session.add(DiscretionPromise(person_id=by.person_id, at=clock.now(), edition=EDITION))
    audit.write("discretion.promise", by=by, thing_id=by.person_id, reason=EDITION)


def sign_out(session_id: uuid.UUID, *, by: Actor) -> None:
    """Sign one of one's own browsers out."""
    sessions.end(session_id, of=by.person_id)
    audit.write("sign_out", by=by, thing_id=by.person_id)


def sign_out_everywhere(*, by: Actor) -> None:
    """Sign every browser out, this one too; effective at their next request."""
    if by.person_id:
        sessions.end_all(by.person_id)
        audit.write("sign_out", by=by, thing_id=by.person_id, reason="everywhere")


def prove(*, by: Actor, reason: str, second_factor: bool) -> str:
    """This person has just shown who they are: a new id for their session, and its token."""
    assert by.session_id is not None  # noqa: S101 - only a signed-in browser gets here
    audit.write("proof", by=by, thing_id=by.person_id, reason=reason)
    return sessions.renew(by.session_id, second_factor=second_factor)


def refuse_proof(*, by: Actor, reason: str) -> None:
    """Write down that a proof was not right."""
    audit.write("proof", by=by, thing_id=by.person_id, result="refused", reason=reason)

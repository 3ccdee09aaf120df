"""The private doors through which a referral and an ask change state: policy, life cycle, history, one place."""

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from webapp.core import clock, history
from webapp.core.db import AnySelect, db, given, read
from webapp.core.errors import Conflict
from webapp.core.statements import prepared
from webapp.policy.actor import Actor
from webapp.policy.rules import require
from webapp.referrals.lifecycle import ASK, REFERRAL
from webapp.referrals.models import Ask, Referral


def move(referral: Referral, step: str, *, by: Actor) -> None:
    """Take a step with a referral. Raises NotAllowed or StepRefused."""
    ready_for(referral, step, by=by)
    before = history.take_step("referral", referral, REFERRAL, step, by=by)
    if referral.status != before:
        referral.moved_at = clock.now()


def ready_for(referral: Referral, step: str, *, by: Actor) -> None:
    """Raise NotAllowed or StepRefused unless this person could take the step now."""
    needs = REFERRAL.steps[step].needs
    if needs:
        require(by, needs, referral)
    REFERRAL.after(step, referral.status)


def take(ask: Ask, step: str, *, by: Actor) -> None:
    """Take a step with an ask; whoever needs a right to it has been asked for it already by the action."""
    history.take_step("ask", ask, ASK, step, by=by)


def hold(*things: Referral | Ask) -> None:
    """Read things anew and keep others from changing them until this change is done: always the referral first.

    On SQLite a change has the whole database to itself before it reads anything.
    """
    if db.engine.dialect.name == "sqlite":
        return
    for thing in things:
        found = read(_held(type(thing)), {"id": thing.id})
        if not found:
            raise Conflict()
        for name, value in found[0]._asdict().items():
            if getattr(thing, name) != value:
                set_committed_value(thing, name, value)


@prepared
def _held(kind: type[Referral | Ask]) -> AnySelect:
    """One thing as it is now, kept from others."""
    names = [one.key for one in kind.__mapper__.column_attrs]
    columns = [getattr(kind, name).label(name) for name in names]
    return select(*columns).where(kind.id == given("id", kind.id)).with_for_update()

"""Functions end: people leave, and what they could do ends at their next request."""

from datetime import date, timedelta

from sqlalchemy import select

from webapp.accounts import house, queries, sessions, telling
from webapp.accounts.models import Function, SignInSession
from webapp.core import audit, clock
from webapp.core.db import db
from webapp.core.errors import Invalid, NotAllowed
from webapp.core.sweeps import sweep
from webapp.policy import roles
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.functions import FunctionKind


def end(seat: Function, *, last_day: date | None, by: Actor) -> None:
    """Let a function end after a last day; without one it ends at once. What had not begun yet disappears."""
    require(by, Can.MANAGE_SEATS, seat)
    if not roles.may_give(by, seat.kind, seat.organisation.kind):
        raise NotAllowed(Can.MANAGE_SEATS)
    last = last_day or clock.today() - timedelta(days=1)
    if last_day and last_day < max(seat.begins_on, clock.today()):
        raise Invalid({"ends_on": "ends_too_early"})
    if seat.kind is FunctionKind.ADMINISTRATOR and not queries.has_other_administrator(seat.id):
        raise Invalid({"ends_on": "last_administrator"})
    audit.write("seat.end", by=by, thing_id=seat.id, reason=seat.kind.value)
    if house.is_outside(by, seat.organisation_id, seat.kind) or seat.kind in house.KEEPERS:
        telling.ended(seat, by=by)
    if last < seat.begins_on:
        db.session.delete(seat)
    else:
        seat.ends_on = last
    db.session.flush()
    if last < clock.today():
        sessions.end_all(seat.person_id)


def go_on(seat: Function, *, by: Actor) -> None:
    """Let a function that would end go on after all, while it has not ended."""
    require(by, Can.MANAGE_SEATS, seat)
    outside = house.is_outside(by, seat.organisation_id, seat.kind)
    if outside or not roles.may_give(by, seat.kind, seat.organisation.kind):
        raise NotAllowed(Can.MANAGE_SEATS)
    audit.write("seat.go_on", by=by, thing_id=seat.id, reason=seat.kind.value)
    if seat.kind in house.KEEPERS:
        telling.given(seat, by=by)
    seat.ends_on = None
    db.session.flush()


@sweep
def sign_out_who_left() -> None:
    """Whoever had a function until yesterday, or another day of this month, signs in anew after it."""
    today = clock.today()
    left = (
        select(SignInSession.id, SignInSession.created_at, Function.ends_on)
        .join(Function, Function.person_id == SignInSession.person_id)
        .where(
            SignInSession.revoked_at.is_(None), Function.ends_on < today, Function.ends_on >= today - sessions.ABSOLUTE
        )
    )
    begun_before = [row.id for row in db.session.execute(left) if clock.local(row.created_at).date() <= row.ends_on]
    if begun_before:
        sessions.end_these(begun_before)

"""Whoever takes part no longer because a last day has passed: their own in a group, their last one as its guest, or
that of the function for which they sat there."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import CompoundSelect, and_, or_, select, union_all

from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.groups import actions, queries
from webapp.groups.actions import Gone
from webapp.groups.models import Guest, Membership

LOOKS_BACK = timedelta(days=3)
"""The clock may have stood still for a weekend. Each last day is told once."""


@sweep
def tell_whose_day_has_passed() -> None:
    """Let the areas above know, as when somebody leaves by a button."""
    today = clock.today()
    for row in db.session.execute(_passed(today), {"today": today}).all():
        until = datetime.combine(row.last + timedelta(days=1), time(), clock.BRUSSELS)
        mark = actions.mark_of(row.id, row.last)
        actions.tell_who_left(Gone(row.group_id, row.person_id, row.begins_on, until, mark))


def _passed(today: date) -> CompoundSelect[*tuple[object, ...]]:
    seats, places = (
        select(kind.id, kind.group_id, kind.person_id, kind.begins_on, kind.ends_on.label("last")).where(
            kind.ends_on.between(today - LOOKS_BACK, today - timedelta(days=1))
        )
        for kind in (Membership, Guest)
    )
    there = and_(Function.person_id == Membership.person_id, Function.organisation_id == Membership.organisation_id)
    ended = Function.ends_on.between(today - LOOKS_BACK, today - timedelta(days=1))
    stays = or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
    functions = (
        select(
            Membership.id, Membership.group_id, Membership.person_id, Membership.begins_on,
            Function.ends_on.label("last"),
        )
        .join(Function, there)
        .where(ended, stays, ~queries.sits_now())
    )  # fmt: skip
    return union_all(seats, places, functions)

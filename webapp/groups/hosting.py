"""Having guests: inviting somebody to one meeting or thread until a day, letting go, and making a guest a member."""

import uuid
from datetime import date, timedelta

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups import actions, guests
from webapp.groups.codes import GroupRole, GuestOf
from webapp.groups.models import Guest, Membership
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

LONGEST = timedelta(days=366)


def begin(
    group_id: uuid.UUID, person_id: uuid.UUID, of: GuestOf, thing_id: uuid.UUID, ends_on: date, *, by: Actor
) -> Guest:
    """Make somebody a guest, however they came; a place they had already never becomes shorter."""
    row = guests.place_of(thing_id, person_id)
    if row is None:
        row = Guest(group_id=group_id, person_id=person_id, of=of, thing_id=thing_id, ends_on=ends_on)
        row.begins_on = clock.today()
        db.session.add(row)
    elif row.is_over:
        row.begins_on, row.ends_on = clock.today(), ends_on
    else:
        row.ends_on = max(row.ends_on, ends_on)
    row.invited_by_id = by.person_id
    db.session.flush()
    history.record("group", group_id, "guest_begins", by=by, after=of)
    return row


def check_end(ends_on: date) -> None:
    """Refuse a last day that has passed, or that lies more than a year away."""
    if ends_on < clock.today():
        raise Invalid({"ends_on": "date_in_past"})
    if ends_on > clock.today() + LONGEST:
        raise Invalid({"ends_on": "date_too_far"})


def prolong(row: Guest, ends_on: date, *, by: Actor) -> None:
    """Say anew until when somebody is a guest."""
    require(by, Can.LEAD_GROUP, row.group)
    check_end(ends_on)
    row.begins_on, row.ends_on = min(row.begins_on, ends_on), ends_on
    db.session.flush()
    history.record("group", row.group_id, "guest_prolonged", by=by)


def end(row: Guest, *, by: Actor) -> None:
    """Somebody is a guest no longer, from this moment. What they wrote stays."""
    require(by, Can.LEAD_GROUP, row.group)
    since, yesterday = row.begins_on, clock.today() - timedelta(days=1)
    row.begins_on, row.ends_on = min(row.begins_on, yesterday), min(row.ends_on, yesterday)
    db.session.flush()
    actions.tell_who_left(actions.gone_now(row, since, row.ends_on))
    history.record("group", row.group_id, "guest_ends", by=by)


def make_member(row: Guest, *, by: Actor) -> Membership:
    """A guest sits in the group from now on: for where they hold a function, else in their own name."""
    place = actions.add_member(row.group, row.person_id, guests.first_seat(row.person_id), role=GroupRole.MEMBER, by=by)
    end(row, by=by)
    return place

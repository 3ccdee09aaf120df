"""Groups to test with: noor chairs, bram is secretary, hilde is a member; pieter was one until yesterday."""

from datetime import timedelta

from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import actions, queries
from webapp.groups.actions import About
from webapp.groups.codes import GroupRole, Visibility
from webapp.groups.models import Membership, WorkingGroup

SEATS = (
    ("noor", "zilverreiger", GroupRole.CHAIR),
    ("bram", "halvenoot", GroupRole.SECRETARY),
    ("hilde", "lantaarn", GroupRole.MEMBER),
)


def group(cast: Cast, visibility: Visibility = Visibility.OPEN, name: str = "Werkgroep Welkom") -> WorkingGroup:
    """A group that the facilitator started and left in good hands."""
    by = cast.actor("frank")
    made = actions.start(About(name, "Samen nieuwe kinderen welkom heten.", visibility), by=by)
    for who, place, role in SEATS:
        actions.add_member(made, cast.people[who], cast.organisations[place], role, by=by)
    long_ago, yesterday = clock.today() - timedelta(days=200), clock.today() - timedelta(days=1)
    db.session.add(
        Membership(
            group_id=made.id,
            person_id=cast.pieter,
            organisation_id=cast.lantaarn,
            role=GroupRole.MEMBER,
            begins_on=long_ago,
            ends_on=yesterday,
        )
    )
    own = next(row.id for row in made.members if row.person_id == by.person_id)
    actions.end_membership(db.session.get_one(Membership, own), by=by)
    return queries.with_members(made)

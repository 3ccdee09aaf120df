"""Linking a part of a plan to what a group talked about or decided, and taking such a link away."""

import uuid

from sqlalchemy import delete

from webapp.core import history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.plans import neighbours
from webapp.plans.codes import Link
from webapp.plans.doing_models import Belonging
from webapp.plans.neighbours import Knot
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


def link(knot: Knot, kind: Link, to_id: uuid.UUID, *, by: Actor) -> None:
    """Link it to a topic or a decision that the whole network reads. What is linked already stays so."""
    require(by, Can.DO_PLANNED, knot)
    if not neighbours.can_be_linked(kind, to_id):
        raise Invalid({"thing": "cannot_be_linked"})
    if db.session.get(Belonging, (knot.id, to_id)):
        return
    row = Belonging(thing_id=knot.id, to_id=to_id, plan_id=knot.plan.id, part=knot.kind, to_kind=kind)
    db.session.add(row)
    db.session.flush()
    history.record(knot.kind, knot.id, "link", by=by, after=kind)


def unlink(knot: Knot, to_id: uuid.UUID, *, by: Actor) -> None:
    """Take a link away; what it led to stays where it is."""
    require(by, Can.DO_PLANNED, knot)
    db.session.execute(delete(Belonging).where(Belonging.thing_id == knot.id, Belonging.to_id == to_id))
    history.record(knot.kind, knot.id, "unlink", by=by)

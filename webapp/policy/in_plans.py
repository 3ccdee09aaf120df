"""Small questions about a person and what belongs to an action plan; see `predicates`."""

from typing import Any

from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FunctionKind


def carries_planned(actor: Actor, thing: Any) -> bool:
    """Does something for this action of a plan: in person, in the group that does it, or for the organisation on which
    it stands."""
    place = thing.owner_organisation_id
    return actor.person_id in thing.doing_ids or (place is not None and actor.holds(*FunctionKind, at=place))


def plan_goes_on(actor: Actor, thing: Any) -> bool:
    """The plan is not rounded off: then it is read, and no longer changed."""
    return bool(thing.plan.status != "rounded_off")


def said_it(actor: Actor, remark: Any) -> bool:
    """Said this."""
    return actor.person_id is not None and remark.person_id == actor.person_id

"""Which actions and decisions somebody may read who makes a lesson of one; `lessons.origins` asks."""

import uuid

from webapp.groups import items
from webapp.lessons import origins
from webapp.lessons.codes import Origin
from webapp.meetings import queries
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can


def _action(item_id: uuid.UUID, by: Actor) -> bool:
    item = items.item(item_id)
    return item is not None and can(by, Can.READ_ACTION, item)


def _decision(decision_id: uuid.UUID, by: Actor) -> bool:
    decision = queries.decision(decision_id)
    return decision is not None and can(by, Can.READ_GROUP, decision)


def tell() -> None:
    """Let lessons know."""
    origins.knows(Origin.ACTION, _action)
    origins.knows(Origin.DECISION, _decision)

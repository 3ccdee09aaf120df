"""The number on the bell."""

from webapp.notifications import queries
from webapp.policy.actor import Actor


def count(actor: Actor) -> int:
    """How many notices this person has not read."""
    return queries.unread_count(actor.person_id) if actor.person_id else 0

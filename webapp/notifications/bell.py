"""The number on the bell."""

from webapp.core.numbers import Columns
from webapp.notifications import queries
from webapp.policy.actor import Actor


def columns(actor: Actor) -> Columns:
    """How many notices this person has not read, up to 99, by the name under which every page shows it."""
    return {"bell": queries.unread(actor.person_id)} if actor.person_id else {}

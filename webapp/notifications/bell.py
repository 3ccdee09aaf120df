"""The number on the bell."""

from webapp.core.numbers import Numbers
from webapp.notifications import queries
from webapp.policy.actor import Actor


def numbers(actor: Actor) -> Numbers:
    """How many notices this person has not read, up to 99, by the name under which every page shows it."""
    return Numbers({"bell": queries.UNREAD}, {"reader": actor.person_id}) if actor.is_known else Numbers()

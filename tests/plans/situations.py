"""Plans and what is in them, as the matrix needs them."""

import uuid
from collections.abc import Callable

from tests.people import Cast
from tests.plans import makers
from webapp.core.db import db
from webapp.plans import partnering
from webapp.vocabulary.strategies import Strategy

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def plan(cast: Cast) -> Parts:
    """A plan that an open group carries."""
    parts = {"plan_id": makers.plan(cast).id}
    db.session.commit()
    return parts


def _part(cast: Cast) -> Parts:
    """A goal of such a plan."""
    parts = {"part_id": makers.goal(makers.plan(cast)).id}
    db.session.commit()
    return parts


def _part_on_scouts(cast: Cast) -> Parts:
    """An action of such a plan that stands on the scouts."""
    row = makers.action(cast, makers.plan(cast))
    row.owner_organisation_id = cast.zilverreiger
    parts = {"part_id": row.id}
    db.session.commit()
    return parts


def _missing(cast: Cast) -> Parts:
    """Something that is missing under a strategy of such a plan."""
    row = partnering.say_missing(makers.plan(cast), Strategy.POLICY, "Late bussen", by=cast.actor("noor"))
    parts = {"missing_id": row.id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "plan_id": {"open_plan": ("open_plan", plan)},
    "missing_id": {"missing_in_plan": ("open_plan", _missing)},
    "part_id": {"part_of_plan": ("open_plan", _part), "part_on_scouts": ("planned_action", _part_on_scouts)},
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""

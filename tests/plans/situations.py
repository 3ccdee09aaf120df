"""Plans and what is in them, as the matrix needs them."""

import uuid
from collections.abc import Callable

from tests.people import Cast
from tests.plans import makers
from webapp.core.db import db

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def plan(cast: Cast) -> Parts:
    """A plan that an open group carries."""
    parts = {"plan_id": makers.plan(cast).id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "plan_id": {"open_plan": ("open_plan", plan)},
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""

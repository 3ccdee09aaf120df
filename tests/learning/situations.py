"""Learning sessions as the matrix needs them: frank leads, noor helps at the desk, jef and bram are invited."""

import uuid
from collections.abc import Callable

from tests.learning import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.learning import queries

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def session(cast: Cast) -> Parts:
    """One that goes on now."""
    parts = {"learning_id": makers.running(cast).id}
    db.session.commit()
    return parts


def phase(cast: Cast) -> Parts:
    """A phase of such a session."""
    parts = {"phase_id": queries.phases(makers.running(cast))[1].id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "learning_id": {"learning_session": ("learning_session", session)},
    "phase_id": {"phase": ("learning_session", phase)},
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""

"""Learning sessions as the matrix needs them: frank leads, noor helps at the desk, jef, bram and yara are invited."""

import uuid
from collections.abc import Callable
from typing import Any

from tests.learning import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.learning import actions, handing, placing, queries

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def session(cast: Cast) -> Parts:
    """One that goes on now, and that lena is asked to lead along."""
    made = makers.running(cast)
    handing.ask(made, cast.lena, by=cast.actor("frank"))
    parts = {"learning_id": made.id}
    db.session.commit()
    return parts


def closed(cast: Cast) -> Parts:
    """One that just closed, and that lena was asked to lead along."""
    parts = session(cast)
    made = makers.read(parts["learning_id"])
    actions.close(made, "Een bekend gezicht telt.", "", by=cast.actor("frank"))
    db.session.commit()
    return parts


def own_words(cast: Cast) -> Parts:
    """The first thing that a device shared in such a session."""
    parts: Any = {**session(cast), "place": 0}
    return parts  # type: ignore[no-any-return]


def phase(cast: Cast) -> Parts:
    """A phase of such a session."""
    parts = {"phase_id": queries.phases(makers.running(cast))[1].id}
    db.session.commit()
    return parts


def contribution(cast: Cast) -> Parts:
    """Something that waits at the desk of such a session."""
    parts = {"contribution_id": makers.note(makers.running(cast), "Samen eten.").id}
    db.session.commit()
    return parts


def cluster(cast: Cast) -> Parts:
    """A cluster on its wall."""
    parts = {"cluster_id": placing.begin(makers.running(cast), "Aan de poort", by=cast.actor("frank")).id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "learning_id": {
        "learning_session": ("learning_session", session),
        "closed_session": ("session_closed", closed),
    },
    "contribution_id": {"contribution": ("learning_session", contribution)},
    "cluster_id": {"cluster": ("learning_session", cluster)},
    "learning_id place": {"own_words": ("learning_session", own_words)},
    "phase_id": {"phase": ("learning_session", phase)},
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""

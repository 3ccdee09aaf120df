"""Date polls as the matrix needs them."""

import uuid
from collections.abc import Callable

from tests.people import Cast
from tests.polls import makers
from webapp.core.db import db

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def poll(cast: Cast) -> Parts:
    """Hilde, a member, began it."""
    parts = {"poll_id": makers.poll(cast, who="hilde").id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {"poll_id": {"poll_of_hilde": ("poll_of_hilde", poll)}}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""

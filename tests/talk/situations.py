"""Conversations as the matrix needs them."""

import uuid
from collections.abc import Callable

from tests.people import Cast
from tests.talk import makers
from webapp.core.db import db
from webapp.groups.codes import Visibility

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def thread(visibility: str) -> Make:
    """A conversation of such a group."""
    return lambda cast: {"thread_id": makers.committed(makers.thread(cast, Visibility(visibility)))}


def post(visibility: str) -> Make:
    """What bram said in it."""

    def make(cast: Cast) -> Parts:
        parts = {"thread_post_id": makers.first(makers.thread(cast, Visibility(visibility))).id}
        db.session.commit()
        return parts

    return make


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "thread_id": {f"{one}_thread": (f"{one}_thread", thread(one)) for one in Visibility},
    "thread_post_id": {f"{one}_post": (f"{one}_thread", post(one)) for one in Visibility},
}
"""By the parts of a URL: the name of a situation, its line in the matrix, and how it is made."""

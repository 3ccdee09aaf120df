"""Conversations to test with: bram began one in noor's group, and moved is its guest."""

import uuid
from datetime import timedelta

from tests.groups.makers import group
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import hosting
from webapp.groups.codes import GuestOf, Visibility
from webapp.talk import actions, queries
from webapp.talk.models import Thread, ThreadPost

WORDS = "Wij koken één pot zonder vlees. Werkt voor iedereen."


def thread(cast: Cast, visibility: Visibility = Visibility.OPEN, name: str = "Werkgroep Welkom") -> Thread:
    """A conversation that bram began."""
    made = group(cast, visibility, name)
    first = actions.begin(made, "Halal op kamp?", WORDS, by=cast.actor("bram"))
    last_day = clock.today() + timedelta(days=30)
    hosting.begin(made.id, cast.moved, GuestOf.THREAD, first.thread_id, last_day, by=cast.actor("noor"))
    return again(first.thread_id)


def first(one: Thread) -> ThreadPost:
    """What bram began with."""
    return post(queries.posts(one)[0][-1].id)


def post(post_id: uuid.UUID) -> ThreadPost:
    """A post as it is now."""
    found = queries.post(post_id)
    assert found
    return found


def again(thread_id: uuid.UUID) -> Thread:
    """A conversation as it is now."""
    found = queries.thread(thread_id)
    assert found
    return found


def committed(one: Thread) -> uuid.UUID:
    """The id of a conversation that is kept now."""
    thread_id = one.id
    db.session.commit()
    return thread_id

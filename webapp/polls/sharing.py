"""The link by which guests answer a date poll: making it, showing it again, ending it."""

import uuid
from datetime import datetime

from webapp.core import audit, clock, crypto, links
from webapp.core.crypto import Place
from webapp.core.db import db
from webapp.core.errors import Conflict
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.polls.lifecycle import PollStatus
from webapp.polls.models import DatePoll
from webapp.vocabulary.retention import Keep, kept_for


def works_until(poll: DatePoll) -> datetime:
    """Until when guests may look back at a poll: as long as their names are kept."""
    day = poll.closes_on + kept_for(Keep.POLL_GUEST)
    return datetime(day.year, day.month, day.day, tzinfo=clock.BRUSSELS)


def make(poll: DatePoll, *, by: Actor) -> None:
    """A new link; the one from before stops working. What guests answered stays, and they can still change it."""
    require(by, Can.LEAD_POLL, poll)
    if poll.status is PollStatus.CHOSEN:
        raise Conflict()
    links.revoke(links.Purpose.POLL, poll.id)
    token = links.issue(links.Purpose.POLL, poll.id, expires_at=works_until(poll))
    poll.data_key = poll.data_key or crypto.ring().new_data_key(poll.id)
    poll.token_sealed = crypto.ring().seal(poll.data_key, _place(poll), token)
    db.session.flush()
    audit.write("poll_link.make", by=by, thing_id=poll.id)


def end(poll: DatePoll, *, by: Actor) -> None:
    """The link stops working at once."""
    require(by, Can.LEAD_POLL, poll)
    links.revoke(links.Purpose.POLL, poll.id)
    poll.token_sealed = None
    db.session.flush()
    audit.write("poll_link.end", by=by, thing_id=poll.id)


def token_of(poll: DatePoll) -> str:
    """The token, to show the link again; empty when there is none."""
    if poll.data_key is None or poll.token_sealed is None:
        return ""
    return crypto.ring().open(poll.data_key, _place(poll), poll.token_sealed)


def prolong(poll: DatePoll) -> None:
    """The poll closes later, so its links work later."""
    for purpose in (links.Purpose.POLL, links.Purpose.POLL_REPLY):
        links.extend(purpose, poll.id, works_until(poll))


def own_link(poll: DatePoll, reply_id: uuid.UUID) -> str:
    """The token of the link by which a guest comes back to their own answer. A guest has no account: their answer
    stands for them as its holder."""
    return links.issue(links.Purpose.POLL_REPLY, poll.id, expires_at=works_until(poll), person_id=reply_id)


def _place(poll: DatePoll) -> Place:
    return Place("date_poll", "token", poll.id)

"""Following a signed link: the token leaves the URL at once, and the browser keeps only which link it followed.

A link in the visit cookie gives no rights by itself: at every request the database says whether it still works.
"""

import uuid

from flask import session

from webapp.core import links
from webapp.policy.actor import Grant, Key

KEYS = {
    links.Purpose.ANSWER: Key.ANSWER,
    links.Purpose.VISIT: Key.VISIT,
    links.Purpose.WELCOME: Key.WELCOME,
    links.Purpose.STILL_RIGHT: Key.STILL_RIGHT,
    links.Purpose.ACTION: Key.ACTION,
    links.Purpose.MAIL: Key.MAIL,
    links.Purpose.POLL: Key.POLL,
    links.Purpose.POLL_REPLY: Key.POLL_REPLY,
    links.Purpose.SESSION: Key.SESSION,
    links.Purpose.PARTICIPANT: Key.PARTICIPANT,
}
KEPT = 12


def follow(link: links.Link) -> None:
    """Remember in this browser that the link was followed."""
    others = [one for one in session.get("links", []) if one != link.id.hex]
    session["links"] = [*others, link.id.hex][-KEPT:]


def is_kept(link: links.Link) -> bool:
    """Whether this browser followed the link before."""
    return link.id.hex in session.get("links", [])


def followed(purpose: links.Purpose, subject_id: uuid.UUID) -> links.Link | None:
    """The link to one thing that this browser followed, also when it has ended since."""
    ids = [uuid.UUID(one) for one in session.get("links", [])]
    return links.last_of(ids, purpose, subject_id) if ids else None


def keys() -> frozenset[Grant]:
    """What the links that this browser followed open at this moment."""
    ids = [uuid.UUID(one) for one in session.get("links", [])]
    working = [one for one in links.working(ids) if one.purpose in KEYS]
    return frozenset(Grant(KEYS[one.purpose], one.subject_id, one.person_id) for one in working)

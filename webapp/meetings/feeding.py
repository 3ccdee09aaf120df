"""Making and ending the link by which a calendar follows somebody's meetings, or those of one group."""

import uuid
from datetime import timedelta

from webapp.core import clock, links
from webapp.meetings import calendars
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed

WORKS = timedelta(days=3650)
"""A calendar follows its link until it is ended: by its owner, or because they left the group."""


def renew(subject_id: uuid.UUID, *, by: Actor) -> str:
    """A new link, shown this once; the one from before ends."""
    person_id = _check(subject_id, by)
    links.forget(links.Purpose.FEED, subject_id, person_id)
    return links.issue(links.Purpose.FEED, subject_id, expires_at=clock.now() + WORKS, person_id=person_id)


def end(subject_id: uuid.UUID, *, by: Actor) -> None:
    """The link works no longer, from the next time that a calendar asks."""
    links.forget(links.Purpose.FEED, subject_id, _check(subject_id, by))


def _check(subject_id: uuid.UUID, by: Actor) -> uuid.UUID:
    """Of oneself, or of a group where one sits."""
    if by.person_id is None:
        raise NotAllowed(Can.USE_OWN_ACCOUNT)
    own = {by.person_id, *(row.id for row in calendars.own_groups(by.person_id))}
    if subject_id not in own:
        raise NotAllowed(Can.TAKE_PART)
    return by.person_id

"""Opening the lessons of this network to everybody, and closing them again. Closed is how a network begins."""

from webapp.core import clock
from webapp.core.db import db
from webapp.lessons.feeds import open_log
from webapp.lessons.use_models import OpenLog
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


def open_to_all(*, by: Actor) -> None:
    """From now on everybody can read and follow what is published here."""
    require(by, Can.KEEP_LOG)
    if open_log() is None:
        db.session.add(OpenLog(id=1, opened_at=clock.now(), opened_by_id=by.person_id))
        db.session.flush()


def close(*, by: Actor) -> None:
    """From now on only the network reads it. What others copied before stays with them."""
    require(by, Can.KEEP_LOG)
    row = open_log()
    if row is not None:
        db.session.delete(row)
        db.session.flush()

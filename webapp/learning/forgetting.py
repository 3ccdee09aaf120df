"""What learning sessions forget by themselves. One that nobody closed counts from when it began."""

from sqlalchemy import delete, func, select

from webapp.core import clock
from webapp.core.brake import forgets
from webapp.core.db import db, erase_log_too
from webapp.learning.models import Cluster, Contribution, LearningSession, Participant
from webapp.vocabulary.retention import Keep, kept_for


@forgets
def forget_participants() -> None:
    """Who took part goes 30 days after a session closed."""
    _forget(Participant, Keep.PARTICIPANT)


@forgets
def forget_contributions() -> None:
    """What people shared goes a year after a session closed, and the clusters with it."""
    _forget(Contribution, Keep.CONTRIBUTION)
    _forget(Cluster, Keep.CONTRIBUTION)


def _forget(model: type[Participant | Contribution | Cluster], rule: Keep) -> None:
    ended = func.coalesce(LearningSession.closed_at, LearningSession.started_at)
    over = select(LearningSession.id).where(ended < clock.now() - kept_for(rule))
    gone = delete(model).where(model.session_id.in_(over)).returning(model.id)
    if db.session.scalars(gone, execution_options={"synchronize_session": False}).first():
        erase_log_too()

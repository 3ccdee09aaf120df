"""What date polls forget by themselves."""

from sqlalchemy import delete, select, update

from webapp.core import clock
from webapp.core.brake import forgets
from webapp.core.db import db, erase_log_too
from webapp.polls.models import DatePoll, PollReply
from webapp.vocabulary.retention import Keep, kept_for


@forgets
def forget_polls() -> None:
    """The names of guests go 30 days after the last day of a poll; the poll goes a year after."""
    today = clock.today()
    over = select(DatePoll.id).where(DatePoll.closes_on < today - kept_for(Keep.POLL_GUEST))
    named = (PollReply.guest_name != "", PollReply.poll_id.in_(over))
    if db.session.scalars(update(PollReply).where(*named).values(guest_name="").returning(PollReply.id)).first():
        erase_log_too()
    db.session.execute(delete(DatePoll).where(DatePoll.closes_on < today - kept_for(Keep.POLL)))

"""What is written down while a group meets."""

from datetime import timedelta

from sqlalchemy import delete

from webapp.core import clock
from webapp.core.brake import forgets
from webapp.core.db import db
from webapp.meetings.models import Typing
from webapp.vocabulary.retention import Keep, kept_for


@forgets
def forget_typing() -> None:
    """What was typed and never put down goes a day after the last letter."""
    db.session.execute(delete(Typing).where(Typing.at < clock.now() - (kept_for(Keep.TYPING) or timedelta(0))))

"""The weekly digest: one mail a week, on the morning of the day that somebody chose, of what is new and still unread.

Several workers are welcome: the lines are marked as told in the transaction that asks for the mail, and whoever had
a digest today has no second one.
"""

import uuid
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, true, update
from sqlalchemy.orm import aliased

from webapp.accounts.models import Person
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.notifications.kinds import Attention
from webapp.notifications.models import USUAL_DAY, MailChoice, Notice
from webapp.vocabulary.days import Weekday

MORNING = range(8, 12)
"""The hours in Brussels in which a digest is sent; whoever's workers slept all morning waits for next week."""


def begin_of(moment: datetime) -> datetime:
    """Midnight in Brussels before a moment, summer and winter."""
    return datetime.combine(clock.local(moment).date(), time(0), clock.BRUSSELS)


@sweep
def ask_for_digests() -> None:
    """Ask for the mail of everybody whose morning it is and for whom something new waits."""
    if clock.local(clock.now()).hour not in MORNING:
        return
    for person_id in sorted(_taken(clock.now())):
        outbox.enqueue("mail.digest", {"person": person_id.hex})


def _taken(now: datetime) -> set[uuid.UUID]:
    """Whose lines go along this morning; from now on they are told."""
    lines = (
        update(Notice)
        .where(*_waits(Notice), Notice.person_id.in_(_whose_morning(now)))
        .values(told_at=now)
        .returning(Notice.person_id)
    )
    return set(db.session.scalars(lines, execution_options={"synchronize_session": False}))


def _waits(line: Any) -> tuple[ColumnElement[bool], ...]:
    return line.way == Attention.DIGEST, line.read_at.is_(None), line.told_at.is_(None)


def _whose_morning(now: datetime) -> Any:
    waiting, told = aliased(Notice), aliased(Notice)
    today = list(Weekday)[clock.local(now).weekday()]
    never_chose = MailChoice.person_id.is_(None)
    had_it = exists().where(told.person_id == waiting.person_id, told.told_at >= begin_of(now))
    return (
        select(waiting.person_id)
        .join(Person, Person.id == waiting.person_id)
        .outerjoin(MailChoice, MailChoice.person_id == waiting.person_id)
        .where(*_waits(waiting), Person.is_active, ~had_it)
        .where(or_(MailChoice.day == today, never_chose & (true() if today is USUAL_DAY else ~true())))
    )

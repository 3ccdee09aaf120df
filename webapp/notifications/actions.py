"""Telling people, in the transaction of what happened: a line under the bell, and a mail without content."""

import uuid
from collections.abc import Iterable

from sqlalchemy import delete, update

from webapp.core import clock, outbox
from webapp.core.brake import forgets
from webapp.core.db import db
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import DemoMail, Notice
from webapp.policy.actor import Actor
from webapp.vocabulary.retention import Keep, kept_for


def notify(
    people: Iterable[uuid.UUID], kind: NoticeKind, thing_id: uuid.UUID, *, alias: str = "", mail: bool = True
) -> None:
    """Tell each of the people once. `thing_id` is what the line leads to; `alias` is a thing-word, never a name."""
    for person_id in dict.fromkeys(people):
        notice = Notice(person_id=person_id, kind=kind, thing_id=thing_id, alias=alias, created_at=clock.now())
        db.session.add(notice)
        if mail:
            db.session.flush()
            outbox.enqueue("mail.notice", {"notice": notice.id.hex})


@outbox.task("tell.seat")
def tell_about_seat(job: outbox.Claimed) -> None:
    """Somebody from outside gives or ends a function: the people whom the area of accounts named are told."""
    people = [uuid.UUID(one) for one in job.payload["people"]]
    notify(people, NoticeKind(job.payload["kind"]), uuid.UUID(job.payload["organisation"]))


def read_all(*, by: Actor) -> None:
    """Mark every line under the bell of the acting person as read."""
    db.session.execute(
        update(Notice).where(Notice.person_id == by.person_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    )


@forgets
def forget_old_notices() -> None:
    """Lines under the bell go after 90 days, read or not; the demo's copies of mail too."""
    now = clock.now()
    db.session.execute(delete(Notice).where(Notice.created_at < now - kept_for(Keep.NOTICE)))
    db.session.execute(delete(DemoMail).where(DemoMail.sent_at < now - kept_for(Keep.MAIL)))

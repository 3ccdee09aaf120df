"""Telling people, in the transaction of what happened: a line under the bell, and a mail without content."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, update

from webapp.core import clock, outbox
from webapp.core.brake import forgets
from webapp.core.db import db, new_id, write_each
from webapp.core.statements import Prepared
from webapp.notifications import queries
from webapp.notifications.kinds import Attention, NoticeKind, Subject, quieter
from webapp.notifications.models import DemoMail, MailChoice, Notice
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.retention import Keep, kept_for


def notify(
    people: Iterable[uuid.UUID], kind: NoticeKind, thing_id: uuid.UUID, *, alias: str = "", mail: bool = True
) -> None:
    """Tell each of the people once, as loudly as its kind and their choice say; without `mail` not before the digest.

    `thing_id` is what the line leads to; `alias` is a thing-word, never a name.
    """
    lines = _lines([About(people, thing_id, alias)], kind, Attention.AT_ONCE if mail else Attention.DIGEST)
    outbox.enqueue_each("mail.notice", [{"notice": one["id"].hex} for one in lines if _is_loud(one)])


def take_back(kind: NoticeKind, thing_id: uuid.UUID) -> None:
    """What was told of a thing is not so any more: lines that nobody read yet go."""
    unread = (Notice.kind == kind, Notice.thing_id == thing_id, Notice.read_at.is_(None))
    db.session.execute(delete(Notice).where(*unread))


class About(NamedTuple):
    """Who is told about which thing, with its alias if it has one."""

    people: Iterable[uuid.UUID]
    thing_id: uuid.UUID
    alias: str = ""


def notify_together(things: Iterable[About], kind: NoticeKind) -> None:
    """Tell people about several things at once: a line for each, and to each person one mail about all of theirs."""
    mails: dict[uuid.UUID, list[str]] = {}
    for one in _lines(things, kind, Attention.AT_ONCE):
        if _is_loud(one):
            mails.setdefault(one["person_id"], []).append(one["id"].hex)
    outbox.enqueue_each("mail.notice", [{"notice": ids[0]} for ids in mails.values() if len(ids) == 1])
    outbox.enqueue_each("mail.notices", [{"notices": ids} for ids in mails.values() if len(ids) > 1])


def _lines(things: Iterable[About], kind: NoticeKind, most: Attention) -> list[dict[str, Any]]:
    """A line under the bell for everybody about each thing, as loud as its kind and their choice say."""
    told = [(person_id, one) for one in things for person_id in dict.fromkeys(one.people)]
    if not told:
        return []
    choices = queries.choices({person_id for person_id, _one in told})
    line = {"kind": kind, "created_at": clock.now()}
    lines: list[dict[str, Any]] = [
        {**line, "id": new_id(), "person_id": person_id, "way": quieter(choices[person_id].way(kind), most),
         "thing_id": one.thing_id, "alias": one.alias}
        for person_id, one in told
    ]  # fmt: skip
    write_each(_ADD, lines)
    return lines


def _is_loud(line: Mapping[str, Any]) -> bool:
    return line["way"] is Attention.AT_ONCE


_ADD = Prepared(lambda: insert(Notice))


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


def read_about(thing_id: uuid.UUID, *, by: Actor) -> None:
    """Mark what stands under the bell about one thing as read: the acting person has it before their eyes."""
    mine = (Notice.person_id == by.person_id, Notice.thing_id == thing_id, Notice.read_at.is_(None))
    db.session.execute(update(Notice).where(*mine).values(read_at=clock.now()))


def choose(choice: MailChoice, most: Mapping[Subject, Attention], day: Weekday | None, *, by: Actor) -> None:
    """Keep which mail somebody wants: how loudly at most about each subject, and the day of their digest."""
    require(by, Can.CHOOSE_MAIL, choice)
    for subject, way in most.items():
        choice.keep(subject, way)
    choice.day = day
    db.session.merge(choice)
    db.session.flush()


def stop(choice: MailChoice, subject: Subject | None, *, by: Actor) -> None:
    """No more mail about a subject; without one, no more digest. What happens still stands under the bell."""
    most = {subject: Attention.IN_BRUG} if subject else {}
    choose(choice, most, choice.day if subject else None, by=by)


def stop_everything(choice: MailChoice, *, by: Actor) -> None:
    """No mail any more, but for what somebody asks for themselves, such as a code to sign in."""
    choose(choice, dict.fromkeys(Subject, Attention.IN_BRUG), None, by=by)


@forgets
def forget_old_notices() -> None:
    """Lines under the bell go after 90 days, read or not; the demo's copies of mail too."""
    now = clock.now()
    db.session.execute(delete(Notice).where(Notice.created_at < now - kept_for(Keep.NOTICE)))
    db.session.execute(delete(DemoMail).where(DemoMail.sent_at < now - kept_for(Keep.MAIL)))

"""Reading what is under the bell, and what a mail needs to know about its reader."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from webapp.accounts import queries as accounts
from webapp.accounts.models import Person
from webapp.core.db import db, given, read
from webapp.core.numbers import counted
from webapp.core.statements import Prepared
from webapp.notifications.kinds import Attention, NoticeKind, Subject
from webapp.notifications.models import DemoMail, MailChoice, Notice, usual
from webapp.policy.actor import Actor

MOST_COUNTED = 99
MOST_SHOWN = 50
MOST_MAILS = 100


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a mail goes to, and the organisation they mostly act for ('' when they hold no seat)."""

    person_id: uuid.UUID
    name: str
    email: str
    organisation: str


_LINES = select(Notice.id).where(Notice.person_id == given("reader", Notice.person_id), Notice.read_at.is_(None))
UNREAD = counted(_LINES, MOST_COUNTED - 1)
"""How many lines the reader has not read yet, up to 99, as a column."""


def newest(actor: Actor) -> Sequence[Notice]:
    """The newest lines of the acting person."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.person_id == actor.person_id)
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(MOST_SHOWN)
    ).all()


def waits_for(thing_id: uuid.UUID, kind: NoticeKind) -> set[uuid.UUID]:
    """Who has an unread line of a kind about a thing."""
    unread = (Notice.thing_id == thing_id, Notice.kind == kind, Notice.read_at.is_(None))
    return set(db.session.scalars(select(Notice.person_id).where(*unread)))


def notice(notice_id: uuid.UUID) -> Notice | None:
    """One line."""
    return db.session.get(Notice, notice_id)


def reader(person_id: uuid.UUID) -> Reader | None:
    """Somebody as the reader of a mail; None when they may no longer sign in."""
    person = db.session.get(Person, person_id)
    if person is None or not person.is_active:
        return None
    seats = accounts.seats_of(person_id)
    return Reader(person.id, person.name, person.email, seats[0].organisation_name if seats else "")


_CHOICES = Prepared(
    lambda: select(*MailChoice.__table__.columns).where(
        MailChoice.person_id.in_(given("people", MailChoice.person_id, many=True))
    )
)


def choices(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, MailChoice]:
    """Which mail these people want, the usual for whoever never chose."""
    wanted = list(people)
    chosen = [MailChoice(**row._asdict()) for row in read(_CHOICES, {"people": wanted})]
    return {one: usual(one) for one in wanted} | {one.person_id: one for one in chosen}


def choice(person_id: uuid.UUID) -> MailChoice | None:
    """Which mail one person wants; None when they may no longer sign in. Nothing is kept by asking."""
    person = db.session.get(Person, person_id)
    found = choices([person_id])[person_id]
    return found if person and person.is_active else None


def wants_mail(person_id: uuid.UUID, subject: Subject) -> bool:
    """Whether somebody wants mail about a subject at all: what stands in no digest comes to them too."""
    return choices([person_id])[person_id].most(subject) is not Attention.IN_BRUG


def told_since(person_id: uuid.UUID, moment: datetime) -> Sequence[Notice]:
    """The lines that went along in a digest since a moment and that nobody read meanwhile, the newest first."""
    lines = select(Notice).where(Notice.person_id == person_id, Notice.told_at >= moment, Notice.read_at.is_(None))
    return db.session.scalars(lines.order_by(Notice.created_at.desc(), Notice.id)).all()


def demo_mails() -> Sequence[DemoMail]:
    """The newest mails of the demo."""
    return db.session.scalars(select(DemoMail).order_by(DemoMail.sent_at.desc(), DemoMail.id).limit(MOST_MAILS)).all()


def demo_mail(mail_id: uuid.UUID) -> DemoMail | None:
    """One mail of the demo."""
    return db.session.get(DemoMail, mail_id)

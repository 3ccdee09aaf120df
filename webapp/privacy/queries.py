"""Reading what is kept about one person, and who of an organisation looked at cards."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, func, or_, select

from webapp.accounts.models import Function, Organisation, Person, SignInSession
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import AnyRow, db
from webapp.referrals.agreements import LOOK
from webapp.referrals.models import Agreement, AgreementScan, ContactCard, Referral
from webapp.referrals.scans import LOOK as LOOK_AT_PAPER

EXPORT = "referral.export"
IDENTITY_READ = (LOOK, LOOK_AT_PAPER, EXPORT)
"""What puts somebody's name before the eyes of an account: the card, the signed paper, the export."""

MOST_ENTRIES = 1000


def looks(organisation_id: uuid.UUID, *, before: int | None = None, limit: int) -> Sequence[AnyRow]:
    """Who of an organisation opened which card or paper, newest first; only for questions that it sent or welcomes."""
    ours = exists().where(Function.person_id == Audit.actor_id, Function.organisation_id == organisation_id)
    welcomed = exists().where(Agreement.referral_id == Referral.id, Agreement.organisation_id == organisation_id)
    query = (
        select(Audit.number, Audit.at, Audit.action, Audit.reason, Audit.actor_id, Referral.alias, Person.name)
        .join(Referral, Referral.id == Audit.thing_id)
        .outerjoin(Person, Person.id == Audit.actor_id)
        .where(
            Audit.action.in_(IDENTITY_READ),
            Audit.result == "ok",
            or_(Referral.organisation_id == organisation_id, welcomed),
            ours,
        )
        .order_by(Audit.number.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Audit.number < before)
    return db.session.execute(query).all()


def looks_at(referral_id: uuid.UUID) -> Sequence[AnyRow]:
    """When the card or the signed paper of a question was opened, and as what; without who."""
    query = select(Audit.at, Audit.action, Audit.reason).where(
        Audit.thing_id == referral_id, Audit.action.in_((LOOK, LOOK_AT_PAPER)), Audit.result == "ok"
    )
    return db.session.execute(query.order_by(Audit.number)).all()


def has_card(referral_id: uuid.UUID) -> bool:
    """Whether there is a contact card."""
    return db.session.scalar(select(ContactCard.referral_id).where(ContactCard.referral_id == referral_id)) is not None


def has_paper(referral_id: uuid.UUID) -> bool:
    """Whether the paper that was signed is kept."""
    kept = select(AgreementScan.referral_id).where(AgreementScan.referral_id == referral_id)
    return db.session.scalar(kept) is not None


def functions_of(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """Every function of a person that is still kept, the ended ones too."""
    query = (
        select(Function.kind, Function.begins_on, Function.ends_on, Organisation.name)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(Function.person_id == person_id)
    )
    return db.session.execute(query.order_by(Function.begins_on, Function.id)).all()


def sessions_of(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """The browsers in which a person is or was signed in."""
    when = SignInSession.created_at, SignInSession.last_seen_at, SignInSession.revoked_at
    query = select(*when, SignInSession.browser, SignInSession.system)
    mine = query.where(SignInSession.person_id == person_id)
    return db.session.execute(mine.order_by(SignInSession.created_at.desc())).all()


def entries_of(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """What the audit log says that a person did or saw, newest first."""
    query = select(Audit.at, Audit.action, Audit.thing_id, Audit.result, Audit.reason)
    return db.session.execute(
        query.where(Audit.actor_id == person_id).order_by(Audit.number.desc()).limit(MOST_ENTRIES)
    ).all()


def aliases_of(person_id: uuid.UUID) -> tuple[list[str], list[str]]:
    """The aliases of the questions that a person guides, and of those that they welcome."""
    query = select(Referral.alias, Referral.guide_id).where(
        or_(Referral.guide_id == person_id, Referral.receiver_id == person_id)
    )
    rows = db.session.execute(query.order_by(Referral.created_at, Referral.id)).all()
    return (
        [row.alias for row in rows if row.guide_id == person_id],
        [row.alias for row in rows if row.guide_id != person_id],
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A question of which one account read the identity: its alias and its sender, None when it is erased by now."""

    referral_id: uuid.UUID | None
    alias: str | None
    organisation: str | None
    times: int
    first: datetime
    last: datetime


def opened_by(person_id: uuid.UUID, first: date, last: date) -> list[Opened]:
    """Every question of which an account opened the card or the paper or made the export, on these days, in order."""
    begin, end = (datetime.combine(day, time(), clock.BRUSSELS) for day in (first, last + timedelta(days=1)))
    query = (
        select(
            Audit.thing_id,
            func.max(Referral.alias),
            func.max(Organisation.name),
            func.count(),
            func.min(Audit.at),
            func.max(Audit.at),
        )
        .outerjoin(Referral, Referral.id == Audit.thing_id)
        .outerjoin(Organisation, Organisation.id == Referral.organisation_id)
        .where(
            Audit.actor_id == person_id,
            Audit.action.in_(IDENTITY_READ),
            Audit.result == "ok",
            Audit.at >= begin,
            Audit.at < end,
        )
        .group_by(Audit.thing_id)
        .order_by(func.min(Audit.at))
    )
    return [Opened(*row) for row in db.session.execute(query)]

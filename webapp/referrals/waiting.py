"""What in the crossing waits for somebody: the rows behind Today. A fixed number of statements for each role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import AnyRow, db
from webapp.policy.actor import Actor
from webapp.referrals import visibility
from webapp.referrals.codes import Side
from webapp.referrals.lifecycle import BRIDGE, AskStatus, ReferralStatus
from webapp.referrals.lists import LONG, WAITING
from webapp.referrals.models import Ask, CheckIn, Referral, WelcomePlan

MOST_SHOWN = 12
SMALLEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Span:
    """One arch of the bridge: how many questions stand there, and the aliases to show above it."""

    status: ReferralStatus
    count: int
    aliases: tuple[str, ...] = ()


def asks_to_answer(actor: Actor) -> Sequence[AnyRow]:
    """Questions that an association has not answered yet, nearest deadline first."""
    return db.session.execute(
        select(
            Ask.id,
            Ask.deadline,
            Ask.sent_at,
            Referral.alias,
            Referral.age_band,
            Referral.interests,
            Referral.days,
            Organisation.name.label("organisation_name"),
        )
        .join(Referral, Referral.id == Ask.referral_id)
        .join(Organisation, Organisation.id == Ask.organisation_id)
        .where(visibility.asks_visible_to(actor), Ask.status == AskStatus.SENT, Ask.deadline >= clock.today())
        .order_by(Ask.deadline, Ask.id)
        .limit(MOST_SHOWN)
    ).all()


def steps_to_take(actor: Actor) -> Sequence[AnyRow]:
    """Questions in the hands of this guide or receiver whose next step is theirs."""
    answers = _count_asks(*(AskStatus.ACCEPTED,)).label("yes"), _count_asks(AskStatus.WAITING).label("waiting")
    ideas, silent = _count_asks(AskStatus.IDEA).label("ideas"), _count_asks(AskStatus.SENT).label("silent")
    declined = _count_asks(AskStatus.DECLINED, AskStatus.EXPIRED).label("declined")
    plan = select(WelcomePlan.starts_at).where(WelcomePlan.referral_id == Referral.id).scalar_subquery()
    return db.session.execute(
        select(
            Referral.id,
            Referral.alias,
            Referral.status,
            Referral.moved_at,
            Referral.sent_at,
            Referral.has_agreement,
            Referral.ask_again_on,
            Referral.guide_id,
            Referral.receiver_id,
            Referral.organisation_id,
            plan.label("starts_at"),
            *answers,
            ideas,
            silent,
            declined,
            Organisation.name.label("place_name"),
        )
        .outerjoin(Organisation, Organisation.id == Referral.chosen_organisation_id)
        .where(
            or_(visibility.guided_by(actor), visibility.received_by(actor)),
            or_(
                Referral.status.in_((ReferralStatus.CHOOSING, ReferralStatus.WELCOMING, ReferralStatus.DRAFT)),
                and_(Referral.status == ReferralStatus.PAUSED, Referral.ask_again_on <= clock.today()),
                and_(Referral.status == ReferralStatus.SEEKING),
            ),
        )
        .order_by(Referral.moved_at, Referral.id)
        .limit(MOST_SHOWN * 2)
    ).all()


def _count_asks(*statuses: AskStatus) -> Any:
    return (
        select(func.count())
        .select_from(Ask)
        .where(Ask.referral_id == Referral.id, Ask.status.in_(statuses))
        .correlate(Referral)
        .scalar_subquery()
    )


def check_ins_due(actor: Actor) -> Sequence[AnyRow]:
    """Check-ins whose day has come, for the side on which this person stands."""
    return db.session.execute(
        select(
            CheckIn.id,
            CheckIn.week,
            CheckIn.due_on,
            CheckIn.referral_id,
            Referral.alias,
            Organisation.name.label("place_name"),
        )
        .join(Referral, Referral.id == CheckIn.referral_id)
        .join(Organisation, Organisation.id == Referral.chosen_organisation_id)
        .where(
            CheckIn.mood.is_(None),
            CheckIn.due_on <= clock.today(),
            CheckIn.ask_id == Referral.chosen_ask_id,
            Referral.status == ReferralStatus.TRYING,
            or_(
                and_(visibility.guided_by(actor), CheckIn.side == Side.GUIDE),
                and_(visibility.received_by(actor), CheckIn.side == Side.ASSOCIATION),
            ),
        )
        .order_by(CheckIn.due_on, CheckIn.id)
        .limit(MOST_SHOWN)
    ).all()


def stuck() -> Sequence[AnyRow]:
    """Questions that have looked for a place for ten days or more, by alias alone: for whoever may SEE_STUCK."""
    return db.session.execute(
        select(
            Referral.id,
            Referral.alias,
            Referral.moved_at,
            _count_asks(*AskStatus).label("asked"),
            _count_asks(AskStatus.SENT).label("silent"),
        )
        .where(*_waits_long())
        .order_by(Referral.moved_at, Referral.id)
        .limit(MOST_SHOWN)
    ).all()


def bridge_of(actor: Actor) -> list[Span]:
    """Where the questions of this guide stand, with a few aliases above each arch."""
    rows = db.session.execute(
        select(Referral.status, Referral.alias)
        .where(visibility.guided_by(actor), Referral.status.in_(BRIDGE))
        .order_by(Referral.moved_at.desc(), Referral.id)
        .limit(500)
    ).all()
    by_status = {status: [row.alias for row in rows if row.status == status] for status in BRIDGE}
    return [Span(status, len(aliases), tuple(aliases[:3])) for status, aliases in by_status.items()]


def bridge_of_network() -> list[Span]:
    """Where all questions of the network stand; the counts are exact and must be coarsened before anybody sees them."""
    counts = dict(
        db.session.execute(
            select(Referral.status, func.count()).where(Referral.status.in_(BRIDGE)).group_by(Referral.status)
        ).all()
    )
    return [Span(status, counts.get(status, 0)) for status in BRIDGE]


def coarse(count: int) -> str:
    """A count as the network may see it: under five is "<5", the rest rounded to five (security: small numbers)."""
    return "<5" if count < SMALLEST_SHOWN else str(5 * round(count / 5))


def stuck_referral(referral_id: UUID) -> Referral | None:
    """One referral that is stuck, or None: whoever may SEE_STUCK can only reach those."""
    return db.session.scalar(select(Referral).where(Referral.id == referral_id, *_waits_long()))


def _waits_long() -> tuple[ColumnElement[bool], ...]:
    return Referral.status.in_(WAITING), Referral.moved_at <= clock.now() - LONG


def days_since(moment: datetime | date) -> int:
    """Whole days since then."""
    day = clock.local(moment).date() if isinstance(moment, datetime) else moment
    return max((clock.today() - day).days, 0)

"""At which associations a question or a promised call has waited for long: what a bridge builder can call about."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Integer, and_, cast, exists, null, or_, select, union_all
from sqlalchemy.orm import contains_eager

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, db, read
from webapp.core.statements import prepared
from webapp.policy.actor import Actor
from webapp.referrals import waiting
from webapp.referrals.codes import ReminderKind
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.lists import WAITING
from webapp.referrals.models import Ask, Referral, Reminder, WelcomePlan

MOST_SHOWN = 12
_LONG_WITHOUT_WORD = (
    Reminder.sent_at.is_not(None),
    Reminder.kind.in_((ReminderKind.SILENCE, ReminderKind.CALL_BACK_LATE)),  # so that ix_reminder_told is used
    or_(
        and_(
            Reminder.kind == ReminderKind.SILENCE,
            Ask.status == AskStatus.SENT,
            Referral.status.in_(WAITING),
        ),
        and_(
            Reminder.kind == ReminderKind.CALL_BACK_LATE,
            or_(
                and_(Ask.status == AskStatus.WAITING, Referral.status.in_(WAITING)),
                and_(
                    Ask.status == AskStatus.CHOSEN,
                    Referral.status == ReferralStatus.WELCOMING,
                    ~exists().where(WelcomePlan.referral_id == Referral.id),
                ),
            ),
        ),
    ),
)
_ASKED_FOR_LONG = (
    select(
        Ask.id,
        Reminder.sent_at.label("since"),
        cast(null(), Referral.alias.type).label("alias"),
        cast(null(), Integer).label("asked"),
        Ask.call_back_on,
        Reminder.kind,
        Ask.organisation_id,
        Organisation.name.label("organisation_name"),
    )
    .select_from(Ask)
    .join(Reminder, Reminder.ask_id == Ask.id)
    .join(Referral, Referral.id == Ask.referral_id)
    .join(Organisation, Organisation.id == Ask.organisation_id)
    .where(*_LONG_WITHOUT_WORD)
    .order_by(Reminder.sent_at, Ask.id)
    .limit(MOST_SHOWN)
)


def waits_long(actor: Actor, *, stuck: bool, asked: bool) -> Sequence[AnyRow]:
    """What waits for long, in one query. `stuck`: questions that look for a place, by alias alone. `asked`:
    associations with whom a question, or a promised call, has waited for long and no bridge builder called yet,
    without the question itself."""
    return read(_waits_long(stuck, asked), waiting.stuck_for(actor))


@prepared
def _waits_long(stuck: bool, asked: bool) -> CompoundSelect[*tuple[Any, ...]]:
    parts = [waiting.STUCK] * stuck + [_ASKED_FOR_LONG] * asked
    return union_all(*(select(one.subquery()) for one in parts))


def asked_long_ago(ask_id: UUID) -> Ask | None:
    """One such ask, or None: whoever may CALL_ASKED can only reach those."""
    query = select(Ask).join(Reminder).join(Ask.referral).options(contains_eager(Ask.referral))
    query = query.where(Ask.id == ask_id, *_LONG_WITHOUT_WORD)
    found = db.session.scalar(query)
    if found:
        found.waits_long = True
    return found

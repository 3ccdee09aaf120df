"""What has waited for long: questions, by their alias alone, for whoever may think along; and at which associations a
question or a promised call waits, which a bridge builder can call about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Integer, and_, case, cast, exists, func, null, or_, select, union_all
from sqlalchemy.orm import contains_eager

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import AnyRow, db, given, read
from webapp.core.history import History
from webapp.core.statements import Prepared, prepared
from webapp.directory.models import Offer
from webapp.policy.actor import Actor
from webapp.referrals.codes import ReminderKind
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.lists import LONG, WAITING
from webapp.referrals.models import Ask, Referral, Reminder, WelcomePlan

MOST_SHOWN = 12
MOST_GROUPED = 200
"""So many that wait longest are told by association, however many wait in the town."""
HELP = "offer_help"
HELP_LASTS = timedelta(days=7)

_TOLD = (
    Reminder.sent_at.is_not(None),
    Reminder.kind.in_((ReminderKind.SILENCE, ReminderKind.CALL_BACK_LATE, ReminderKind.FIRST_TIME_LATE)),
)
"""What was told and stays, as the condition of ix_reminder_told."""
_WAITS_LONG = (Referral.status.in_(WAITING), Referral.moved_at <= given("long_ago", Referral.moved_at))
_NO_CALL = (
    cast(null(), Ask.call_back_on.type).label("call_back_on"),
    cast(null(), Integer).label("silent"),
    cast(null(), Integer).label("waiting"),
    cast(null(), Ask.organisation_id.type).label("organisation_id"),
    cast(null(), Organisation.name.type).label("organisation_name"),
)
"""What is said of an association that could use a call, of which a question by its alias says nothing."""
_TOLD_LATE = (Reminder.sent_at.is_not(None), Reminder.kind == ReminderKind.FIRST_TIME_LATE)
"""The condition of ix_reminder_late."""
_WITHOUT_PLAN = (
    Referral.status == ReferralStatus.WELCOMING,
    ~exists().where(WelcomePlan.referral_id == Referral.id),
)
_HELPED = exists().where(
    History.kind == "referral",
    History.thing_id == Referral.id,
    History.step == HELP,
    History.at > given("lately", History.at),
    History.actor_id == given("me", History.actor_id),
)
_EVER_ASKED = select(func.count()).select_from(Ask).where(Ask.referral_id == Referral.id).correlate(Referral)
_STUCK = (
    select(
        Referral.id,
        Referral.moved_at.label("since"),
        Referral.alias,
        _EVER_ASKED.scalar_subquery().label("asked"),
        *_NO_CALL,
    )
    .where(*_WAITS_LONG, ~_HELPED)
    .order_by(Referral.moved_at, Referral.id)
    .limit(MOST_SHOWN)
)
"""Questions that have looked for a place for ten days or more, by alias alone: for whoever may SEE_STUCK. One for which
this person offered help comes back after a week."""

_LIES_STILL = (
    select(
        Referral.id,
        Referral.moved_at.label("since"),
        Referral.alias,
        cast(null(), Integer).label("asked"),
        *_NO_CALL,
    )
    .where(
        Referral.id.in_(select(Reminder.referral_id).where(*_TOLD_LATE)),  # few, in an index; welcoming are many
        exists().where(Reminder.ask_id == Referral.chosen_ask_id, *_TOLD_LATE),
        *_WITHOUT_PLAN,
        ~_HELPED,
    )
    .order_by(Referral.moved_at, Referral.id)
    .limit(MOST_SHOWN)
)
"""Questions of which the place was chosen long ago and no first time is planned, in the same way."""

_LONG_WITHOUT_WORD = (
    *_TOLD,
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
                    *_WITHOUT_PLAN,
                ),
            ),
        ),
    ),
)
_LONGEST = (
    select(Ask.id, Ask.organisation_id, Ask.call_back_on, Reminder.kind, Reminder.sent_at.label("since"))
    .select_from(Ask)
    .join(Reminder, Reminder.ask_id == Ask.id)
    .join(Referral, Referral.id == Ask.referral_id)
    .where(*_LONG_WITHOUT_WORD)
    .order_by(Reminder.sent_at, Ask.id)
    .limit(MOST_GROUPED)
    .subquery()
)
_THERE: dict[str, Any] = {"partition_by": _LONGEST.c.organisation_id}
_EACH = (
    select(
        _LONGEST.c.id,
        _LONGEST.c.since,
        _LONGEST.c.organisation_id,
        Organisation.name.label("organisation_name"),
        func.row_number().over(order_by=(_LONGEST.c.since, _LONGEST.c.id), **_THERE).label("place"),
        func.sum(case((_LONGEST.c.kind == ReminderKind.SILENCE, 1), else_=0)).over(**_THERE).label("silent"),
        func.min(case((_LONGEST.c.kind == ReminderKind.CALL_BACK_LATE, _LONGEST.c.call_back_on)))
        .over(**_THERE)
        .label("call_back_on"),
        func.count().over(**_THERE).label("waiting"),
    )
    .join(Organisation, Organisation.id == _LONGEST.c.organisation_id)
    .subquery()
)
_ASKED_FOR_LONG = (
    select(
        _EACH.c.id,
        _EACH.c.since,
        cast(null(), Referral.alias.type).label("alias"),
        cast(null(), Integer).label("asked"),
        _EACH.c.call_back_on,
        _EACH.c.silent,
        _EACH.c.waiting,
        _EACH.c.organisation_id,
        _EACH.c.organisation_name,
    )
    .where(_EACH.c.place == 1)
    .order_by(_EACH.c.since, _EACH.c.id)
    .limit(MOST_SHOWN)
)
"""One row for each association, however many wait there: the one that waits longest, how many said nothing, how many
wait in all, and the first day to call back that passed."""

_THERE_FOR_LONG = Prepared(
    lambda: (
        select(Ask.id, Ask.sent_at, Ask.call_back_on, Referral.alias, Offer.name.label("offer"))
        .join(Reminder, Reminder.ask_id == Ask.id)
        .join(Referral, Referral.id == Ask.referral_id)
        .join(Offer, Offer.id == Ask.offer_id)
        .where(Ask.organisation_id == given("there", Ask.organisation_id), *_LONG_WITHOUT_WORD)
        .order_by(Reminder.sent_at, Ask.id)
        .limit(MOST_GROUPED)
    )
)
"""Each of them at one association, for whoever called there and heard an answer."""


def waits_long(actor: Actor, *, stuck: bool, asked: bool) -> Sequence[AnyRow]:
    """What waits for long, in one query. `stuck`: questions that look for a place, or that have one and no first time,
    by alias alone. `asked`: associations with whom questions, or promised calls, have waited for long and no bridge
    builder called yet, without the questions themselves."""
    return read(_waits_long(stuck, asked), _stuck_for(actor))


@prepared
def _waits_long(stuck: bool, asked: bool) -> CompoundSelect[*tuple[Any, ...]]:
    parts = [_STUCK, _LIES_STILL] * stuck + [_ASKED_FOR_LONG] * asked
    return union_all(*(select(one.subquery()) for one in parts))


def waiting_there(ask: Ask) -> Sequence[AnyRow]:
    """What waits for long at the association of such an ask, this one too."""
    return read(_THERE_FOR_LONG, {"there": ask.organisation_id})


def asked_long_ago(ask_id: UUID) -> Ask | None:
    """One such ask, or None: whoever may CALL_ASKED can only reach those."""
    query = select(Ask).join(Reminder).join(Ask.referral).options(contains_eager(Ask.referral))
    query = query.where(Ask.id == ask_id, *_LONG_WITHOUT_WORD)
    found = db.session.scalar(query)
    if found:
        found.waits_long = True
    return found


def _stuck_for(actor: Actor) -> dict[str, Any]:
    """The values that _STUCK asks for."""
    return {**_long_ago(), "me": actor.person_id, "lately": clock.now() - HELP_LASTS}


def stuck_referral(referral_id: UUID) -> Referral | None:
    """One referral that is stuck, or None: whoever may SEE_STUCK can only reach those."""
    told = exists().where(Reminder.ask_id == Referral.chosen_ask_id, *_TOLD_LATE)
    lies = or_(and_(*_WAITS_LONG), and_(*_WITHOUT_PLAN, told))
    return db.session.scalar(select(Referral).where(Referral.id == referral_id, lies), _long_ago())


def _long_ago() -> dict[str, datetime]:
    return {"long_ago": clock.now() - LONG}

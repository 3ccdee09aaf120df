"""The clocks of a question: one nudge, telling the bridge builder, the days to call back and to ask again, and a place
that was chosen without a first time.

They count working days on which the crew is awake (`vocabulary.rests`). Each reminder is a row that is sent once, at a
decent hour, and only when nobody acted before: opening the question is enough for the nudge, answering for the rest.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import selectinload

from webapp.core import clock, history, links, outbox
from webapp.core.db import db, given, write, write_each
from webapp.core.statements import Prepared
from webapp.core.sweeps import sweep
from webapp.directory.rests import of_offers
from webapp.notifications.actions import About, notify, notify_together
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import CLOCK, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals import people
from webapp.referrals.codes import ReminderKind
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral, Reminder
from webapp.vocabulary.calendar import DAY, is_working_day
from webapp.vocabulary.rests import Rests
from webapp.vocabulary.retention import Keep, kept_for

SWEEP_BATCH = 200
DECENT_HOURS = range(8, 20)
ANSWER_WITHIN = 14
AFTER = {
    ReminderKind.NUDGE: 2,
    ReminderKind.SILENCE: 7,
    ReminderKind.CALL_BACK: 0,
    ReminderKind.CALL_BACK_LATE: 3,
    ReminderKind.ASK_AGAIN: 1,
    ReminderKind.FIRST_TIME: 5,
    ReminderKind.FIRST_TIME_LATE: 10,
}
"""After how many working days somebody is told; 0 is the day itself, or the first working day after it."""

WHILE_SILENT = (ReminderKind.NUDGE, ReminderKind.SILENCE)
ABOUT_CALL_BACK = (ReminderKind.CALL_BACK, ReminderKind.CALL_BACK_LATE)
ABOUT_FIRST_TIME = (ReminderKind.FIRST_TIME, ReminderKind.FIRST_TIME_LATE)
FOR_BRIDGE_BUILDERS = (ReminderKind.SILENCE, ReminderKind.CALL_BACK_LATE)
STAY_TOLD = (*FOR_BRIDGE_BUILDERS, ReminderKind.FIRST_TIME_LATE)
"""What stays on the first page of others once it was told, for as long as nobody acts."""
SEARCHING = (ReferralStatus.SEEKING, ReferralStatus.CHOOSING)


def deadline(sent_on: date, rests: Rests) -> date:
    """The last day on which an association can answer a question that was sent on a day."""
    return rests.working_day_after(sent_on, ANSWER_WITHIN)


def end_of(day: date) -> datetime:
    """The end of the last day on which an answer can be given, in Brussels."""
    return datetime.combine(day + DAY, time(0), clock.BRUSSELS)


def count_silence(asks: Iterable[Ask], rests: dict[uuid.UUID, Rests]) -> None:
    """Let the clocks of fresh asks begin; `rests` by offer."""
    for ask in asks:
        _remind(ask.referral_id, ask, WHILE_SILENT, clock.local(ask.sent_at).date(), rests[ask.offer_id])


def count_to_call_back(ask: Ask, call_back_on: date) -> None:
    """The association calls back on a day: it is reminded then, and when it slips by the bridge builder helps."""
    forget(ask, ABOUT_CALL_BACK)
    rests = of_offers([ask.offer_id])[ask.offer_id]
    _remind(ask.referral_id, ask, ABOUT_CALL_BACK, call_back_on, rests)


def count_to_first_time(referral: Referral) -> None:
    """Somebody took a step with a place that was chosen: from today, both sides are asked once for the first time, and
    then whoever may think along sees that it lies still. Whoever chose to wait is called back instead."""
    ask = db.session.get(Ask, referral.chosen_ask_id) if referral.chosen_ask_id else None
    if ask is None or ask.call_back_on or referral.status is not ReferralStatus.WELCOMING:
        return
    forget(ask, ABOUT_FIRST_TIME)
    _remind(referral.id, ask, ABOUT_FIRST_TIME, clock.today(), of_offers([ask.offer_id])[ask.offer_id])


def count_to_ask_again(referral: Referral, ask_again_on: date) -> None:
    """The guide asks again on a day, and gets one mail when nobody did."""
    db.session.execute(delete(Reminder).where(Reminder.referral_id == referral.id, Reminder.ask_id.is_(None)))
    _remind(referral.id, None, (ReminderKind.ASK_AGAIN,), ask_again_on, Rests())


def _remind(
    referral_id: uuid.UUID, ask: Ask | None, kinds: Iterable[ReminderKind], counted_from: date, rests: Rests
) -> None:
    about = {"referral_id": referral_id, "ask_id": ask.id if ask else None, "counted_from": counted_from}
    due = {kind: rests.working_day_after(counted_from, AFTER[kind]) for kind in kinds}
    write_each(_ADD, [{**about, "kind": kind, "due_on": day} for kind, day in due.items()])


def forget(ask: Ask, kinds: Iterable[ReminderKind]) -> None:
    """Somebody acted: these reminders of an ask are not needed any more."""
    write(_FORGET, {"about": ask.id, "kinds": [*kinds]})


_ADD = Prepared(lambda: insert(Reminder))
_FORGET = Prepared(
    lambda: delete(Reminder).where(
        Reminder.ask_id == given("about", Reminder.ask_id),
        Reminder.kind.in_(given("kinds", Reminder.kind, many=True)),
    )
)


def see(ask: Ask, *, by: Actor) -> None:
    """Somebody who may answer opened the question: nobody at the association is nudged any more."""
    require(by, Can.ANSWER_ASK, ask)
    forget(ask, (ReminderKind.NUDGE,))


def note_call(ask: Ask, *, by: Actor) -> None:
    """The bridge builder called the association: all that waited there leaves their Today, one call is enough."""
    require(by, Can.CALL_ASKED, ask)
    there = select(Ask.id).where(Ask.organisation_id == ask.organisation_id)
    told = (Reminder.sent_at.is_not(None), Reminder.kind.in_(FOR_BRIDGE_BUILDERS), Reminder.ask_id.in_(there))
    db.session.execute(delete(Reminder).where(*told))


@sweep
def remind() -> None:
    """Send what is due, each once. What is due while its crew rests waits until it is awake."""
    if not is_working_day(clock.today()) or clock.local(clock.now()).hour not in DECENT_HOURS:
        return
    due = (
        select(Reminder)
        .where(Reminder.sent_at.is_(None), Reminder.due_on <= clock.today())
        .order_by(Reminder.due_on, Reminder.id)
        .limit(SWEEP_BATCH)
        .options(selectinload(Reminder.ask), selectinload(Reminder.referral))
        .with_for_update(skip_locked=True)
    )
    found = db.session.scalars(due).all()
    rests = of_offers({one.ask.offer_id for one in found if one.ask})
    teller = _Teller()
    for one in found:
        really_due = _due(one, rests[one.ask.offer_id] if one.ask else Rests())
        if really_due > clock.today():
            one.due_on = really_due
            continue
        needed = is_needed(one)
        if needed:
            teller.tell(one)
        if needed and one.kind in STAY_TOLD:
            one.sent_at = clock.now()
        else:
            db.session.delete(one)
    teller.tell_together()
    db.session.flush()


@sweep
def forget_told_reminders() -> None:
    """What bridge builders were told long ago leaves their Today, whatever came of it."""
    db.session.execute(delete(Reminder).where(Reminder.sent_at < clock.now() - kept_for(Keep.REMINDER)))


def _due(one: Reminder, rests: Rests) -> date:
    """When it is due as the crew rests now; whoever rests today is told when they are awake."""
    due = rests.working_day_after(one.counted_from, AFTER[one.kind])
    return rests.working_day_after(clock.today(), 0) if clock.today() in rests else due


def is_needed(one: Reminder) -> bool:
    """Whether nobody acted yet on what this reminds of."""
    referral, ask = one.referral, one.ask
    if ask is None:
        return referral.status is ReferralStatus.PAUSED
    if one.kind in WHILE_SILENT:
        return ask.status is AskStatus.SENT and referral.status in SEARCHING
    if ask.status is AskStatus.CHOSEN:
        return referral.status is ReferralStatus.WELCOMING and referral.plan is None
    return one.kind in ABOUT_CALL_BACK and ask.status is AskStatus.WAITING and referral.status in SEARCHING


class _Teller:
    """A line under the bell and a mail: to whoever would act, or to the bridge builders without the question. They hear
    once of an association where several wait: one call is enough. Whoever is nudged about several questions gets one
    mail about all of them."""

    def __init__(self) -> None:
        self._called: set[uuid.UUID] = set()
        self._together: dict[NoticeKind, list[About]] = {}

    def tell(self, one: Reminder) -> None:
        """Say what a reminder is about, now or together with what is like it."""
        referral, ask = one.referral, one.ask
        if ask is None:
            notify(people.senders(referral), NoticeKind.ASK_AGAIN, referral.id, alias=referral.alias)
        elif one.kind in ABOUT_FIRST_TIME:
            self._about_first_time(one, referral)
        elif one.kind in FOR_BRIDGE_BUILDERS:
            self._call(one, ask)
        elif one.kind is ReminderKind.NUDGE:
            history.record("ask", ask.id, one.kind, by=CLOCK)
            self._later(NoticeKind.ASK_NUDGED, About(people.askees(ask), ask.id, referral.alias))
        else:
            welcoming = people.receivers(referral) if ask.status is AskStatus.CHOSEN else ()
            notify(welcoming or people.askees(ask), NoticeKind.CALL_BACK_DUE, ask.id, alias=referral.alias)

    def _about_first_time(self, one: Reminder, referral: Referral) -> None:
        history.record("referral", referral.id, one.kind, by=CLOCK)
        if one.kind is ReminderKind.FIRST_TIME:
            both = [*people.senders(referral), *people.receivers(referral)]
            self._later(NoticeKind.FIRST_TIME_OPEN, About(both, referral.id, referral.alias))

    def _call(self, one: Reminder, ask: Ask) -> None:
        if one.kind is ReminderKind.SILENCE:
            history.record("ask", ask.id, one.kind, by=CLOCK)
        if ask.organisation_id not in self._called:
            self._called.add(ask.organisation_id)
            notify(people.bridge_builders(), NoticeKind.CALL_ASKED, ask.organisation_id)

    def _later(self, kind: NoticeKind, about: About) -> None:
        self._together.setdefault(kind, []).append(about)

    def tell_together(self) -> None:
        """Send what was kept: one mail to each person."""
        for kind, things in self._together.items():
            notify_together(things, kind)


@outbox.task("rest.changed")
def reckon_again(job: outbox.Claimed) -> None:
    """An association rests longer or shorter: the days until which it can answer move along."""
    asked = select(Ask).where(
        Ask.organisation_id == uuid.UUID(job.payload["organisation"]), Ask.status == AskStatus.SENT
    )
    asks = db.session.scalars(asked).all()
    rests = of_offers({one.offer_id for one in asks})
    for one in asks:
        move_deadline(one, rests[one.offer_id])


def move_deadline(ask: Ask, rests: Rests) -> bool:
    """Put the deadline where the rests of the crew bring it, never before tomorrow; whether it moved.

    Not a new version of the ask: nobody's half-given answer becomes stale by it.
    """
    day = deadline(clock.local(ask.sent_at).date(), rests)
    if day < ask.deadline:
        day = min(max(day, rests.working_day_after(clock.today(), 1)), ask.deadline)
    if day == ask.deadline:
        return False
    db.session.execute(
        update(Ask).where(Ask.id == ask.id).values(deadline=day).execution_options(synchronize_session="evaluate")
    )
    links.extend(links.Purpose.ANSWER, ask.id, end_of(day))
    return True

"""What an association says: yes, waiting list, not now, another idea. Changeable until the deadline; and after it was
chosen, what came of the place until a first time is planned."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from webapp.accounts.queries import names
from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, StepRefused
from webapp.core.sweeps import sweep
from webapp.directory.rests import of_offers
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import CLOCK, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals import moments, people, reminding, state, wiping
from webapp.referrals.codes import IdeaKind
from webapp.referrals.lifecycle import ANSWERABLE, ASK, GIVES_A_WAY_ON, AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.outcomes import NotNow

SWEEP_BATCH = 200


@dataclass(frozen=True, slots=True)
class Welcome:
    """A yes: who waits at the door, and when (a moment, or in words when it is not sure yet)."""

    welcomer: str
    moment: datetime | None = None
    moment_note: str = ""


def accept(ask: Ask, welcome: Welcome, *, by: Actor, version: int | None = None, by_phone: bool = False) -> None:
    """Yes, come and try. Of all answers: `by_phone` when whoever walks along heard it and writes it down."""
    if wrong := missing_in(welcome):
        raise Invalid(wrong)
    said = {"welcomer": welcome.welcomer, "first_moment": welcome.moment, "moment_note": welcome.moment_note}
    _answer(ask, "accept", by, version, said, by_phone=by_phone)


def missing_in(welcome: Welcome) -> dict[str, str]:
    """All that keeps a yes from being one, by what it is about."""
    wrong = {} if welcome.welcomer else {"welcomer": "welcomer_missing"}
    if welcome.moment:
        fault = moments.wrong_with(welcome.moment, clock.now())
    else:
        fault = None if welcome.moment_note else "moment_missing"
    return wrong | ({"moment": fault} if fault else {})


def put_on_waiting_list(
    ask: Ask, call_back_on: date, *, by: Actor, version: int | None = None, by_phone: bool = False
) -> None:
    """Later: the association calls back on a date. A list without a date feels like no."""
    moments.promised("call_back_on", call_back_on, clock.today())
    _answer(ask, "wait", by, version, {"call_back_on": call_back_on}, by_phone=by_phone)
    reminding.count_to_call_back(ask, call_back_on)


def decline(ask: Ask, *, by: Actor, version: int | None = None, by_phone: bool = False) -> None:
    """Not now. No reason is asked."""
    _answer(ask, "decline", by, version, {}, by_phone=by_phone)


def give_hint(ask: Ask, reasons: Sequence[NotNow], *, by: Actor) -> None:
    """After a "not now", whoever wants may say what would help; nobody has to."""
    require(by, Can.ANSWER_ASK, ask)
    if ask.status is not AskStatus.DECLINED:
        raise StepRefused("give_hint", ask.status)
    ask.not_now = tuple(reasons)
    db.session.flush()


def suggest(
    ask: Ask, kind: IdeaKind, message: str, *, by: Actor, version: int | None = None, by_phone: bool = False
) -> None:
    """Another idea that may fit better."""
    if not message:
        raise Invalid({"message": "idea_missing"})
    _answer(ask, "suggest", by, version, {"idea": kind.value, "message": message}, by_phone=by_phone)


def is_expected(ask: Ask) -> bool:
    """Whether the young person chose this association, and no first time is planned."""
    referral = ask.referral
    is_chosen = ask.status is AskStatus.CHOSEN and referral.status is ReferralStatus.WELCOMING
    return is_chosen and referral.plan is None


def is_on_list(ask: Ask) -> bool:
    """Whether the young person chose to wait at this association, and no first time is planned."""
    return ask.call_back_on is not None and is_expected(ask)


def is_open(ask: Ask) -> bool:
    """Whether an answer may still be given or changed: nobody looks any more once a place was chosen or the search
    ended. Whoever has a waiting list may always say what came of it."""
    if ask.status is AskStatus.CHOSEN:
        return is_on_list(ask)
    is_looked_for = ask.referral.status in (ReferralStatus.SEEKING, ReferralStatus.CHOOSING)
    is_in_time = clock.today() <= ask.deadline or ask.status is AskStatus.WAITING
    return is_looked_for and is_in_time and ask.status in ANSWERABLE


def can_say(ask: Ask, answer: AskStatus) -> bool:
    """Whether an association can give this answer now. Once chosen for a yes, it can still say that there is no place
    after all, or not yet."""
    takes_back = answer in (AskStatus.WAITING, AskStatus.DECLINED)
    return is_open(ask) or (takes_back and is_expected(ask))


AFTER_CHOICE = {"accept": "make_room", "wait": "wait_on", "decline": "fall_through"}
"""What an answer is called when the young person chose the place."""

NOTHING_SAID: dict[str, Any] = {
    "welcomer": "", "first_moment": None, "moment_note": "", "call_back_on": None, "not_now": (), "idea": "",
    "message": "",
}  # fmt: skip


def _answer(ask: Ask, step: str, by: Actor, version: int | None, said: dict[str, Any], *, by_phone: bool) -> None:
    """Write one answer down: whoever comes first wins, and saying the same thing twice is saying it once."""
    require(by, Can.NOTE_ANSWER if by_phone else Can.ANSWER_ASK, ask)
    speaker = by if by_phone else by.speaking_about(ask)
    state.hold(ask.referral, ask)
    said = {**NOTHING_SAID, **said, "by_phone": by_phone}
    is_chosen, answer = ask.status is AskStatus.CHOSEN, AskStatus(ASK.steps[step].to)
    step = AFTER_CHOICE.get(step, step) if is_chosen else step
    if version is not None and ask.version != version:
        if _said_already(ask, step, speaker, said):
            return
        raise Conflict(_who_answered(ask), ask.answered_at)
    if not can_say(ask, answer):
        raise StepRefused(step, ask.status)
    is_change = ask.answered_at is not None
    state.take(ask, step, by=speaker)
    if by_phone:
        history.record("ask", ask.id, "by_phone", by=by)
    ask.answered_at, ask.answered_by_id = clock.now(), speaker.person_id
    for name, value in said.items():
        setattr(ask, name, value)
    db.session.flush()
    _tell(ask, speaker, is_change=is_change)
    if is_chosen:
        _go_on_from_choice(ask, speaker)


def _go_on_from_choice(ask: Ask, speaker: Actor) -> None:
    """Whoever chose this place is expected now, waits until a day, or looks on with the same question."""
    referral = ask.referral
    welcoming = [one for one in people.receivers(referral) if one not in (speaker.person_id, *people.askees(ask))]
    reminding.forget(ask, (*reminding.ABOUT_CALL_BACK, *reminding.ABOUT_FIRST_TIME))
    if ask.status is AskStatus.CHOSEN:
        notify(welcoming, NoticeKind.ANSWER_CHANGED, referral.id, alias=referral.alias)
        reminding.count_to_first_time(referral)
        return
    notify(welcoming, NoticeKind.RECALLED, ask.id, alias=referral.alias)
    state.move(referral, "lose_place", by=speaker)
    wiping.forget_answers(referral)
    wiping.forget_place(referral)
    db.session.flush()


def _said_already(ask: Ask, step: str, speaker: Actor, said: dict[str, Any]) -> bool:
    same = all(getattr(ask, name) == value for name, value in said.items() if name != "not_now")
    return ask.status is ASK.steps[step].to and ask.answered_by_id == speaker.person_id and same


def _who_answered(ask: Ask) -> str | None:
    if ask.answered_by_id is None or (ask.by_phone and ask.referral.hides_sender):
        return None
    return names({ask.answered_by_id}).get(ask.answered_by_id)


def _tell(ask: Ask, speaker: Actor, *, is_change: bool) -> None:
    """The guide hears that there is an answer, not which; the colleagues of whoever answered hear it too. When it was
    noted by phone the association hears that, and may say it otherwise."""
    referral = ask.referral
    if ask.status in GIVES_A_WAY_ON and referral.status in (ReferralStatus.SEEKING, ReferralStatus.CHOOSING):
        state.move(referral, "hear", by=speaker)
        db.session.flush()
    kind = NoticeKind.ANSWER_CHANGED if is_change else NoticeKind.ASK_ANSWERED
    others = [one for one in people.senders(referral) if one != speaker.person_id]
    notify(others, kind, referral.id, alias=referral.alias)
    colleagues = [one for one in people.askees(ask) if one != speaker.person_id]
    if ask.by_phone:
        notify(colleagues, NoticeKind.ANSWER_NOTED, ask.id, alias=referral.alias)
        return
    notify(colleagues, NoticeKind.COLLEAGUE_ANSWERED, ask.id, alias=referral.alias)


@sweep
def close_quietly() -> None:
    """Asks whose deadline has passed close by themselves; the guide is told, the association is not scolded. Where
    the crew rested meanwhile it gets those days back. Of a question that went to several it is told once."""
    overdue = (
        select(Ask)
        .where(Ask.status == AskStatus.SENT, Ask.deadline < clock.today())
        .order_by(Ask.deadline, Ask.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
    )
    asks = db.session.scalars(overdue).all()
    rests = of_offers({one.offer_id for one in asks})
    closed: dict[uuid.UUID, Referral] = {}
    for ask in asks:
        if reminding.move_deadline(ask, rests[ask.offer_id]):
            continue
        state.take(ask, "expire", by=CLOCK)
        closed[ask.referral_id] = ask.referral
    for referral in closed.values():
        notify(people.senders(referral), NoticeKind.ASK_EXPIRED, referral.id, alias=referral.alias)
    db.session.flush()

"""The first time and after: the welcome plan, the welcome page behind its link, arriving, and the check-ins."""

import re
import uuid
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import select

from webapp.core import clock, history, links
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.core.sweeps import sweep
from webapp.core.versions import expect
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require
from webapp.referrals import moments, people, sealed, state
from webapp.referrals.agreements import WITH_A_PLACE
from webapp.referrals.codes import Side
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Ask, CheckIn, Referral, WelcomePlan
from webapp.vocabulary import care
from webapp.vocabulary.outcomes import Mood

WEEKS = (2, 6, 12)
LINK_LASTS = timedelta(days=90)
MOST_OPENED = 200
SWEEP_BATCH = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What a welcome plan says; nothing in it is about the young person."""

    welcomer: str
    welcomer_hint: str = ""
    starts_at: datetime | None = None
    place: str = ""
    companion: str = ""
    bring: str = ""
    phone_name: str = ""
    phone: str = ""
    we_prepare: str = ""
    you_arrange: str = ""


def plan(referral: Referral, wanted: Plan, *, by: Actor, version: int | None = None) -> WelcomePlan:
    """Write the welcome plan, or change it; the other side hears that it changed."""
    require(by, Can.PLAN_WELCOME, referral)
    if referral.status not in WITH_A_PLACE or referral.chosen_ask_id is None:
        raise StepRefused("plan", referral.status)
    if missing := _missing(wanted):
        raise Invalid(missing)
    row = db.session.scalar(select(WelcomePlan).where(WelcomePlan.referral_id == referral.id))
    if wanted.starts_at and (row is None or row.starts_at != wanted.starts_at):
        moments.planned("starts_at", wanted.starts_at, clock.now())
    if row is None:
        row = WelcomePlan(referral_id=referral.id, ask_id=referral.chosen_ask_id)
        db.session.add(row)
    else:
        expect(row, version)
    for name, value in asdict(wanted).items():
        setattr(row, name, value)
    db.session.flush()
    history.record("referral", referral.id, "plan", by=by)
    notify(_other_side(referral, by), NoticeKind.WELCOME_PLANNED, referral.id, alias=referral.alias)
    return row


def _missing(wanted: Plan) -> dict[str, str]:
    needed = {"welcomer": wanted.welcomer, "starts_at": wanted.starts_at, "place": wanted.place, "phone": wanted.phone}
    return {name: f"{name}_missing" for name, value in needed.items() if not value}


def first_draft(ask: Ask, place: str, phone: str) -> Plan:
    """What the yes of the association already says about the first time."""
    return Plan(welcomer=ask.welcomer, starts_at=ask.first_moment, place=place, phone_name=ask.welcomer, phone=phone)


def names_to_keep(referral: Referral) -> list[str]:
    """The words by which a hidden sender is known: its name without the article, and both names of the guide."""
    if not referral.hides_sender:
        return []
    place = re.sub(r"^(?:de|het|'t|the) ", "", referral.organisation.name, flags=re.IGNORECASE)
    return [place, *(referral.guide.name.split(maxsplit=1) if referral.guide else [])]


def betrays_sender(row: WelcomePlan, referral: Referral) -> bool:
    """Whether somebody who reads the plan learns from it who stays unknown."""
    texts = (getattr(row, field.name) for field in fields(Plan) if field.name != "starts_at")
    return care.says_one_of("\n".join(texts), names_to_keep(referral))


def share(row: WelcomePlan, referral: Referral, *, by: Actor) -> str:
    """A new link to the welcome page; an older one stops working. Its token is kept sealed, to show the QR again."""
    require(by, Can.PLAN_WELCOME, referral)
    links.revoke(links.Purpose.WELCOME, row.id)
    token = links.issue(links.Purpose.WELCOME, row.id, expires_at=clock.now() + LINK_LASTS)
    row.link_sealed = sealed.seal(referral, "welcome_plan", "link", token)
    db.session.flush()
    return token


def revoke(row: WelcomePlan, referral: Referral, *, by: Actor) -> None:
    """Close the welcome page for everybody who has its link."""
    require(by, Can.PLAN_WELCOME, referral)
    links.revoke(links.Purpose.WELCOME, row.id)
    row.link_sealed = None
    db.session.flush()


def arrive(referral: Referral, *, by: Actor) -> None:
    """The first time happened: the check-ins of both sides are put in the calendar."""
    state.move(referral, "arrive", by=by)
    row = db.session.scalar(select(WelcomePlan).where(WelcomePlan.referral_id == referral.id))
    if row:
        row.went_well_at = clock.now()
    db.session.add_all(_check_ins(referral))
    db.session.flush()
    notify(_other_side(referral, by), NoticeKind.WELCOME_PLANNED, referral.id, alias=referral.alias)


def _check_ins(referral: Referral) -> list[CheckIn]:
    return [
        CheckIn(
            referral_id=referral.id,
            ask_id=referral.chosen_ask_id,
            week=week,
            side=side,
            due_on=clock.today() + timedelta(weeks=week),
        )
        for week in WEEKS
        for side in Side
    ]


def check_in(one: CheckIn, referral: Referral, mood: Mood, *, by: Actor, by_phone: bool = False) -> None:
    """Say how it goes, for the side on which the acting person stands.

    `by_phone`: the guide notes what the association said; what it said itself is not replaced."""
    require(by, Can.CHECK_IN, referral)
    side = side_of(referral, by)
    hears_it = by_phone and side is Side.GUIDE and one.side is Side.ASSOCIATION and (one.mood is None or one.by_phone)
    if one.side is not side and not hears_it:
        raise StepRefused("check_in", referral.status)
    one.mood, one.answered_at, one.answered_by_id, one.by_phone = mood, clock.now(), by.person_id, hears_it
    if hears_it:
        history.record("referral", referral.id, "heard_by_phone", by=by)
    history.record("referral", referral.id, f"check_in_{one.week}", by=by, after=mood)
    db.session.flush()
    notify(_other_side(referral, by), NoticeKind.CHECKED_IN, referral.id, alias=referral.alias)


def side_of(referral: Referral, actor: Actor) -> Side:
    """On which end of the bridge the acting person stands: that of the guide when they may guide."""
    return Side.GUIDE if can(actor, Can.GUIDE_REFERRAL, referral) else Side.ASSOCIATION


def _other_side(referral: Referral, by: Actor) -> list[uuid.UUID]:
    side = side_of(referral, by)
    return people.receivers(referral) if side is Side.GUIDE else people.senders(referral)


@sweep
def remind_of_check_ins() -> None:
    """On the day a check-in is due, its side is told, once."""
    due = (
        select(CheckIn, Referral)
        .join(Referral, Referral.id == CheckIn.referral_id)
        .where(
            CheckIn.mood.is_(None),
            CheckIn.reminded_at.is_(None),
            CheckIn.due_on <= clock.today(),
            Referral.status == ReferralStatus.TRYING,
            Referral.chosen_ask_id == CheckIn.ask_id,
        )
        .order_by(CheckIn.due_on, CheckIn.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
    )
    for one, referral in db.session.execute(due):
        told = people.senders(referral) if one.side is Side.GUIDE else people.receivers(referral)
        notify(told, NoticeKind.CHECK_IN_DUE, referral.id, alias=referral.alias)
        one.reminded_at = clock.now()
    db.session.flush()

"""Asking whether a group may come by, answering, calling off, looking back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, update

from webapp.core import clock, history
from webapp.core.db import db, erase_log_too
from webapp.core.errors import Invalid
from webapp.core.sweeps import sweep
from webapp.core.versions import expect
from webapp.directory.models import Offer
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import CLOCK, Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import GUIDES
from webapp.policy.rules import NotAllowed, require
from webapp.visits import queries
from webapp.visits.codes import GroupSize, VisitMood, VisitPurpose
from webapp.visits.lifecycle import VISIT, VisitStatus
from webapp.visits.models import Visit
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.retention import Keep, kept_for

FURTHEST = timedelta(days=365)
SWEEP_BATCH = 200
OVER = (VisitStatus.DONE, VisitStatus.DECLINED, VisitStatus.CALLED_OFF, VisitStatus.EXPIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """When a group would come, and what is good to know."""

    first_day: date
    other_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Days):
    """Who would come, about: never who they are."""

    size: GroupSize
    age_band: AgeBand
    purpose: VisitPurpose


@dataclass(frozen=True, slots=True)
class Answer:
    """What an association says to a group."""

    status: VisitStatus
    starts_at: datetime | None = None
    welcomer: str = ""
    message: str = ""


STEPS = {VisitStatus.AGREED: "agree", VisitStatus.DECLINED: "decline", VisitStatus.IDEA: "suggest"}


def ask(offer: Offer, group: Group, *, by: Actor) -> Visit:
    """Ask an offer whether a group may come by. The association hears it; no question of a young person is made."""
    require(by, Can.START_VISIT)
    require(by, Can.ASK_ABOUT_OFFER, offer)
    _check_days(group)
    home = next((seat.organisation_id for seat in by.seats if seat.function in GUIDES), None)
    if home is None:
        raise NotAllowed(Can.START_VISIT)
    visit = Visit(
        offer_id=offer.id,
        organisation_id=offer.organisation_id,
        from_organisation_id=home,
        asked_by_id=by.person_id,
        size=group.size,
        age_band=group.age_band,
        purpose=group.purpose,
        first_day=group.first_day,
        other_day=group.other_day,
        note=group.note,
        asked_at=clock.now(),
        moved_at=clock.now(),
    )
    db.session.add(visit)
    db.session.flush()
    history.record("visit", visit.id, "ask", by=by, after=visit.status)
    notify(queries.hosts(visit), NoticeKind.VISIT_ASKED, visit.id)
    return visit


def ask_again(visit: Visit, days: Days, *, by: Actor, version: int | None = None) -> None:
    """The same group would come on another day. What was said about the first day is no longer there."""
    require(by, Can.LEAD_VISIT, visit)
    expect(visit, version)
    _check_days(days)
    _move(visit, "ask_again", by)
    visit.first_day, visit.other_day, visit.note = days.first_day, days.other_day, days.note
    visit.asked_at, visit.message = clock.now(), ""
    db.session.flush()
    notify(queries.hosts(visit), NoticeKind.VISIT_ASKED, visit.id)


def _check_days(days: Days) -> None:
    today = clock.today()
    errors = {
        name: "date_in_past" if day <= today else "date_too_far"
        for name, day in {"first_day": days.first_day, "other_day": days.other_day}.items()
        if day is not None and not today < day <= today + FURTHEST
    }
    if errors:
        raise Invalid(errors)


def answer(visit: Visit, said: Answer, *, by: Actor, version: int | None = None) -> None:
    """Answer for the association: yes with a day and an hour, not now, or another idea."""
    require(by, Can.ANSWER_VISIT, visit)
    expect(visit, version)
    if said.status is VisitStatus.AGREED and said.starts_at is None:
        raise Invalid({"day": "moment_missing"})
    if said.starts_at and not clock.now() < said.starts_at <= clock.now() + FURTHEST:
        raise Invalid({"day": "date_in_past" if said.starts_at <= clock.now() else "date_too_far"})
    if said.status is VisitStatus.IDEA and not said.message:
        raise Invalid({"message": "idea_missing"})
    _move(visit, STEPS[said.status], by)
    is_yes = said.status is VisitStatus.AGREED
    visit.starts_at, visit.welcomer = (said.starts_at, said.welcomer) if is_yes else (None, "")
    visit.message = said.message
    db.session.flush()
    notify(queries.askers(visit), NoticeKind.VISIT_ANSWERED, visit.id)


def call_off(visit: Visit, *, by: Actor) -> None:
    """The group does not come."""
    require(by, Can.LEAD_VISIT, visit)
    _move(visit, "call_off", by)
    db.session.flush()
    notify(queries.hosts(visit), NoticeKind.VISIT_ENDED, visit.id)


def look_back(visit: Visit, mood: VisitMood, words: str = "", *, by: Actor, version: int | None = None) -> None:
    """Say in a sentence how it was, from either side: that closes the visit."""
    require(by, Can.READ_VISIT, visit)
    expect(visit, version)
    if visit.starts_at is not None and visit.starts_at > clock.now():
        raise Invalid({"mood": "still_to_come"})
    _move(visit, "look_back", by)
    visit.mood, visit.look_back = mood, words
    db.session.flush()
    others = [one for one in (*queries.hosts(visit), *queries.askers(visit)) if one != by.person_id]
    notify(others, NoticeKind.VISIT_ENDED, visit.id, mail=False)


def _move(visit: Visit, step: str, by: Actor) -> None:
    history.take_step("visit", visit, VISIT, step, by=by)
    visit.moved_at = clock.now()


@sweep
def close_visits_quietly() -> None:
    """Requests of which the days passed close by themselves; nobody is scolded."""
    last_day = func.coalesce(Visit.other_day, Visit.first_day)
    late = (
        select(Visit)
        .where(Visit.status.in_((VisitStatus.ASKED, VisitStatus.IDEA)))
        .where(Visit.first_day < clock.today(), last_day < clock.today())
        .order_by(Visit.asked_at, Visit.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
    )
    for visit in db.session.scalars(late).all():
        _move(visit, "expire", CLOCK)
        notify(queries.askers(visit), NoticeKind.VISIT_ENDED, visit.id)
    db.session.flush()


@sweep
def forget_visits() -> None:
    """Words go 90 days after the end, the visit with its story after a year."""
    ago, too_old = clock.now() - kept_for(Keep.VISIT_WORDS), clock.now() - kept_for(Keep.VISIT)
    ended = Visit.status.in_(OVER)
    words = or_(Visit.note != "", Visit.message != "", Visit.look_back != "", Visit.welcomer != "")
    stale = and_(Visit.status == VisitStatus.AGREED, Visit.starts_at < ago)
    blank = update(Visit).where(or_(and_(ended, Visit.moved_at < ago), stale), words)
    nothing = {"note": "", "message": "", "look_back": "", "welcomer": ""}
    if db.session.scalars(blank.values(**nothing).returning(Visit.id)).first():
        erase_log_too()
    old = list(db.session.scalars(select(Visit.id).where(Visit.moved_at < too_old)))
    db.session.execute(delete(history.History).where(history.History.thing_id.in_(old)))
    db.session.execute(delete(Visit).where(Visit.id.in_(old)))

"""What was settled on the phone: a question that was asked and answered in one call, and an answer that an
association gave to whoever walks along. Both are marked as such, and the association can say it otherwise."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.directory.rests import of_offers
from webapp.policy.actor import Actor
from webapp.referrals import actions, answering, moments, state
from webapp.referrals.actions import Profile, Target
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import IdeaKind
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask, Referral

JUST_NOW = timedelta(minutes=15)
NOBODY_YET = Welcome("")


@dataclass(frozen=True, slots=True)
class Heard:
    """What an association said on the phone."""

    answer: AskStatus
    welcome: Welcome = NOBODY_YET
    call_back_on: date | None = None
    idea: IdeaKind | None = None
    message: str = ""


def missing_in(heard: Heard) -> dict[str, str]:
    """All that keeps an answer from being whole, by what it is about."""
    if heard.answer is AskStatus.ACCEPTED:
        return answering.missing_in(heard.welcome)
    if heard.answer is AskStatus.WAITING:
        day = heard.call_back_on
        fault = moments.wrong_with_day(day, clock.today()) if day else "day_missing"
        return {"call_back_on": fault} if fault else {}
    is_empty = heard.answer is AskStatus.IDEA and not heard.message
    return {"message": "idea_missing"} if is_empty else {}


def note_answer(ask: Ask, heard: Heard, *, by: Actor, version: int | None = None) -> None:
    """Write an answer down for the association that gave it on the phone."""
    if wrong := missing_in(heard):
        raise Invalid(wrong)
    if heard.answer is AskStatus.ACCEPTED:
        answering.accept(ask, heard.welcome, by=by, version=version, by_phone=True)
    elif heard.call_back_on and heard.answer is AskStatus.WAITING:
        answering.put_on_waiting_list(ask, heard.call_back_on, by=by, version=version, by_phone=True)
    elif heard.answer is AskStatus.IDEA:
        idea = heard.idea or IdeaKind.COME_LOOK
        answering.suggest(ask, idea, heard.message, by=by, version=version, by_phone=True)
    else:
        answering.decline(ask, by=by, version=version, by_phone=True)


def log(
    profile: Profile, target: Target, heard: Heard, *, by: Actor, organisation_id: uuid.UUID | None = None
) -> Referral:
    """A call about a young person becomes an ordinary question with one ask and its answer."""
    referral = actions.start(by=by, organisation_id=organisation_id)
    actions.describe(referral, profile, by=by)
    state.move(referral, "send", by=by)
    referral.sent_at = clock.now()
    ask = actions.ask_for(referral, target, 1, of_offers([target.offer_id])[target.offer_id])
    db.session.add(ask)
    db.session.flush()
    history.record("ask", ask.id, "send", by=by, after=ask.status)
    note_answer(ask, heard, by=by)
    return referral


def noted_just_now(profile: Profile, target: Target, *, by: Actor) -> Referral | None:
    """The question that this person noted a moment ago about the same place and age. Whoever goes back to the form and
    sends it again gets another key with it, so that it would count twice."""
    same = (
        select(Referral)
        .join(Ask, Ask.referral_id == Referral.id)
        .where(
            Referral.guide_id == by.person_id,
            Referral.created_at > clock.now() - JUST_NOW,
            Referral.age_band == profile.age_band,
            Referral.friends == profile.friends,
            Ask.offer_id == target.offer_id,
            Ask.by_phone,
        )
        .order_by(Referral.created_at.desc(), Referral.id)
        .limit(1)
    )
    return db.session.scalar(same)

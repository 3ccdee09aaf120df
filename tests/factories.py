"""Makers of things, each in one believable state. They go through the actions where there is one."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.directory.models import Offer, OfferSlot
from webapp.referrals import actions, agreements, answering, welcome
from webapp.referrals.agreements import Identity, Said
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute
from webapp.referrals.models import Ask, Referral, WelcomePlan
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.prices import PricePer
from webapp.vocabulary.seven_bs import B

CANARY_NAME = "Zohrakanarie"
CANARY_PHONE = "0470990011"

PROFILE = actions.Profile(
    age_band=list(AgeBand)[2],
    interests=(Interest.MUSIC,),
    days=(Weekday.WEDNESDAY, Weekday.SATURDAY),
    distances=(B.TRUST, B.AFFORDABILITY),
)


def offer(cast: Cast, organisation: str = "zilverreiger", **fields: Any) -> Offer:
    """An offer that the network can see."""
    values: dict[str, Any] = {
        "name": "Jonggivers",
        "summary": "Spelen, kampvuur en een weekend in de lente.",
        "age_min": 10,
        "age_max": 16,
        "price_cents": 4500,
        "price_per": PricePer.YEAR,
        "price_line": "€ 45 per jaar",
        "area": "Centrum",
        "place": "Wilgendreef 12",
        "interests": (Interest.MUSIC,),
        "trial_visits": 3,
        "is_published": True,
    }
    row = Offer(organisation_id=cast.organisations[organisation], **{**values, **fields})
    row.slots = [OfferSlot(weekday=Weekday.SATURDAY, starts=time(14), ends=time(17))]
    db.session.add(row)
    db.session.commit()
    return row


def draft(cast: Cast, who: str = "hilde", **profile: Any) -> Referral:
    """A question that is not sent yet, complete enough to be."""
    by = cast.actor(who)
    referral = actions.start(by=by)
    actions.describe(referral, replace(PROFILE, **profile), by=by)
    db.session.commit()
    return referral


def sent(cast: Cast, organisations: Sequence[str] = ("zilverreiger", "halvenoot"), who: str = "hilde") -> Referral:
    """A question that waits for the answers of these associations, each asked for an offer of its own."""
    referral = draft(cast, who)
    targets = []
    for key in organisations:
        one = offer(cast, key)
        targets.append(actions.Target(one.id, one.organisation_id))
    actions.send(referral, targets, by=cast.actor(who))
    db.session.commit()
    return referral


def ask_of(referral: Referral, organisation_id: uuid.UUID) -> Ask:
    """The ask of a referral to one association."""
    found = db.session.scalar(select(Ask).where(Ask.referral_id == referral.id, Ask.organisation_id == organisation_id))
    assert found is not None
    return found


def answered(cast: Cast) -> Referral:
    """Bram of the music house said yes; Scouts Zilverreiger did not answer yet."""
    referral = sent(cast)
    ask = ask_of(referral, cast.halvenoot)
    moment = clock.now() + timedelta(days=4)
    answering.accept(ask, answering.Welcome("Bram", moment), by=cast.actor("bram"))
    db.session.commit()
    return referral


def chosen(cast: Cast) -> Referral:
    """The young person chose the music house."""
    referral = answered(cast)
    actions.choose(referral, ask_of(referral, cast.halvenoot), "Daar mag ik meteen drummen.", by=cast.actor("hilde"))
    db.session.commit()
    return referral


def agreed(cast: Cast) -> Referral:
    """There is an agreement, and a contact card with canaries on it."""
    referral = chosen(cast)
    today = clock.today()
    said = Said(AgreedBy.BOTH, AgreedHow.TOGETHER, today, today + timedelta(days=90), understood=True)
    identity = Identity(CANARY_NAME, ContactRoute.YOUNG_PERSON, CANARY_PHONE)
    agreements.record(referral, said, identity, by=cast.actor("hilde"))
    db.session.commit()
    return referral


def planned(cast: Cast) -> WelcomePlan:
    """The first time has a plan."""
    referral = agreed(cast)
    wanted = welcome.Plan("Bram", starts_at=clock.now() + timedelta(days=4), place="Kaai 3", phone="0470 00 00 21")
    row = welcome.plan(referral, wanted, by=cast.actor("hilde"))
    db.session.commit()
    return row


def trying(cast: Cast) -> Referral:
    """The first time went well; check-ins are in the calendar."""
    plan = planned(cast)
    referral = db.session.get_one(Referral, plan.referral_id)
    welcome.arrive(referral, by=cast.actor("bram"))
    db.session.commit()
    return referral

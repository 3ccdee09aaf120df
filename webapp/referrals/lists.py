"""The lists: whose questions are where on the bridge, which wait long, and which asks an association got."""

import enum
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import db
from webapp.core.numbers import Columns, counted
from webapp.directory.models import Offer
from webapp.policy.actor import Actor
from webapp.referrals import visibility
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, CheckIn, Referral, WelcomePlan
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.functions import FunctionKind

PAGE_SIZE = 25
MOST_COUNTED = 99
LONG = timedelta(days=10)
WAITING: tuple[ReferralStatus, ...] = (ReferralStatus.SEEKING, ReferralStatus.CHOOSING)
NOT_COUNTED: tuple[AskStatus, ...] = (AskStatus.RECALLED, AskStatus.THANKED)

Key = tuple[datetime, uuid.UUID]


class Whose(enum.StrEnum):
    """Which questions a list shows."""

    MINE = "mine"
    ORGANISATION = "organisation"
    ASKED = "asked"


class Turn(enum.StrEnum):
    """Whose turn it is with the questions that were put to an association."""

    OURS = "ours"
    THEIRS = "theirs"
    DONE = "done"


TURNS: dict[Turn, tuple[AskStatus, ...]] = {
    Turn.OURS: (AskStatus.SENT,),
    Turn.THEIRS: (AskStatus.ACCEPTED, AskStatus.WAITING, AskStatus.IDEA, AskStatus.CHOSEN),
    Turn.DONE: (AskStatus.DECLINED, AskStatus.THANKED, AskStatus.EXPIRED, AskStatus.RECALLED),
}
"""After these last answers an association sees that it was asked, and no more."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody looks for among questions. Without a status, all but the stopped ones."""

    status: ReferralStatus | None = None
    waits_long: bool = False
    age_band: AgeBand | None = None
    aliases: tuple[str, ...] | None = None


class Needing(enum.StrEnum):
    """What waits for somebody: asks without an answer yet, and answers that may be chosen from."""

    ANSWER = "needing-answer"
    CHOICE = "needing-choice"


def lists_of(actor: Actor) -> tuple[Whose, ...]:
    """The lists that make sense for somebody, the first one to begin with."""
    holds = {
        Whose.MINE: actor.holds(FunctionKind.GUIDE, FunctionKind.BRIDGE_BUILDER),
        Whose.ORGANISATION: actor.holds(FunctionKind.REFERRAL_CONTACT),
        Whose.ASKED: actor.holds(FunctionKind.CONTACT_POINT, FunctionKind.BRIDGE_BUILDER),
    }
    return tuple(whose for whose, is_so in holds.items() if is_so)


def needs(actor: Actor) -> Columns:
    """How many questions wait for somebody, each counted up to 99."""
    if not actor.is_known:
        return {}
    open_asks = and_(visibility.asks_visible_to(actor), Ask.status == AskStatus.SENT)
    choosing = and_(visibility.guided_by(actor), Referral.status == ReferralStatus.CHOOSING)
    return {Needing.ANSWER: _count(Ask, open_asks), Needing.CHOICE: _count(Referral, choosing)}


def counts(actor: Actor, whose: Whose) -> Columns:
    """How many questions of a list stand where, each counted up to 99."""
    theirs = _belongs(actor, whose)
    return {one: _count(Referral, and_(theirs, Referral.status == one)) for one in ReferralStatus}


def turn_counts(actor: Actor) -> Columns:
    """How many asks of somebody's associations are at whose turn, each counted up to 99."""
    seen = visibility.asks_visible_to(actor)
    return {turn: _count(Ask, and_(seen, Ask.status.in_(statuses))) for turn, statuses in TURNS.items()}


def _count(model: type[Referral] | type[Ask], where: ColumnElement[bool]) -> ColumnElement[int]:
    return counted(select(model.id).where(where), MOST_COUNTED)


def under_way(actor: Actor) -> Columns:
    """How many questions somebody's organisations have under way: colleagues see this number and no more."""
    where = and_(Referral.organisation_id.in_(actor.organisations), Referral.status.in_(_UNDER_WAY))
    return {"under_way": _count(Referral, where)}


_UNDER_WAY = (*WAITING, ReferralStatus.WELCOMING, ReferralStatus.TRYING)


def _belongs(actor: Actor, whose: Whose) -> ColumnElement[bool]:
    return visibility.guided_by(actor) if whose is Whose.MINE else visibility.watched_by(actor)


def referrals(actor: Actor, whose: Whose, wanted: Filter, after: Key | None = None) -> Sequence[Row[Any]]:
    """Up to one page of questions and one more; last moved first, or with `waits_long` the longest wait first."""
    place, sender = aliased(Organisation), aliased(Organisation)
    starts_at = select(WelcomePlan.starts_at).where(WelcomePlan.referral_id == Referral.id).scalar_subquery()
    look_back = (
        select(func.min(CheckIn.due_on))
        .where(CheckIn.ask_id == Referral.chosen_ask_id, CheckIn.mood.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            Referral.id,
            Referral.alias,
            Referral.status,
            Referral.age_band,
            Referral.friends,
            Referral.interests,
            Referral.moved_at,
            Referral.ask_again_on,
            Referral.organisation_id,
            Referral.guide_id,
            Person.name.label("guide"),
            sender.name.label("sender"),
            place.name.label("place"),
            starts_at.label("starts_at"),
            look_back.label("look_back_on"),
        )
        .join(sender, sender.id == Referral.organisation_id)
        .outerjoin(Person, Person.id == Referral.guide_id)
        .outerjoin(place, place.id == Referral.chosen_organisation_id)
        .where(_belongs(actor, whose), *_conditions(wanted))
    )
    return _page(query, Referral.moved_at, Referral.id, after, oldest_first=wanted.waits_long)


def _page(
    query: Any,
    moment: Any,
    tie: Any,
    after: Key | None,
    *,
    oldest_first: bool = False,
) -> Sequence[Row[Any]]:
    """The rows behind `after`, in an order without equals."""
    if oldest_first:
        query = query.order_by(moment, tie)
        beyond = or_(moment > after[0], and_(moment == after[0], tie > after[1])) if after else true()
    else:
        query = query.order_by(moment.desc(), tie.desc())
        beyond = or_(moment < after[0], and_(moment == after[0], tie < after[1])) if after else true()
    return db.session.execute(query.where(beyond).limit(PAGE_SIZE + 1)).all()


def _conditions(wanted: Filter) -> Iterable[ColumnElement[bool]]:
    if wanted.status:
        yield Referral.status == wanted.status
    elif not wanted.waits_long:
        yield Referral.status != ReferralStatus.STOPPED
    if wanted.waits_long:
        yield Referral.status.in_(WAITING)
        yield Referral.moved_at <= clock.now() - LONG
    if wanted.age_band:
        yield Referral.age_band == wanted.age_band
    if wanted.aliases is not None:
        yield Referral.alias.in_(wanted.aliases)


def answers(rows: Sequence[Row[Any]]) -> Mapping[uuid.UUID, list[tuple[AskStatus, int]]]:
    """How often each answer was given to the questions on a page, in the order of the answer tiles. One query."""
    found: dict[uuid.UUID, list[tuple[AskStatus, int]]] = defaultdict(list)
    query = (
        select(Ask.referral_id, Ask.status, func.count())
        .where(Ask.referral_id.in_([row.id for row in rows]), Ask.status.not_in(NOT_COUNTED))
        .group_by(Ask.referral_id, Ask.status)
    )
    for referral_id, status, number in db.session.execute(query):
        found[referral_id].append((status, number))
    order = list(AskStatus)
    return {
        one: sorted(pairs, key=lambda pair: (pair[0] is AskStatus.SENT, order.index(pair[0])))
        for one, pairs in found.items()
    }


def asks(
    actor: Actor,
    turn: Turn,
    aliases: tuple[str, ...] | None = None,
    after: Key | None = None,
) -> Sequence[Row[Any]]:
    """Up to one page of asks and one more, newest first."""
    query = (
        select(
            Ask.id,
            Ask.status,
            Ask.sent_at,
            Ask.deadline,
            Ask.call_back_on,
            Ask.first_moment,
            Ask.referral_id,
            Offer.name.label("offer"),
            Organisation.name.label("organisation"),
            Referral.alias,
            Referral.age_band,
            Referral.friends,
            Referral.interests,
            Referral.status.label("referral_status"),
            Referral.chosen_ask_id,
            Referral.receiver_id,
        )
        .join(Referral, Referral.id == Ask.referral_id)
        .join(Offer, Offer.id == Ask.offer_id)
        .join(Organisation, Organisation.id == Ask.organisation_id)
        .where(visibility.asks_visible_to(actor), Ask.status.in_(TURNS[turn]))
    )
    if aliases is not None:
        query = query.where(Referral.alias.in_(aliases))
    return _page(query, Ask.sent_at, Ask.id, after)

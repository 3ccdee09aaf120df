"""The lists: whose questions are where on the bridge, which wait long, and which asks an association got."""

import enum
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import aliased

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import AnySelect, given, read
from webapp.core.numbers import Columns, Numbers, counted
from webapp.core.statements import Prepared, prepared
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


Step = ReferralStatus | Turn
STEPS: dict[Whose, tuple[Step, ...]] = {
    Whose.MINE: tuple(ReferralStatus),
    Whose.ORGANISATION: tuple(ReferralStatus),
    Whose.ASKED: tuple(Turn),
}
"""What is counted of each list."""
_NOT_STOPPED = tuple(one for one in ReferralStatus if one is not ReferralStatus.STOPPED)
TO_FOLLOW: dict[Whose, tuple[Step, ...]] = {
    Whose.MINE: _NOT_STOPPED,
    Whose.ORGANISATION: _NOT_STOPPED,
    Whose.ASKED: (Turn.OURS,),
}
"""What there is to do or to follow on each list: whoever did not choose begins with the first that has some."""


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
    """The lists that make sense for somebody. Who builds bridges stands in for others more than they guide."""
    guides, builds = actor.holds(FunctionKind.GUIDE), visibility.builds_bridges(actor)
    holds = (
        (Whose.MINE, guides),
        (Whose.ORGANISATION, actor.holds(FunctionKind.REFERRAL_CONTACT)),
        (Whose.ASKED, builds or actor.holds(FunctionKind.CONTACT_POINT)),
        (Whose.MINE, builds and not guides),
    )
    return tuple(whose for whose, is_so in holds if is_so)


def needs(actor: Actor) -> Numbers:
    """How many questions wait for somebody, each counted up to 99."""
    if not actor.is_known:
        return Numbers()
    return Numbers(_needs(visibility.builds_bridges(actor)), visibility.of(actor))


@cache
def _needs(builder: bool) -> Columns:
    open_asks = and_(visibility.asks(builder=builder), Ask.status == AskStatus.SENT)
    choosing = and_(visibility.guided(), Referral.status == ReferralStatus.CHOOSING)
    return {Needing.ANSWER: _count(Ask, open_asks), Needing.CHOICE: _count(Referral, choosing)}


def counts(actor: Actor, of: tuple[Whose, ...]) -> Numbers:
    """How many questions of each of these lists stand where, or are at whose turn, each counted up to 99. By list
    and step, as `(Whose.MINE, ReferralStatus.DRAFT)` and `(Whose.ASKED, Turn.OURS)`."""
    return Numbers(_counts(of, visibility.builds_bridges(actor)), visibility.of(actor))


@cache
def _counts(of: tuple[Whose, ...], builder: bool) -> Columns:
    return {(whose, step): _count(*_at(whose, step, builder)) for whose in of for step in STEPS[whose]}


def _at(whose: Whose, step: Step, builder: bool) -> tuple[type[Referral] | type[Ask], ColumnElement[bool]]:
    if isinstance(step, Turn):
        return Ask, and_(visibility.asks(builder=builder), Ask.status.in_(TURNS[step]))
    return Referral, and_(_belongs(whose), Referral.status == step)


def under_way(actor: Actor) -> Numbers:
    """How many questions somebody's organisations have under way: colleagues see this number and no more."""
    return Numbers(_UNDER_WAY, {"ours": [*actor.organisations]})


def _count(model: type[Referral] | type[Ask], where: ColumnElement[bool]) -> ColumnElement[int]:
    return counted(select(model.id).where(where), MOST_COUNTED)


_OPEN = (*WAITING, ReferralStatus.WELCOMING, ReferralStatus.TRYING)
_OURS = Referral.organisation_id.in_(given("ours", Referral.organisation_id, many=True))
_UNDER_WAY: Columns = {"under_way": _count(Referral, and_(_OURS, Referral.status.in_(_OPEN)))}


def _belongs(whose: Whose) -> ColumnElement[bool]:
    return visibility.guided() if whose is Whose.MINE else visibility.watched()


def referrals(actor: Actor, whose: Whose, wanted: Filter, after: Key | None = None) -> Sequence[Row[Any]]:
    """Up to one page of questions and one more; last moved first, or with `waits_long` the longest wait first."""
    values = {
        "status": wanted.status,
        "long_ago": clock.now() - LONG,
        "age_band": wanted.age_band,
        "aliases": wanted.aliases,
    }
    has = frozenset(name for name, value in values.items() if value is not None)
    if not wanted.waits_long:
        has -= {"long_ago"}
    query = _referrals(whose, has, behind=after is not None)
    return read(query, visibility.of(actor) | values | _behind(after))


@prepared
def _referrals(whose: Whose, has: frozenset[str], *, behind: bool) -> AnySelect:
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
        .where(_belongs(whose), *_conditions(has))
    )
    return _page(query, Referral.moved_at, Referral.id, behind=behind, oldest_first="long_ago" in has)


def _page(query: AnySelect, moment: Any, tie: Any, *, behind: bool, oldest_first: bool = False) -> AnySelect:
    """One page of the rows, `behind` a row or from the first, in an order without equals."""
    at, last = given("behind_at", moment), given("behind_id", tie)
    if oldest_first:
        query = query.order_by(moment, tie)
        beyond = or_(moment > at, and_(moment == at, tie > last))
    else:
        query = query.order_by(moment.desc(), tie.desc())
        beyond = or_(moment < at, and_(moment == at, tie < last))
    return (query.where(beyond) if behind else query).limit(PAGE_SIZE + 1)


def _behind(after: Key | None) -> dict[str, Any]:
    return {"behind_at": after[0], "behind_id": after[1]} if after else {}


def _conditions(has: frozenset[str]) -> Iterable[ColumnElement[bool]]:
    if "status" in has:
        yield Referral.status == given("status", Referral.status)
    elif "long_ago" not in has:
        yield Referral.status != ReferralStatus.STOPPED
    if "long_ago" in has:
        yield Referral.status.in_(WAITING)
        yield Referral.moved_at <= given("long_ago", Referral.moved_at)
    if "age_band" in has:
        yield Referral.age_band == given("age_band", Referral.age_band)
    if "aliases" in has:
        yield Referral.alias.in_(given("aliases", Referral.alias, many=True))


_ANSWERS = Prepared(
    lambda: (
        select(Ask.referral_id, Ask.status, func.count())
        .where(Ask.referral_id.in_(given("about", Ask.referral_id, many=True)), Ask.status.not_in(NOT_COUNTED))
        .group_by(Ask.referral_id, Ask.status)
    )
)


def answers(rows: Sequence[Row[Any]]) -> Mapping[uuid.UUID, list[tuple[AskStatus, int]]]:
    """How often each answer was given to the questions on a page, in the order of the answer tiles. One query."""
    found: dict[uuid.UUID, list[tuple[AskStatus, int]]] = defaultdict(list)
    for referral_id, status, number in read(_ANSWERS, {"about": [row.id for row in rows]}):
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
    query = _asks(visibility.builds_bridges(actor), turn, by_alias=aliases is not None, behind=after is not None)
    return read(query, visibility.of(actor) | {"aliases": aliases} | _behind(after))


@prepared
def _asks(builder: bool, turn: Turn, *, by_alias: bool, behind: bool) -> AnySelect:
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
        .where(visibility.asks(builder=builder), Ask.status.in_(TURNS[turn]))
    )
    if by_alias:
        query = query.where(Referral.alias.in_(given("aliases", Referral.alias, many=True)))
    return _page(query, Ask.sent_at, Ask.id, behind=behind)

"""Reading what is between people around one question: their words, and who is asked to take over or to walk beside."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    String,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from webapp.accounts import queries as accounts
from webapp.accounts.models import Function, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Numbers, counted
from webapp.core.statements import prepared
from webapp.policy.actor import Actor
from webapp.referrals.between import Beside, HandOver, Post, fitting_for
from webapp.referrals.codes import PostKind, Side
from webapp.referrals.lifecycle import BesideStatus, HandOverStatus, ReferralStatus
from webapp.referrals.models import AgreementScan, Referral
from webapp.vocabulary.functions import FunctionKind

MOST_POSTS = 60
MOST_WAITING = 20


def post(referral_id: uuid.UUID, post_id: uuid.UUID) -> Post | None:
    """A few words about one question."""
    found = db.session.get(Post, post_id)
    return found if found and found.referral_id == referral_id else None


@dataclass(frozen=True, slots=True)
class Around:
    """A few words around a question, or somebody with a part in it besides its guide and its receiver."""

    kind: str
    id: uuid.UUID
    person_id: uuid.UUID | None
    side: str | None
    at: datetime | None
    until: date | None
    words_sealed: str | None
    name: str | None


WORDS = tuple(one.value for one in PostKind)


def around(about: Referral, own: Sequence[uuid.UUID]) -> list[Around]:
    """In one statement: the words to the other side and the notes of one's own organisations, sealed still; colleagues
    who are asked to take over; the bridge builder who was brought in; the guide, when they still work there; and
    whether a signed paper is kept ("scan")."""
    values = {
        "about": about.id,
        "own": [*own],
        "today": clock.today(),
        "guide": about.guide_id,
        "sender": about.organisation_id,
    }
    return [Around(*row) for row in read(_around(), values)]


@prepared
def _around() -> AnySelect:
    about = given("about", HandOver.referral_id)
    parts = (select(_newest_words(about).subquery()), _asked(about), _along(about), _guide(), _paper(about))
    everything = union_all(*parts).subquery()
    return (
        select(everything, Person.name)
        .outerjoin(Person, Person.id == everything.c.person_id)
        .where(or_(everything.c.kind.in_((*WORDS, "scan")), Person.is_active))
        .order_by(everything.c.at, everything.c.id)
    )


_NO_PERSON, _NO_SIDE, _NO_MOMENT, _NO_DAY, _NO_WORDS = (
    cast(null(), kind) for kind in (Post.author_id.type, String, Post.written_at.type, Date, String)
)


def _newest_words(about: BindParameter[Any]) -> AnySelect:
    ours = Post.organisation_id.in_(given("own", Post.organisation_id, many=True))
    return (
        select(
            cast(Post.kind, String).label("kind"),
            Post.id,
            Post.author_id.label("person_id"),
            cast(Post.side, String).label("side"),
            Post.written_at.label("at"),
            _NO_DAY.label("until"),
            Post.words_sealed.label("words_sealed"),
        )
        .where(Post.referral_id == about, or_(Post.kind == PostKind.MESSAGE, ours))
        .order_by(Post.written_at.desc(), Post.id)
        .limit(MOST_POSTS)
    )


def _asked(about: BindParameter[Any]) -> AnySelect:
    """The colleagues who are asked to take over."""
    side, since = cast(HandOver.side, String), HandOver.proposed_at
    return select(literal("hand_over"), HandOver.id, HandOver.to_id, side, since, _NO_DAY, _NO_WORDS).where(
        HandOver.referral_id == about, HandOver.status == HandOverStatus.PROPOSED
    )


def _along(about: BindParameter[Any]) -> AnySelect:
    """The bridge builder who was brought in."""
    side, since, until = cast(Beside.side, String), Beside.brought_at, Beside.until
    return select(literal("beside"), Beside.id, Beside.person_id, side, since, until, _NO_WORDS).where(
        Beside.referral_id == about,
        Beside.status == BesideStatus.ALONG,
        Beside.until >= given("today", Function.begins_on),
    )


def _guide() -> AnySelect:
    """The guide, when they still work there."""
    nothing = _NO_SIDE, _NO_MOMENT, _NO_DAY, _NO_WORDS
    return select(literal("guide"), Function.id, Function.person_id, *nothing).where(
        Function.person_id == given("guide", Function.person_id),
        Function.organisation_id == given("sender", Function.organisation_id),
        is_current(given("today", Function.begins_on)),
    )


def _paper(about: BindParameter[Any]) -> AnySelect:
    """Whether a signed paper is kept."""
    nothing = _NO_PERSON, _NO_SIDE, _NO_MOMENT, _NO_DAY, _NO_WORDS
    return select(literal("scan"), AgreementScan.referral_id, *nothing).where(AgreementScan.referral_id == about)


def hand_over(hand_over_id: uuid.UUID) -> HandOver | None:
    """One question to a colleague to take over."""
    options = [joinedload(HandOver.referral), joinedload(HandOver.to), joinedload(HandOver.proposed_by)]
    return db.session.get(HandOver, hand_over_id, options=options)


def handed_on(referral_id: uuid.UUID, person_id: uuid.UUID | None) -> HandOver | None:
    """The last time that a colleague took a question over that somebody had, or asked for them to take over."""
    theirs = or_(HandOver.from_id == person_id, HandOver.proposed_by_id == person_id)
    query = select(HandOver).where(
        HandOver.referral_id == referral_id, HandOver.status == HandOverStatus.ACCEPTED, theirs
    )
    return db.session.scalar(query.order_by(HandOver.ended_at.desc(), HandOver.id).limit(1))


def open_hand_over(about: Referral, side: Side) -> HandOver | None:
    """The question to a colleague of one side that waits for an answer."""
    query = select(HandOver).where(
        HandOver.referral_id == about.id, HandOver.side == side, HandOver.status == HandOverStatus.PROPOSED
    )
    return db.session.scalar(query)


def colleagues(about: Referral, side: Side, *, besides: uuid.UUID | None) -> list[accounts.Holder]:
    """Who of one side could take over, each once, in the order of their names; not whoever has it now or asks."""
    place = about.organisation_id if side is Side.GUIDE else about.chosen_organisation_id
    has_it = about.guide_id if side is Side.GUIDE else about.receiver_id
    held = accounts.holders(*fitting_for(side), at=place) if place else []
    found = {one.person_id: one for one in held if one.person_id not in (has_it, besides)}
    return sorted(found.values(), key=lambda one: (one.name, str(one.person_id)))


def builders(*, besides: uuid.UUID | None) -> list[accounts.Holder]:
    """Everybody who builds bridges today, each once; not whoever asks."""
    held = accounts.holders(FunctionKind.BRIDGE_BUILDER)
    return list({one.person_id: one for one in held if one.person_id != besides}.values())


def beside_of(about: Referral) -> Beside | None:
    """The bridge builder who walks beside a question."""
    return db.session.scalar(select(Beside).where(Beside.referral_id == about.id, Beside.status == BesideStatus.ALONG))


def walked(referral_id: uuid.UUID) -> Beside | None:
    """The same, with its question, for the page of the bridge builder."""
    query = select(Beside).where(Beside.referral_id == referral_id, Beside.status == BesideStatus.ALONG)
    return db.session.scalar(query.options(joinedload(Beside.referral), joinedload(Beside.brought_by)))


def left_behind(referral_id: uuid.UUID) -> Referral | None:
    """A question that goes on while its guide no longer works for the organisation that sent it."""
    guide_is_there = exists().where(
        Function.person_id == Referral.guide_id,
        Function.organisation_id == Referral.organisation_id,
        is_current(clock.today()),
        Person.id == Function.person_id,
        Person.is_active,
    )
    ended = (ReferralStatus.SETTLED, ReferralStatus.STOPPED)
    return db.session.scalar(
        select(Referral).where(Referral.id == referral_id, Referral.status.not_in(ended), ~guide_is_there)
    )


@prepared
def _waiting() -> AnySelect:
    me, today = given("me", HandOver.to_id), given("today", Beside.until)
    asked = (
        select(
            literal("hand_over").label("kind"),
            HandOver.id,
            Referral.id.label("referral_id"),
            Referral.alias,
            HandOver.proposed_at.label("since"),
            cast(null(), Date).label("until"),
            Person.name,
        )
        .join(Referral, Referral.id == HandOver.referral_id)
        .outerjoin(Person, Person.id == HandOver.proposed_by_id)
        .where(HandOver.to_id == me, HandOver.status == HandOverStatus.PROPOSED)
        .limit(MOST_WAITING)
    )
    beside = (
        select(literal("beside"), Beside.id, Referral.id, Referral.alias, Beside.brought_at, Beside.until, Person.name)
        .join(Referral, Referral.id == Beside.referral_id)
        .outerjoin(Person, Person.id == Beside.brought_by_id)
        .where(Beside.person_id == me, Beside.status == BesideStatus.ALONG, Beside.until >= today)
        .limit(MOST_WAITING)
    )
    both = union_all(select(asked.subquery()), select(beside.subquery())).subquery()
    return select(both).order_by(both.c.since, both.c.id)


def waiting(actor: Actor) -> Sequence[AnyRow]:
    """What a colleague asks somebody to take over, and the questions beside which they walk."""
    return read(_waiting(), {"me": actor.person_id, "today": clock.today()})


OF_ME = "of-me"
"""What others ask of somebody, counted."""


def asked_of(actor: Actor) -> Numbers:
    """How much others ask of somebody, counted with the other numbers of the first page: most people pay nothing."""
    if not actor.is_known:
        return Numbers()
    return Numbers({OF_ME: _asked_of()}, {"me": actor.person_id, "today": clock.today()})


@cache
def _asked_of() -> ColumnElement[int]:
    return counted(select(_waiting().build().subquery().c.id), MOST_WAITING)

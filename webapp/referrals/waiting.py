"""What in the crossing waits for somebody: the rows behind Today. A fixed number of statements for each role."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.numbers import Numbers, counted, in_one, joined, unpacked
from webapp.core.statements import prepared
from webapp.policy.actor import Actor
from webapp.referrals import visibility
from webapp.referrals.codes import Side
from webapp.referrals.lifecycle import BRIDGE, AskStatus, ReferralStatus
from webapp.referrals.lists import WAITING
from webapp.referrals.models import Ask, CheckIn, Referral, WelcomePlan
from webapp.vocabulary.outcomes import Mood

MOST_SHOWN = 12
MOST_ON_BRIDGE = 500
MOST_ABOVE = 3
MOST_OF_NETWORK = 995
SMALLEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Span:
    """One arch of the bridge: how many questions stand there, and the aliases to show above it."""

    status: ReferralStatus
    count: int
    aliases: tuple[str, ...] = ()


def asks_to_answer(actor: Actor) -> Sequence[AnyRow]:
    """Questions that an association has not answered yet, nearest deadline first; and those on its waiting list of
    which the day to call back has come."""
    return read(_asks_to_answer(visibility.builds_bridges(actor)), visibility.of(actor))


@prepared
def _asks_to_answer(builder: bool) -> AnySelect:
    return (
        select(
            Ask.id,
            Ask.status,
            Ask.deadline,
            Ask.sent_at,
            Ask.call_back_on,
            Referral.alias,
            Referral.age_band,
            Referral.interests,
            Referral.days,
            Organisation.name.label("organisation_name"),
        )
        .join(Referral, Referral.id == Ask.referral_id)
        .join(Organisation, Organisation.id == Ask.organisation_id)
        .where(
            visibility.asks(builder=builder),
            or_(
                and_(Ask.status == AskStatus.SENT, Ask.deadline >= given("today", Ask.deadline)),
                and_(
                    Ask.status == AskStatus.WAITING,
                    Ask.call_back_on <= given("today", Ask.deadline),
                    Referral.status.in_(WAITING),
                ),
            ),
        )
        .order_by(Ask.deadline, Ask.id)
        .limit(MOST_SHOWN)
    )


def steps_to_take(actor: Actor) -> Sequence[AnyRow]:
    """Questions in the hands of this guide or receiver whose next step is theirs."""
    return read(_steps_to_take(visibility.builds_bridges(actor)), visibility.of(actor))


TO_CHOOSE_FROM = (AskStatus.ACCEPTED, AskStatus.WAITING, AskStatus.IDEA)
"""Answers that a young person chooses from, in the order in which they are told."""


def said(row: AnyRow) -> list[tuple[AskStatus, str]]:
    """Which associations gave such an answer, from what `steps_to_take` found."""
    answers = [(AskStatus(status), name) for status, name in unpacked(row.said)]
    return sorted(answers, key=lambda one: (TO_CHOOSE_FROM.index(one[0]), one[1]))


@prepared
def _steps_to_take(builder: bool) -> AnySelect:
    plan = select(WelcomePlan.starts_at).where(WelcomePlan.referral_id == Referral.id).scalar_subquery()
    asked = exists().where(Ask.referral_id == Referral.id, Ask.sent_at >= Referral.moved_at).correlate(Referral)
    theirs = visibility.guided(), *visibility.received_either_way(builder=builder)  # each is found by an index
    return (
        select(
            Referral.id,
            Referral.alias,
            Referral.status,
            Referral.moved_at,
            Referral.sent_at,
            Referral.has_agreement,
            Referral.ask_again_on,
            Referral.guide_id,
            Referral.receiver_id,
            Referral.organisation_id,
            plan.label("starts_at"),
            Ask.call_back_on,
            _stopped().label("stopped"),
            _said().label("said"),
            _still_silent().label("silent"),
            asked.label("asked_since"),
            Organisation.name.label("place_name"),
        )
        .outerjoin(Organisation, Organisation.id == Referral.chosen_organisation_id)
        .outerjoin(Ask, Ask.id == Referral.chosen_ask_id)
        .where(
            Referral.id.in_(union_all(*(select(Referral.id).where(one) for one in theirs))),
            or_(
                Referral.status.in_((ReferralStatus.CHOOSING, ReferralStatus.WELCOMING, ReferralStatus.DRAFT)),
                and_(
                    Referral.status == ReferralStatus.PAUSED,
                    Referral.ask_again_on <= given("today", Referral.ask_again_on),
                ),
                Referral.status == ReferralStatus.SEEKING,
                and_(Referral.status == ReferralStatus.TRYING, _stopped()),
            ),
        )
        .order_by(Referral.moved_at, Referral.id)
        .limit(MOST_SHOWN * 2)
    )


def _stopped() -> Any:
    """Whether the last answer of either side, when looking back, was that the young person stopped there."""
    said, later = aliased(CheckIn), aliased(CheckIn)
    is_last = ~exists().where(later.ask_id == said.ask_id, later.answered_at > said.answered_at)
    stopped = exists().where(said.ask_id == Referral.chosen_ask_id, said.mood == Mood.STOPPED, is_last)
    return stopped.correlate(Referral)


def _said() -> Any:
    """Who gave an answer to choose from, in one text."""
    place = aliased(Organisation)  # beside that of the chosen place
    rows = select(in_one([Ask.status, place.name])).join(place, place.id == Ask.organisation_id)
    return rows.where(_asked(*TO_CHOOSE_FROM)).correlate(Referral).scalar_subquery()


def _still_silent() -> Any:
    """Whether somebody can answer still."""
    return exists().where(_asked(AskStatus.SENT)).correlate(Referral)


def _asked(*statuses: AskStatus) -> ColumnElement[bool]:
    return and_(Ask.referral_id == Referral.id, Ask.status.in_(statuses))


def check_ins_due(actor: Actor) -> Sequence[AnyRow]:
    """Check-ins whose day has come, for the side on which this person stands."""
    return read(_check_ins_due(visibility.builds_bridges(actor)), visibility.of(actor))


@prepared
def _check_ins_due(builder: bool) -> AnySelect:
    theirs = union_all(
        _trying(visibility.guided(), Side.GUIDE),
        *(_trying(one, Side.ASSOCIATION) for one in visibility.received_either_way(builder=builder)),
    ).subquery()  # first whose they are: of a whole town most check-ins that are due are somebody else's
    return (
        select(
            CheckIn.id,
            CheckIn.week,
            CheckIn.due_on,
            CheckIn.referral_id,
            Referral.alias,
            Organisation.name.label("place_name"),
        )
        .select_from(theirs)
        .join(Referral, Referral.id == theirs.c.id)
        .join(CheckIn, and_(CheckIn.ask_id == Referral.chosen_ask_id, CheckIn.side == theirs.c.side))
        .join(Organisation, Organisation.id == Referral.chosen_organisation_id)
        .where(CheckIn.mood.is_(None), CheckIn.due_on <= given("today", CheckIn.due_on), ~_overtaken(), ~_stopped())
        .order_by(CheckIn.due_on, CheckIn.id)
        .limit(MOST_SHOWN)
    )


def _overtaken() -> ColumnElement[bool]:
    """A later check-in of the same side has come due: how it went before then is no longer asked."""
    later = aliased(CheckIn)
    return exists().where(
        later.ask_id == CheckIn.ask_id,
        later.side == CheckIn.side,
        later.week > CheckIn.week,
        later.due_on <= given("today", CheckIn.due_on),
    )


def _trying(whose: ColumnElement[bool], side: Side) -> AnySelect:
    return select(Referral.id, literal(side).label("side")).where(Referral.status == ReferralStatus.TRYING, whose)


def _newest(status: ReferralStatus) -> ScalarSelect[str]:
    """The aliases to show above one arch of a guide, the newest first, in one text."""
    guided = select(Referral.alias).where(visibility.guided(), Referral.status == status)
    newest = guided.order_by(Referral.moved_at.desc(), Referral.id).limit(MOST_ABOVE).subquery()
    return select(joined(newest.c.alias, " ")).scalar_subquery()


_ON_THE_BRIDGE: dict[Hashable, Any] = {
    ("bridge", status): counted(
        select(Referral.id).where(visibility.guided(), Referral.status == status), MOST_ON_BRIDGE - 1
    )
    for status in BRIDGE
} | {("above", status): _newest(status) for status in BRIDGE}


def counts_of(actor: Actor) -> Numbers:
    """Where the questions of this guide stand, and a few aliases above each arch."""
    return Numbers(_ON_THE_BRIDGE, visibility.of(actor))


def bridge_of(counts: Mapping[Hashable, Any]) -> list[Span]:
    """The arches of a guide, from those numbers."""
    return [Span(one, counts["bridge", one], tuple((counts["above", one] or "").split())) for one in BRIDGE]


COUNTS_OF_NETWORK = Numbers(
    {
        ("network", status): counted(select(Referral.id).where(Referral.status == status), MOST_OF_NETWORK)
        for status in BRIDGE
    }
)
"""Where all questions of the network stand, each counted up to MOST_OF_NETWORK + 1."""


def bridge_of_network(counts: Mapping[Hashable, int]) -> list[Span]:
    """The arches of the whole network, from those numbers: they are exact and must be coarsened before anybody sees
    them."""
    return [Span(status, counts["network", status]) for status in BRIDGE]


def coarse(count: int) -> str:
    """A count as the network may see it: under five is "<5", the rest rounded to five (security: small numbers)."""
    if count > MOST_OF_NETWORK:
        return f"{MOST_OF_NETWORK}+"
    return "<5" if count < SMALLEST_SHOWN else str(5 * round(count / 5))


def days_since(moment: datetime | date) -> int:
    """Whole days since then."""
    day = clock.local(moment).date() if isinstance(moment, datetime) else moment
    return max((clock.today() - day).days, 0)

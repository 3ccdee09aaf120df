"""Reading one question, one ask, one first time: entities for changes, and what their pages show in few statements."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, literal, null, or_, select, true, union_all
from sqlalchemy.orm import aliased

from webapp.accounts import queries as accounts
from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.history import History
from webapp.core.records import Together
from webapp.core.statements import Prepared, prepared
from webapp.directory.models import Offer, OfferSlot
from webapp.directory.rests import of_offer, pauses_of, pauses_to_come
from webapp.referrals.codes import Side
from webapp.referrals.models import Ask, CheckIn, Referral, WelcomePlan
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.rests import Rests

MOST_LOOKS = 60
MOST_TOLD = 120


def referral(referral_id: uuid.UUID) -> Referral | None:
    """One question, with the organisation that asks it."""
    return _QUESTION.one({"referral_id": referral_id})


_THIS = Referral.id == given("referral_id", Referral.id)
_QUESTION = Together(Referral, Referral.organisation, where=_THIS)
_PARTS = (Referral.organisation, Referral.guide, Referral.receiver, Referral.plan, Referral.agreements)
_JOURNEY = Together(Referral, *_PARTS, where=_THIS)


def journey(referral_id: uuid.UUID) -> Referral | None:
    """One question with everything that there is once: its people, its plan, its agreements."""
    return _JOURNEY.one({"referral_id": referral_id})


def _with_speakers(one: AnySelect) -> AnySelect:
    """One ask, once for each who might speak for its association."""
    same = aliased(Ask)
    place = select(same.organisation_id).where(same.id == given("ask_id", Ask.id)).scalar_subquery()
    speakers = accounts.speakers_of(place).subquery()
    return one.add_columns(speakers).outerjoin(speakers, true())


_PUT_TO = (Ask.referral, Ask.offer, Ask.organisation)
_ASK = Together(Ask, *_PUT_TO, where=Ask.id == given("ask_id", Ask.id), beside=_with_speakers)


def ask(ask_id: uuid.UUID) -> Ask | None:
    """One ask with its question, offer and association, and with who may speak for that association today. One query,
    also for what does not exist: a refusal takes as long for either."""
    rows = _ASK.rows({"ask_id": ask_id, "today": clock.today()})
    if not rows:
        return None
    found = _ASK.made_of(rows)
    found.speakers, found.seat_is_empty = accounts.speaking(rows)
    return found


def plan(welcome_plan_id: uuid.UUID) -> WelcomePlan | None:
    """One first time."""
    return db.session.get(WelcomePlan, welcome_plan_id)


def question_of(row: WelcomePlan) -> Referral:
    """The question that a first time belongs to."""
    return db.session.get_one(Referral, row.referral_id)


def names_around(row: WelcomePlan) -> Sequence[str]:
    """The names of the people who work on either side of a first time."""
    sides = (
        select(Function.person_id)
        .join(Referral, Function.organisation_id.in_((Referral.organisation_id, Referral.chosen_organisation_id)))
        .where(Referral.id == row.referral_id)
    )
    return db.session.scalars(select(Person.name).where(Person.id.in_(sides)).order_by(Person.id)).all()


def place_of(row: WelcomePlan) -> tuple[Organisation, Offer]:
    """The association and the offer where a first time happens."""
    query = (
        select(Organisation, Offer)
        .join(Offer, Offer.organisation_id == Organisation.id)
        .join(Ask, Ask.offer_id == Offer.id)
        .where(Ask.id == row.ask_id)
    )
    found = db.session.execute(query).one()
    return found.Organisation, found.Offer


def slots_of(one: Ask) -> Sequence[OfferSlot]:
    """The moments in the week of the offer that was asked."""
    query = select(OfferSlot).where(OfferSlot.offer_id == one.offer_id).order_by(OfferSlot.position, OfferSlot.id)
    return db.session.scalars(query).all()


def rests_of(one: Ask) -> Rests:
    """When the crew of the offer that was asked rests."""
    return of_offer(one.offer)


def welcomers(one: Ask) -> list[accounts.Holder]:
    """Who may wait at the door: everybody with a seat at the association, each once."""
    held = accounts.holders(FunctionKind.CONTACT_POINT, FunctionKind.CREW, at=one.organisation_id)
    return list({holder.person_id: holder for holder in held}.values())


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom the association may call about a question."""

    name: str
    phone: str
    is_guide: bool

    @property
    def first_name(self) -> str:
        """How people call them."""
        return self.name.split()[0]


def caller(about: Referral) -> Caller | None:
    """The guide; for a hidden sender, or when the guide left, the bridge builder. None when there is neither."""
    guide = None if about.hides_sender else about.guide_id
    values = {"guide": guide, "sender": about.organisation_id, "today": clock.today()}
    return next((Caller(*row) for row in read(_callers(), values)), None)


@prepared
def _callers() -> AnySelect:
    guides = and_(
        Function.person_id == given("guide", Function.person_id),
        Function.organisation_id == given("sender", Function.organisation_id),
    )
    is_guide = case((guides, True), else_=False)
    return (
        select(Person.name, Person.phone, is_guide)
        .join(Function, Function.person_id == Person.id)
        .where(
            or_(guides, Function.kind == FunctionKind.BRIDGE_BUILDER),
            is_current(given("today", Function.begins_on)),
            Person.is_active,
        )
        .order_by(is_guide.desc(), Function.begins_on, Function.id)
        .limit(1)
    )


_ASKS_OF = Prepared(
    lambda: (
        select(
            Ask.id,
            Ask.status,
            Ask.sent_at,
            Ask.deadline,
            Ask.answered_at,
            Ask.welcomer,
            Ask.first_moment,
            Ask.moment_note,
            Ask.call_back_on,
            Ask.idea,
            Ask.message,
            Ask.not_now,
            Ask.by_phone,
            Ask.round,
            Offer.name.label("offer"),
            Offer.icon,
            Offer.summary,
            Offer.place,
            Offer.price_line,
            Offer.trial_visits,
            Offer.id.label("offer_id"),
            Offer.quiet_months,
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation"),
            Organisation.kind.label("organisation_kind"),
            Person.name.label("answered_by"),
            pauses_to_come(given("today", Ask.deadline)).label("pauses"),
        )
        .join(Offer, Offer.id == Ask.offer_id)
        .join(Organisation, Organisation.id == Ask.organisation_id)
        .outerjoin(Person, Person.id == Ask.answered_by_id)
        .where(Ask.referral_id == given("about", Ask.referral_id))
        .order_by(Ask.sent_at, Organisation.name, Ask.id)
    )
)


def asks_of(about: Referral) -> Sequence[Any]:
    """Every ask of a question as its page shows it, in the order of asking."""
    return read(_ASKS_OF, {"about": about.id, "today": clock.today()})


def rest_of(one: Any) -> tuple[date, date] | None:
    """The first rest of the crew between today and the last day to answer one of `asks_of`; mostly there is none."""
    if not (one.quiet_months or one.pauses):
        return None
    return Rests.of(one.quiet_months, pauses_of(one.pauses)).within(clock.today(), one.deadline)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story of a question: a step in its history, or a look at its contact card."""

    kind: str
    thing_id: uuid.UUID
    at: datetime
    step: str
    before: str | None
    after: str | None
    actor_id: uuid.UUID | None
    organisation_id: uuid.UUID | None
    name: str | None


def story(about: Referral, asks: Iterable[uuid.UUID], look: str) -> list[Told]:
    """What happened to a question and its asks, and who looked at its card; newest first. One statement."""
    values = {"about": about.id, "things": [about.id, *asks], "look": look}
    return [Told(*row) for row in read(_story(), values)]


@prepared
def _story() -> AnySelect:
    happened = (
        select(
            History.kind,
            History.thing_id,
            History.at,
            History.step,
            History.before,
            History.after,
            History.actor_id,
            History.organisation_id,
        )
        .where(
            History.kind.in_(("referral", "ask")), History.thing_id.in_(given("things", History.thing_id, many=True))
        )
        .order_by(History.at.desc())
        .limit(MOST_TOLD)
    )
    looked = (
        select(
            literal("look").label("kind"),
            Audit.thing_id,
            Audit.at,
            Audit.action.label("step"),
            cast(null(), String).label("before"),
            cast(null(), String).label("after"),
            Audit.actor_id,
            Audit.organisation_id,
        )
        .where(
            Audit.thing_id == given("about", Audit.thing_id),
            Audit.action == given("look", Audit.action),
            Audit.result == "ok",
        )
        .order_by(Audit.number.desc())
        .limit(MOST_LOOKS)
    )
    both = union_all(select(happened.subquery()), select(looked.subquery())).subquery()
    return select(both, Person.name).outerjoin(Person, Person.id == both.c.actor_id).order_by(both.c.at.desc())


def check_ins(about: Referral) -> Sequence[AnyRow]:
    """The check-ins of the place where the young person tries, in the order of their weeks."""
    return read(_CHECK_INS, {"place": about.chosen_ask_id}) if about.chosen_ask_id else []


_CHECK_INS = Prepared(
    lambda: (
        select(CheckIn.id, CheckIn.week, CheckIn.side, CheckIn.due_on, CheckIn.mood, CheckIn.answered_at)
        .where(CheckIn.ask_id == given("place", CheckIn.ask_id))
        .order_by(CheckIn.week, CheckIn.side)
    )
)


def check_in(check_in_id: uuid.UUID) -> CheckIn | None:
    """One check-in."""
    return db.session.get(CheckIn, check_in_id)


def looked_back_on(check_in_id: uuid.UUID) -> Referral | None:
    """The question of a check-in, as long as it is about the place where the young person tries now."""
    same_place = and_(CheckIn.referral_id == Referral.id, CheckIn.ask_id == Referral.chosen_ask_id)
    return db.session.scalar(select(Referral).join(CheckIn, same_place).where(CheckIn.id == check_in_id))


def due(all_of_them: Iterable[AnyRow], side: Side) -> AnyRow | None:
    """The check-in that one side can answer now: the last one whose day has come and that has no answer yet."""
    ready = [one for one in all_of_them if one.side is side and one.due_on <= clock.today()]
    return ready[-1] if ready and ready[-1].mood is None else None


def chosen_place(about: Referral) -> Organisation | None:
    """The association that was chosen."""
    return db.session.get(Organisation, about.chosen_organisation_id) if about.chosen_organisation_id else None

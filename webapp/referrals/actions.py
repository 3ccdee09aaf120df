"""What a guide does with a question: start, change, send, choose, end. Answers stand in `answering`,
the agreement and the card in `agreements`, the first time and after in `welcome`."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import func, select

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid, StepRefused
from webapp.directory.rests import of_offers
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import GUIDES
from webapp.policy.rules import NotAllowed, can, require
from webapp.referrals import aliases, moments, people, reminding, sealed, state, wiping
from webapp.referrals.lifecycle import ASK, GIVES_A_WAY_ON, REFERRAL, AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.vocabulary.outcomes import Outcome
from webapp.vocabulary.prices import PriceCeiling, Travel
from webapp.vocabulary.rests import Rests
from webapp.vocabulary.seven_bs import B

MOST_ASKS = 5


@dataclass(frozen=True, slots=True)
class Profile:
    """The part of a question that identifies nobody; every field is a code from the vocabulary."""

    age_band: AgeBand | None = None
    friends: int = 0
    interests: Sequence[Interest] = ()
    days: Sequence[Weekday] = ()
    parts_of_day: Sequence[PartOfDay] = ()
    price_ceiling: PriceCeiling | None = None
    travel: Sequence[Travel] = ()
    area: str = ""
    arrangements: Sequence[Arrangement] = ()
    distances: Sequence[B] = ()
    support_level: int = 1
    hides_sender: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An offer that a question may go to."""

    offer_id: uuid.UUID
    organisation_id: uuid.UUID


def places_to_ask_from(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """The organisations, with their names, for which somebody can ask a question."""
    seats = [
        seat
        for seat in actor.seats
        if seat.function in GUIDES
        and (seat.function is FunctionKind.BRIDGE_BUILDER or ORGANISATION_TRAITS[seat.organisation_kind].can_refer)
    ]
    return list({seat.organisation_id: (seat.organisation_id, seat.organisation_name) for seat in seats}.values())


def start(*, by: Actor, organisation_id: uuid.UUID | None = None) -> Referral:
    """Begin a question for a young person, as a draft of the acting guide."""
    require(by, Can.START_REFERRAL)
    places = [place_id for place_id, _name in places_to_ask_from(by)]
    organisation_id = organisation_id or places[0]
    if organisation_id not in places:
        raise NotAllowed(Can.START_REFERRAL)
    referral = Referral(
        alias=aliases.pick(),
        organisation_id=organisation_id,
        guide_id=by.person_id,
        created_at=clock.now(),
        moved_at=clock.now(),
    )
    db.session.add(referral)
    db.session.flush()
    history.record("referral", referral.id, "start", by=by, after=referral.status)
    return referral


def profile_of(referral: Referral) -> Profile:
    """The profile as it is now."""
    return Profile(**{field.name: getattr(referral, field.name) for field in fields(Profile)})


def describe(referral: Referral, profile: Profile, *, by: Actor) -> None:
    """Write the profile of the question; possible until a place was chosen."""
    open_for_change(referral, by=by)
    if profile == profile_of(referral):
        return
    for name, value in asdict(profile).items():
        setattr(referral, name, value)
    if referral.status is ReferralStatus.DRAFT:
        referral.moved_at = clock.now()  # its two weeks begin again
    else:
        history.record("referral", referral.id, "describe", by=by)
    db.session.flush()


def put_in_words(referral: Referral, words: str, *, by: Actor) -> None:
    """Keep the wish in the young person's own words, sealed: the association reads it only after a yes."""
    open_for_change(referral, by=by)
    referral.own_words_sealed = sealed.seal(referral, "referral", "own_words", words) if words else None
    if referral.status is ReferralStatus.DRAFT:
        referral.moved_at = clock.now()
    db.session.flush()


def open_for_change(referral: Referral, *, by: Actor) -> None:
    """Raise NotAllowed or StepRefused unless this person may change the wishes now."""
    require(by, Can.GUIDE_REFERRAL, referral)
    if referral.status not in (
        ReferralStatus.DRAFT,
        ReferralStatus.SEEKING,
        ReferralStatus.CHOOSING,
        ReferralStatus.PAUSED,
    ):
        raise StepRefused("describe", referral.status)


def open_as_draft(referral: Referral, *, by: Actor) -> None:
    """Raise NotAllowed or StepRefused unless this is a draft: only a draft may be kept half finished."""
    require(by, Can.GUIDE_REFERRAL, referral)
    if referral.status is not ReferralStatus.DRAFT:
        raise StepRefused("keep_draft", referral.status)


def faults(referral: Referral) -> dict[str, str]:
    """What is still missing before the question can go out, by field; the words are codes for the form."""
    missing = {}
    if referral.age_band is None:
        missing["age_band"] = "age_missing"
    if not referral.interests:
        missing["interests"] = "interests_missing"
    if not referral.distances:
        missing["distances"] = "distances_missing"
    return missing


def send(referral: Referral, targets: Sequence[Target], *, by: Actor) -> list[Ask]:
    """Put the question to one to five offers at once; at most five wait for an answer at the same time."""
    if missing := faults(referral):
        raise Invalid(missing)
    asked = list(db.session.scalars(select(Ask).where(Ask.referral_id == referral.id)))
    waiting = [ask for ask in asked if ask.status is AskStatus.SENT]
    fresh = [one for one in targets if one.offer_id not in {ask.offer_id for ask in asked if _still_runs(ask)}]
    if not fresh or len(waiting) + len(fresh) > MOST_ASKS:
        raise Invalid({"offers": "one_to_five"})
    state.move(referral, "send", by=by)
    referral.sent_at = referral.sent_at or clock.now()
    rounds = db.session.scalar(select(func.max(Ask.round)).where(Ask.referral_id == referral.id)) or 0
    rests = of_offers([one.offer_id for one in fresh])
    asks = [ask_for(referral, one, rounds + 1, rests[one.offer_id]) for one in fresh]
    db.session.add_all(asks)
    db.session.flush()
    reminding.count_silence(asks, rests)
    for ask in asks:
        history.record("ask", ask.id, "send", by=by, after=ask.status)
        notify(people.askees(ask), NoticeKind.ASK_SENT, ask.id, alias=referral.alias)
    _choose_again_if_answered(referral, asked, by)
    return asks


def _still_runs(ask: Ask) -> bool:
    return ask.status not in (AskStatus.RECALLED, AskStatus.THANKED)


def ask_for(referral: Referral, target: Target, round_: int, rests: Rests) -> Ask:
    """The question as put to one offer, not yet in the database."""
    return Ask(
        referral_id=referral.id,
        offer_id=target.offer_id,
        organisation_id=target.organisation_id,
        round=round_,
        sent_at=clock.now(),
        deadline=reminding.deadline(clock.today(), rests),
    )


def _choose_again_if_answered(referral: Referral, asked: Sequence[Ask], by: Actor) -> None:
    """Asking more while there is something to choose keeps the choice open."""
    if any(ask.status in GIVES_A_WAY_ON for ask in asked):
        state.move(referral, "hear", by=by)
        db.session.flush()


def choose(referral: Referral, ask: Ask, words: str = "", *, by: Actor) -> None:
    """Note which answer the young person chose, in their words; everybody else who was asked is thanked."""
    if ask.referral_id != referral.id:
        raise NotAllowed(Can.GUIDE_REFERRAL)
    state.hold(referral, ask)
    state.move(referral, "choose", by=by)
    state.take(ask, "choose", by=by)
    referral.chosen_ask_id = ask.id
    referral.chosen_organisation_id = ask.organisation_id
    referral.receiver_id = people.answerer(ask)
    referral.choice_words_sealed = sealed.seal(referral, "referral", "choice_words", words) if words else None
    db.session.flush()
    reminding.count_to_first_time(referral)
    notify(people.receivers(referral), NoticeKind.CHOSEN, referral.id, alias=referral.alias)
    _close_others(referral, ask, by)


def not_yet(referral: Referral, *, by: Actor) -> None:
    """The young person does not know yet: that is noted, and the choice stays open."""
    require(by, Can.GUIDE_REFERRAL, referral)
    if referral.status is not ReferralStatus.CHOOSING:
        raise StepRefused("not_yet", referral.status)
    history.record("referral", referral.id, "not_yet", by=by)
    db.session.flush()


def _close_others(referral: Referral, chosen: Ask, by: Actor) -> None:
    for other in db.session.scalars(select(Ask).where(Ask.referral_id == referral.id, Ask.id != chosen.id)):
        if ASK.allows("thank", other.status):
            state.take(other, "thank", by=by)
            notify(people.askees(other), NoticeKind.THANKED, other.id, alias=referral.alias)
    db.session.flush()


def settle(referral: Referral, *, by: Actor) -> None:
    """The young person belongs: the guide steps back."""
    state.move(referral, "settle", by=by)
    db.session.flush()
    wiping.forget_answers(referral)
    notify(people.receivers(referral), NoticeKind.ENDED, referral.id, alias=referral.alias)


def stop(referral: Referral, outcome: Outcome, *, by: Actor) -> None:
    """End the question with a coded outcome. Whoever was still asked hears that nothing is expected any more."""
    receivers = people.receivers(referral)
    state.move(referral, "stop", by=by)
    referral.outcome = outcome
    referral.ask_again_on = None
    _recall_asks(referral, by)
    db.session.flush()
    wiping.forget_answers(referral)
    wiping.close_welcome(referral)
    notify(receivers, NoticeKind.ENDED, referral.id, alias=referral.alias)


def seek_again(referral: Referral, *, by: Actor) -> None:
    """Look for another place with the same question: the agreement for the first place ends with it."""
    receivers, chosen = people.receivers(referral), referral.chosen_ask_id
    state.move(referral, "seek_again", by=by)
    referral.outcome = None
    _tell_released(referral, receivers, chosen)
    _let_go_of_place(referral, by)
    db.session.flush()


def pause(referral: Referral, ask_again_on: date, *, by: Actor) -> None:
    """First something else: ask again on a date."""
    moments.promised("ask_again_on", ask_again_on, clock.today())
    receivers, chosen = people.receivers(referral), referral.chosen_ask_id
    state.move(referral, "pause", by=by)
    referral.ask_again_on = ask_again_on
    reminding.count_to_ask_again(referral, ask_again_on)
    _tell_released(referral, receivers, chosen)
    _let_go_of_place(referral, by)
    db.session.flush()


def resume(referral: Referral, *, by: Actor) -> None:
    """The moment has come: seek on."""
    state.move(referral, "resume", by=by)
    referral.ask_again_on = None
    db.session.flush()


def _tell_released(referral: Referral, receivers: Sequence[uuid.UUID], ask_id: uuid.UUID | None) -> None:
    """Whoever was going to welcome hears that it ends; the question itself is no longer theirs to read."""
    if ask_id:
        notify(receivers, NoticeKind.RECALLED, ask_id, alias=referral.alias)


def _let_go_of_place(referral: Referral, by: Actor) -> None:
    _recall_asks(referral, by)
    db.session.flush()
    wiping.forget_answers(referral)
    wiping.forget_place(referral)


def _recall_asks(referral: Referral, by: Actor) -> None:
    for ask in db.session.scalars(select(Ask).where(Ask.referral_id == referral.id)):
        if ASK.allows("recall", ask.status):
            waited = ask.status is not AskStatus.CHOSEN
            state.take(ask, "recall", by=by)
            if waited:
                notify(people.askees(ask), NoticeKind.RECALLED, ask.id, alias=referral.alias)


def throw_away(referral: Referral, *, by: Actor) -> None:
    """Delete a draft that goes nowhere."""
    open_as_draft(referral, by=by)
    wiping.delete_draft(referral)
    db.session.flush()


def allowed_steps(referral: Referral, *, by: Actor) -> set[str]:
    """The names of the steps that this person may take with this referral now: buttons are made of these."""
    return {one.name for one in REFERRAL.open_from(referral.status) if one.needs and can(by, one.needs, referral)}

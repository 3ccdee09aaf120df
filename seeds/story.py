"""The story of every question in Elsterveer, step by step and in the order in which it happened."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from seeds.reading import first_time, moment, profile, read
from seeds.town import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.policy.actor import Actor
from webapp.referrals import actions, agreements, answering, welcome
from webapp.referrals.agreements import Identity, Said
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, IdeaKind
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask, CheckIn, Referral, WelcomePlan
from webapp.vocabulary.outcomes import Mood, NotNow, Outcome

GUIDE_HOUR, CREW_HOUR = 10, 19
A_VISIT_LASTS = timedelta(hours=2)
OVER = (AskStatus.RECALLED, AskStatus.THANKED, AskStatus.EXPIRED)

Step = dict[str, Any]


class Question:
    """One question while its story is told."""

    def __init__(self, town: Town, entry: dict[str, Any], number: int) -> None:
        self.town = town
        self.entry = entry
        self.number = number
        self.referral: Referral

    def steps(self) -> Iterator[tuple[datetime, int, Step]]:
        """Each step with its moment: guides work by day, crews in the evening, first times when they happen."""
        on_this_day: dict[Any, int] = {}
        for place, step in enumerate(self.entry["step"]):
            if step["do"] == "arrive":
                yield self.first(step) + A_VISIT_LASTS, place, step
                continue
            nth = on_this_day[step["day"]] = on_this_day.get(step["day"], -1) + 1
            hour = GUIDE_HOUR if self.who(step) == self.entry["guide"] else CREW_HOUR
            at = time(hour + nth, (self.number * 7 + place) % 60)
            yield moment(self.town.day(step["day"]), at), place, step

    def who(self, step: Step) -> str:
        """Who takes a step: the guide unless the file says otherwise."""
        return str(step.get("by", self.entry["guide"]))

    def first(self, step: Step) -> datetime:
        """When the first time is."""
        return first_time(self.town.offer_facts[step["offer"]], self.town.today, step["first"])

    def ask(self, step: Step) -> Ask:
        """The ask that is still open at the offer of a step."""
        offer = self.town.offers[step["offer"]]
        return db.session.scalars(
            select(Ask).where(Ask.referral_id == self.referral.id, Ask.offer_id == offer.id, Ask.status.not_in(OVER))
        ).one()

    def plan(self) -> WelcomePlan:
        """The welcome plan."""
        return db.session.scalars(select(WelcomePlan).where(WelcomePlan.referral_id == self.referral.id)).one()


def tell(town: Town) -> None:
    """Let everything happen that is written in referrals.toml, in the order of its moments."""
    questions = [Question(town, entry, number) for number, entry in enumerate(read("referrals"))]
    events = [
        (at, question.number, place, question, step) for question in questions for at, place, step in question.steps()
    ]
    for at, _, _, question, step in sorted(events, key=lambda event: event[:3]):
        with clock.at(at):
            STEPS[step["do"]](question, step, town.actor(question.who(step)))
            db.session.flush()


def _start(question: Question, step: Step, by: Actor) -> None:
    town, entry = question.town, question.entry
    question.referral = actions.start(by=by, organisation_id=town.organisations[entry["at"]].id)
    question.referral.alias = entry["alias"]
    actions.describe(question.referral, profile(entry["profile"]), by=by)
    if words := entry.get("words"):
        actions.put_in_words(question.referral, words, by=by)


def _send(question: Question, step: Step, by: Actor) -> None:
    offers = [question.town.offers[key] for key in step["to"]]
    actions.send(question.referral, [actions.Target(one.id, one.organisation_id) for one in offers], by=by)


def _accept(question: Question, step: Step, by: Actor) -> None:
    answering.accept(question.ask(step), Welcome(step["welcomer"], question.first(step)), by=by)


def _wait(question: Question, step: Step, by: Actor) -> None:
    answering.put_on_waiting_list(question.ask(step), question.town.day(step["call_back"]), by=by)


def _decline(question: Question, step: Step, by: Actor) -> None:
    ask = question.ask(step)
    answering.decline(ask, by=by)
    answering.give_hint(ask, [NotNow(code) for code in step["not_now"]], by=by)


def _suggest(question: Question, step: Step, by: Actor) -> None:
    answering.suggest(question.ask(step), IdeaKind(step["kind"]), step["message"], by=by)


def _choose(question: Question, step: Step, by: Actor) -> None:
    actions.choose(question.referral, question.ask(step), step.get("words", ""), by=by)


def _agree(question: Question, step: Step, by: Actor) -> None:
    until = question.town.day(step["until"])
    said = Said(AgreedBy(step["agreed_by"]), AgreedHow(step["agreed_how"]), clock.today(), until, understood=True)
    identity = Identity(step["name"], ContactRoute(step["route"]), step["contact"])
    agreements.record(question.referral, said, identity, by=by)


def _plan(question: Question, step: Step, by: Actor) -> None:
    ask = question.ask(step)
    offer = question.town.offers[step["offer"]]
    phone = offer.organisation.young_contact_phone
    said = {name: step.get(name, "") for name in ("companion", "bring", "we_prepare", "you_arrange")}
    draft = welcome.first_draft(ask, offer.place, phone)
    welcome.plan(question.referral, replace(draft, welcomer_hint=step["hint"], **said), by=by)


def _check_in(question: Question, step: Step, by: Actor) -> None:
    side = welcome.side_of(question.referral, by)
    one = db.session.scalars(
        select(CheckIn).where(
            CheckIn.referral_id == question.referral.id, CheckIn.week == step["week"], CheckIn.side == side
        )
    ).one()
    welcome.check_in(one, question.referral, Mood(step["mood"]), by=by)


STEPS: dict[str, Callable[[Question, Step, Actor], Any]] = {
    "start": _start,
    "send": _send,
    "accept": _accept,
    "wait": _wait,
    "decline": _decline,
    "suggest": _suggest,
    "choose": _choose,
    "agree": _agree,
    "plan": _plan,
    "check_in": _check_in,
    "share": lambda question, _, by: welcome.share(question.plan(), question.referral, by=by),
    "look": lambda question, _, by: agreements.open_card(question.referral, by=by),
    "arrive": lambda question, _, by: welcome.arrive(question.referral, by=by),
    "settle": lambda question, _, by: actions.settle(question.referral, by=by),
    "seek_again": lambda question, _, by: actions.seek_again(question.referral, by=by),
    "pause": lambda question, step, by: actions.pause(question.referral, question.town.day(step["until"]), by=by),
    "withdraw": lambda question, _, by: agreements.withdraw(question.referral, by=by),
    "stop": lambda question, step, by: actions.stop(question.referral, Outcome(step["outcome"]), by=by),
    "close_quietly": lambda _question, _step, _by: answering.close_quietly(),
}

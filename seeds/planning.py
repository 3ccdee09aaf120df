"""The action plan of Elsterveer and its story, told at the moments when it happened."""

import uuid
from collections.abc import Callable, Iterator
from datetime import time
from typing import Any, TypeVar

from sqlalchemy import select

from seeds.reading import moment, read
from seeds.town import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.owning import Owner
from webapp.meetings.models import Decision
from webapp.plans import (
    actions,
    agreeing,
    choosing_goals,
    doing,
    growing,
    knowing,
    linking,
    neighbours,
    partnering,
    queries,
    remarking,
    reviewing,
    stepping,
)
from webapp.plans.actions import AboutPlan
from webapp.plans.agreeing import Terms
from webapp.plans.choosing_goals import Chosen, Sign
from webapp.plans.codes import EvidenceKind, Growth, Link, Part, Shared, VoiceOf
from webapp.plans.doing import Wanted
from webapp.plans.growing import Moment, Statement
from webapp.plans.knowing import Hurdle, Known
from webapp.plans.models import Plan
from webapp.plans.queries import Planned
from webapp.plans.reviewing import Seen
from webapp.plans.story_models import Adjustment
from webapp.policy.actor import Actor
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.objectives import Objective
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

MORNING, NOON = time(10, 15), time(12, 30)

Entry = dict[str, Any]
Ids = dict[str, uuid.UUID]
Found = TypeVar("Found")
Event = tuple[int, Callable[[Actor], Any], str]
"""A day, what happens on it, and who does it."""


def tell(town: Town) -> None:
    """Start each plan and let happen what happened, day after day."""
    for entry in read("plans"):
        story = Story(town, entry)
        for day, happens, who in sorted(story.events(), key=lambda event: event[0]):
            with clock.at(moment(town.day(day), NOON)):
                happens(town.actor(who))


class Story:
    """One plan while it is told; what later events speak of is kept by its key."""

    def __init__(self, town: Town, entry: Entry) -> None:
        self.town, self.entry = town, entry
        self.known: Ids = {}
        self.barriers: Ids = {}
        self.choices: Ids = {}
        self.goals: Ids = {}
        self.items: Ids = {}
        self.reviews: Ids = {}
        with clock.at(moment(town.day(entry["began"]), MORNING)):
            self.plan_id = self._begin().id

    def _begin(self) -> Plan:
        town, entry = self.town, self.entry
        about = AboutPlan(entry["title"], entry["about"], town.day(entry["begins"]), town.day(entry["ends"]))
        return actions.start(about, town.groups[entry["group"]].id, by=town.actor(entry["by"]))

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return _there(queries.plan(self.plan_id))

    def events(self) -> Iterator[Event]:
        """Everything that happened, in no order."""
        told: tuple[tuple[str, Callable[[Entry], Iterator[Event]]], ...] = (
            ("evidence", self._evidence),
            ("barrier", self._barrier),
            ("choice", self._choice),
            ("goal", self._goal),
            ("adjust_goal", self._adjust_goal),
            ("outcome", self._outcome),
            ("voice", self._voice),
            ("action", self._action),
            ("remark", self._remark),
            ("review", self._review),
            ("expectation", self._expectation),
            ("link", self._link),
        )
        yield from self._partners()
        for kind, tell_one in told:
            for entry in self.entry[kind]:
                yield from tell_one(entry)

    # what is known, what stands in the way, what is chosen and looked for

    def _evidence(self, entry: Entry) -> Iterator[Event]:
        def note(by: Actor) -> None:
            heard_on = self.town.day(entry["on"])
            known = Known(EvidenceKind(entry["kind"]), entry["heard"], heard_on, entry.get("about_how_many"))
            self.known[entry["key"]] = knowing.note(self.plan, known, by=by).id

        yield entry["on"], note, entry["by"]

    def _barrier(self, entry: Entry) -> Iterator[Event]:
        def add(by: Actor) -> None:
            hurdle = Hurdle(
                words=entry["words"],
                side=Side(entry["side"]),
                bs=tuple(B(code) for code in entry["bs"]),
                distances=tuple(Distance(code) for code in entry.get("distances", ())),
                setting=entry.get("setting", ""),
                shared=Shared(entry["shared"]),
                evidence=tuple(self.known[key] for key in entry["evidence"]),
            )
            self.barriers[entry["key"]] = knowing.add_barrier(self.plan, hurdle, by=by).id

        yield entry["on"], add, entry["by"]

    def _choice(self, entry: Entry) -> Iterator[Event]:
        def choose(by: Actor) -> None:
            chosen = Chosen(
                entry["for_whom"], Objective(entry["objective"]), self.town.day(entry["until"]),
                tuple(Distance(code) for code in entry["distances"]), is_highlighted=True,
            )  # fmt: skip
            self.choices[entry["key"]] = choosing_goals.choose(self.plan, chosen, by=by).id

        yield entry["on"], choose, entry["by"]

    def _goal(self, entry: Entry) -> Iterator[Event]:
        def add(by: Actor) -> None:
            self.goals[entry["key"]] = choosing_goals.add_goal(self.plan, self._sign(entry), by=by).id

        yield entry["on"], add, entry["by"]

    def _sign(self, entry: Entry) -> Sign:
        barriers = tuple(self.barriers[key] for key in entry["barriers"])
        choice_id, until = self.choices[entry["choice"]], self.town.day(entry["until"])
        return Sign(entry["title"], entry["sign"], entry.get("number", ""), until, choice_id, barriers)

    def _adjust_goal(self, entry: Entry) -> Iterator[Event]:
        (goal,) = (one for one in self.entry["goal"] if one["key"] == entry["goal"])

        def adjust(by: Actor) -> None:
            found = _there(queries.goal(self.goals[entry["goal"]]))
            choosing_goals.adjust_goal(found, self._sign(goal | entry), entry["why"], by=by)

        yield entry["on"], adjust, entry["by"]

    def _outcome(self, entry: Entry) -> Iterator[Event]:
        def see(by: Actor) -> None:
            said = Statement(
                Growth(entry["growth"]), entry["who"], entry["what"], entry["how_we_know"], self.town.day(entry["on"]),
                entry.get("why_it_matters", ""), entry.get("our_part", ""),
            )  # fmt: skip
            growing.see(_there(queries.goal(self.goals[entry["goal"]])), said, by=by)

        yield entry["on"], see, entry["by"]

    # who was listened to, and what others say

    def _voice(self, entry: Entry) -> Iterator[Event]:
        def listen(by: Actor) -> None:
            heard_on = self.town.day(entry["on"])
            heard = Moment(VoiceOf(entry["of"]), heard_on, entry["how"], entry["heard"], entry["changed"])
            growing.listen(self.plan, heard, by=by)

        yield entry["on"], listen, entry["by"]

    def _remark(self, entry: Entry) -> Iterator[Event]:
        def say(by: Actor) -> None:
            item_id = self.items.get(entry.get("action", ""))
            thing = _there(queries.planned(item_id)) if item_id else self.plan
            part = Part.ACTION if item_id else Part.PLAN
            remarking.say(part, item_id or self.plan_id, thing, entry["words"], by=by)

        yield entry["on"], say, entry["by"]

    # who helps, and what is missing

    def _partners(self) -> Iterator[Event]:
        for strategy, keys in self.entry["partners"].items():
            for key in keys:
                place = self.town.organisations[key].id

                def stand(by: Actor, strategy: str = strategy, place: uuid.UUID = place) -> None:
                    partnering.stand_under(self.plan, Strategy(strategy), place, by=by)

                yield -225, stand, self.entry["by"]
        for entry in self.entry["missing"]:

            def miss(by: Actor, entry: Entry = entry) -> None:
                partnering.say_missing(self.plan, Strategy(entry["strategy"]), entry["words"], by=by)

            yield -26, miss, self.entry["by"]

    # actions

    def _action(self, entry: Entry) -> Iterator[Event]:
        def add(by: Actor) -> None:
            self.items[entry["key"]] = doing.add(self.plan, self._wanted(entry), by=by).id

        yield entry["on"], add, entry["by"]
        if "steps" in entry or "first" in entry:
            yield entry["on"] + 1, self._divide(entry), entry["by"]
        for change in entry.get("adjust", ()):

            def adjust(by: Actor, change: Entry = change) -> None:
                doing.adjust(self._planned(entry), self._wanted(entry | change), change["why"], by=by)

            yield change["on"], adjust, change["by"]
        for day, status, words in entry.get("moves", ()):

            def move(by: Actor, status: str = status, words: str = words) -> None:
                doing.move(self._planned(entry), ItemStatus(status), words, by=by)

            yield day, move, entry["by"]

    def _divide(self, entry: Entry) -> Callable[[Actor], None]:
        def divide(by: Actor) -> None:
            planned = self._planned(entry)
            for words, is_done in entry.get("steps", ()):
                stepping.tick(planned, stepping.add_step(planned, words, by=by).id, is_done=is_done, by=by)
            if "first" in entry:
                stepping.put_first(planned, self.items[entry["first"]], by=by)

        return divide

    def _planned(self, entry: Entry) -> Planned:
        return _there(queries.planned(self.items[entry["key"]]))

    def _wanted(self, entry: Entry) -> Wanted:
        town = self.town
        place = town.organisations[entry["owner"]].id if "owner" in entry else None
        seat = FunctionKind(entry["seat"]) if "seat" in entry else None
        group = Owner(group_id=town.groups[entry["group"]].id) if "group" in entry else None
        return Wanted(
            title=entry["title"],
            strategy=Strategy(entry["strategy"]),
            side=Side(entry["side"]) if "side" in entry else None,
            bs=tuple(B(code) for code in entry["bs"]),
            owner=Owner(place, function=seat) if place else group,
            goal_id=self.goals.get(entry.get("goal", "")),
            starts_on=town.day(entry["starts"]) if "starts" in entry else None,
            due_on=town.day(entry["due"]) if "due" in entry else None,
            enough_for=entry.get("enough_for", ""),
            not_yet_for=entry.get("not_yet_for", ""),
        )

    # looking back

    def _review(self, entry: Entry) -> Iterator[Event]:
        def plan_one(by: Actor) -> None:
            planned_on = self.town.day(entry["planned"])
            self.reviews[entry["key"]] = reviewing.plan_one(self.plan, planned_on, entry["who"], by=by).id

        yield min(entry["planned"], 0) - 60, plan_one, entry["by"]
        if "held" not in entry:
            return

        def hold(by: Actor) -> None:
            review = _there(queries.review(self.reviews[entry["key"]]))
            seen = Seen(self.town.day(entry["held"]), entry["saw"], entry["changes"])
            reviewing.hold(review, seen, by=by)

        def connect(by: Actor) -> None:
            review = _there(queries.review(self.reviews[entry["key"]]))
            since = moment(self.town.day(entry["held"]), MORNING)
            query = select(Adjustment.id).where(Adjustment.plan_id == self.plan_id, Adjustment.at >= since)
            reviewing.came_from(review, db.session.scalars(query).all(), by=by)

        yield entry["held"], hold, entry["by"]
        yield entry["held"] + 2, connect, entry["by"]

    # who does what, and what it has to do with decisions

    def _expectation(self, entry: Entry) -> Iterator[Event]:
        def agree(by: Actor) -> None:
            terms = Terms(entry["we_do"], entry["they_do"], entry["if_not"], self.town.day(entry["look_back"]))
            agreeing.agree(self.plan, self.town.organisations[entry["organisation"]].id, terms, by=by)

        yield entry["on"], agree, entry["by"]

    def _link(self, entry: Entry) -> Iterator[Event]:
        def link(by: Actor) -> None:
            decided = db.session.scalar(select(Decision.id).where(Decision.statement == entry["decision"]))
            knot = _there(neighbours.knot(self.items[entry["action"]]))
            linking.link(knot, Link.DECISION, _there(decided), by=by)

        yield -1, link, entry["by"]


def _there(found: Found | None) -> Found:
    if found is None:
        raise LookupError("the plan speaks of something that is not there")
    return found

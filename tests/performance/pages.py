"""The main pages, who opens them, and towns of two sizes to open them in."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import brotli
from flask import Flask
from sqlalchemy import Engine, event

from tests import factories
from tests.groups import makers
from tests.learning import makers as learning
from tests.lessons import makers as lessons
from tests.meetings import makers as assembled
from tests.people import Cast
from tests.plans import makers as plans
from tests.polls import makers as polls
from tests.shelf import makers as shelf
from tests.support.browse import Browser, Page
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import carrying, hosting
from webapp.groups.codes import GuestOf
from webapp.groups.owning import Owner
from webapp.lessons import bundling
from webapp.lessons.codes import Origin
from webapp.meetings import agenda, deciding
from webapp.meetings.deciding import Terms
from webapp.plans import actions as planning
from webapp.plans import doing, linking, partnering, reviewing, stepping
from webapp.plans import queries as reading
from webapp.plans.codes import Link
from webapp.plans.models import Goal, Plan
from webapp.plans.queries import Planned
from webapp.referrals.models import WelcomePlan
from webapp.shelf import actions as shelf_actions
from webapp.talk import actions
from webapp.talk import queries as talking
from webapp.talk.codes import Reaction
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.strategies import Strategy

NOT_QUERIES = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SET )", re.I)
# Writing down who looked is a write of its own, beside the page: finding the end of the chain, and adding to it.
WRITES_DOWN = re.compile(r"SELECT audit\.number, audit\.mac|INSERT INTO audit|SELECT pg_advisory_xact_lock")


@dataclass(frozen=True)
class MainPage:
    """A page, who opens it, the thing in its URL, and how many queries it may ask."""

    who: str
    endpoint: str
    part: str = ""
    most: int = 8

    @property
    def name(self) -> str:
        """How tests call it."""
        return f"{self.endpoint}-{self.who}-{self.part}".rstrip("-")


LISTS = 4
NAMES = {"draft_id": "referral_id", "sent_id": "referral_id", "over_id": "meeting_id", "planned_id": "item_id"}
"""Ids of things that stand in the same place of an address."""
PAGES = (
    *(MainPage(who, "today.today") for who in ("hilde", "lena", "jef", "tine", "frank", "ada", "bo")),
    MainPage("hilde", "today.search"),
    MainPage("noor", "today.today", most=10),  # with news of what she follows: its tags, and how much
    *(MainPage(who, "referrals.index", most=LISTS) for who in ("hilde", "lena", "noor", "bo")),
    MainPage("hilde", "referrals.show", "referral_id"),
    MainPage("bram", "referrals.show", "referral_id"),
    MainPage("hilde", "referrals.show", "sent_id"),  # whose crews rest
    MainPage("hilde", "referrals.match", "draft_id"),
    MainPage("hilde", "referrals.who", "draft_id"),
    MainPage("hilde", "referrals.wishes", "draft_id"),
    MainPage("noor", "referrals.answer", "ask_id"),
    MainPage("hilde", "directory.offers", most=LISTS),
    MainPage("hilde", "directory.offer", "offer_id"),
    MainPage("noor", "directory.offer", "offer_id"),
    MainPage("hilde", "directory.organisations", most=LISTS),
    MainPage("hilde", "directory.organisation", "organisation_id"),
    MainPage("noor", "accounts.people", "organisation_id"),
    MainPage("noor", "accounts.account"),
    MainPage("noor", "notifications.bell"),
    MainPage("noor", "meetings.mine"),
    MainPage("hilde", "referrals.log_call", most=LISTS),
    MainPage("tine", "signals.index", most=LISTS + 2),
    MainPage("noor", "plans.index", most=LISTS + 1),  # two lists
    MainPage("noor", "plans.show", "plan_id"),
    *(MainPage(who, endpoint, "plan_id") for who in ("noor", "jef") for endpoint in ("plans.span", "plans.arch")),
    *(MainPage("noor", endpoint, "plan_id") for endpoint in ("plans.goals", "plans.barriers")),
    *(MainPage("noor", endpoint, "plan_id") for endpoint in ("plans.known", "plans.look_for", "plans.name_barrier")),
    # with their neighbours, their story and what people say of them
    MainPage("noor", "plans.barrier", "barrier_id", most=9),
    MainPage("noor", "plans.choice", "choice_id"),
    MainPage("jef", "plans.goal", "goal_id", most=10),
    *(MainPage(who, endpoint, "plan_id") for who in ("noor", "jef") for endpoint in ("plans.board", "plans.listed")),
    *(MainPage(who, "plans.action", "planned_id") for who in ("noor", "jef")),
    *(MainPage(who, "plans.timeline_of", "plan_id") for who in ("noor", "jef")),
    MainPage("noor", "plans.review", "review_id"),
    *(MainPage(who, "plans.chain", "part_id") for who in ("noor", "jef")),
    MainPage("noor", "plans.agreements", "plan_id"),
    *(MainPage(who, "groups.index", most=LISTS) for who in ("noor", "jef")),
    # the home shows something of six areas, with a query each
    *(MainPage(who, "groups.show", "group_id", most=10) for who in ("noor", "jef")),
    *(MainPage("noor", endpoint, "group_id") for endpoint in ("groups.doing", "groups.members")),
    *(MainPage(who, "shelf.index", most=LISTS) for who in ("noor", "jef")),
    MainPage("noor", "shelf.of_group", "group_id"),
    *(MainPage(who, "shelf.tool", "tool_id") for who in ("noor", "jef")),
    *(
        MainPage("noor", endpoint, "group_id")
        for endpoint in ("polls.index", "polls.start", "groups.link", "groups.guest_list", "groups.invite")
    ),
    *(MainPage("noor", endpoint, "poll_id") for endpoint in ("polls.show", "polls.organise")),
    MainPage("noor", "talk.of_group", "group_id"),
    *(MainPage(who, "integrity.index", most=LISTS + 1) for who in ("noor", "tine")),
    MainPage("tine", "integrity.policies", most=LISTS + 1),
    *(MainPage(who, "talk.thread", "thread_id") for who in ("noor", "jef")),
    *(MainPage("tine", f"lessons.{one}", most=LISTS + 1) for one in ("openness", "other_towns")),
    MainPage("noor", "lessons.fitting_lessons", most=LISTS),
    MainPage("noor", "lessons.lesson", "lesson_id"),
    MainPage("noor", "lessons.say_tried", "lesson_id"),
    MainPage("bram", "lessons.mine", most=LISTS),
    MainPage("noor", "plans.use_lesson", "lesson_id"),
    *(
        MainPage("noor", endpoint, "decision_id", most=9)
        for endpoint in ("plans.decision_lessons", "meetings.decision")
    ),
    MainPage("noor", "plans.topic_lessons", "topic_id", most=9),
    MainPage("frank", "lessons.reading", most=LISTS + 1),  # two lists
    MainPage("jef", "meetings.bring_as_guest", "guest_id"),
    *(MainPage("noor", endpoint, "group_id", most=8) for endpoint in ("meetings.index", "meetings.decided")),
    MainPage("noor", "meetings.show", "meeting_id"),
    MainPage("noor", "meetings.show", "over_id"),
    MainPage("noor", "meetings.network", most=LISTS),
    MainPage("noor", "meetings.pulse", "meeting_id", most=2),
    MainPage("frank", "learning.index", most=LISTS + 1),  # two lists
    MainPage("frank", "learning.show", "learning_id"),
    MainPage("frank", "learning.at_desk", "learning_id", most=10),
    MainPage("frank", "learning.wall", "learning_id", most=9),
    MainPage("frank", "learning.pulse", "learning_id", most=2),
    MainPage("noor", "lessons.index", most=LISTS + 1),  # and what stands in one's booklet
    MainPage("noor", "lessons.followed", most=LISTS + 1),  # and how much is new in each
    *(MainPage("noor", endpoint, "booklet_id") for endpoint in ("lessons.booklet", "lessons.choose")),
    MainPage("frank", "learning.close", "learning_id", most=9),  # three say who leads it and who is in its circle
    MainPage("frank", "learning.result", "learning_id", most=9),
    MainPage("noor", "lessons.house_rules", most=LISTS),
    MainPage("frank", "lessons.flags", most=LISTS),
    MainPage("frank", "lessons.flag", "flag_id", most=10),  # the words, and how it was decided before
    MainPage("frank", "lessons.tags", most=8),  # four lists, and the other words of one
    MainPage("frank", "lessons.tags_of_lesson", "lesson_id"),
    *(MainPage(who, "visits.index", most=LISTS) for who in ("hilde", "noor", "bo")),
)


class Town:
    """Questions in several states, with the asks, plans, check-ins, notices and offers that belong to them."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.ids: dict[str, Any] = {}

    def _plan_more(self, plan: Plan, goal: Goal, number: int) -> Any:
        """One of everything in a plan, linked to the same goal; the id of a look back that was held."""
        noor, plan = self.cast.actor("noor"), reading.plan(plan.id) or plan
        plans.barrier(plan, f"Drempel {number}", goal)
        plans.action(self.cast, plan, f"Stap {number}", goal)
        planning.adjust(plan, plans.about(f"Naam {number}"), "Zo heet het beter.", by=noor)
        partnering.say_missing(plan, Strategy.POLICY, f"Late bus {number}", by=noor)
        reviewing.plan_one(plan, clock.today(), by=noor)
        plans.agreement(self.cast, plan)
        held = reviewing.plan_one(plan, clock.today(), by=noor)
        reviewing.hold(held, reviewing.Seen(clock.today(), "Dansen werkt."), by=noor)
        return held.id

    def _do_more(self, planned: Planned, number: int) -> None:
        """An action that waits for this one, a small step in it, and something said of it."""
        noor = self.cast.actor("noor")
        waits = plans.planned(self.cast, planned.plan, f"Actie {number}", owner=Owner(self.cast.zilverreiger))
        stepping.put_first(waits, planned.item.id, by=noor)
        if number < stepping.MOST_STEPS:
            stepping.add_step(planned, f"Stapje {number}", by=noor)
        doing.move(planned, planned.item.status, "Het gaat vooruit.", by=noor)

    def grow(self, times: int) -> None:
        """Add so many of everything."""
        made = makers.group(self.cast)
        plan = plans.plan(self.cast)
        parts = plans.told(self.cast, plan, times)
        goal, planned = plans.goal(plan), plans.planned(self.cast, plan)
        going_on, over = (assembled.going_on(self.cast, times) for _ in range(2))
        assembled.close(self.cast, over)
        lesson = lessons.published(self.cast)
        lessons.followed(self.cast, "poort" + "!" * times, "noor")
        decision = deciding.record(made, Terms("Limonade staat vooraan."), by=self.cast.actor("noor"))
        polled = polls.in_group(self.cast, made, moments=min(times, 20))
        talk = actions.begin(made, "Halal op kamp?", "Hoe doen jullie dat?", by=self.cast.actor("bram"))
        thread = talking.thread(talk.thread_id)
        assert thread
        until = clock.today() + timedelta(days=7)
        place = hosting.begin(made.id, self.cast.jef, GuestOf.THREAD, thread.id, until, by=self.cast.actor("noor"))
        for number in range(times):
            polls.guest_says(polled)
            said = actions.write(thread, "Eén pot zonder vlees.", by=self.cast.actor("hilde"))
            actions.write(thread, "Bij ons ook.", said.id, by=self.cast.actor("bram"))
            found = talking.post(said.id)
            assert found
            actions.react(found, Reaction.AGREE, by=self.cast.actor("noor"))
            seat = Owner(self.cast.zilverreiger, function=FunctionKind.CONTACT_POINT)
            owner = seat if number % 2 else Owner(self.cast.zilverreiger, self.cast.noor)
            held = self._plan_more(plan, goal, number)
            self._do_more(planned, number)
            brought = agenda.add(made, agenda.About("Samen fietsen"), by=self.cast.actor("jef"), place=place)
            wanted = carrying.Wanted(f"Actie {number}", owner, clock.today())
            carrying.add(made, wanted, by=self.cast.actor("noor"))
            lesson = lessons.out(self.cast, f"Les {number}")
            linking.use_in(decision, (Link.LESSON, lesson.id), by=self.cast.actor("noor"))
            lesson.origin, lesson.origin_id = Origin.DECISION, decision.id
            booklet = bundling.put_in_hand(lesson.id, "Mijn lessen", by=self.cast.actor("noor"))
            lessons.offered(self.cast, f"Nog een les {number}")
            tool = shelf.kept(self.cast, made)
            shelf_actions.share(tool, by=self.cast.actor("bram"))
            for who in ("noor", "bram", "hilde"):
                shelf_actions.use(tool, by=self.cast.actor(who))
            sent, trying = factories.sent(self.cast), factories.trying(self.cast)
            for asked in sent.asks:
                asked.offer.quiet_months = [clock.today().month]
            self.ids = {
                "group_id": made.id,
                "booklet_id": booklet.id,
                "flag_id": lessons.flagged(self.cast, lesson).id,
                "learning_id": learning.running(self.cast).id,
                "plan_id": plan.id,
                **parts,
                "part_id": goal.id,
                "planned_id": planned.item.id,
                "review_id": held,
                "decision_id": decision.id,
                "topic_id": brought.id,
                "meeting_id": going_on.id,
                "over_id": over.id,
                "poll_id": polled.id,
                "tool_id": tool.id,
                "lesson_id": lesson.id,
                "thread_id": thread.id,
                "guest_id": place.id,
                "organisation_id": self.cast.zilverreiger,
                "referral_id": trying.id,
                "sent_id": sent.id,
                "ask_id": factories.ask_of(sent, self.cast.zilverreiger).id,
                "offer_id": factories.ask_of(sent, self.cast.zilverreiger).offer_id,
                "draft_id": factories.draft(self.cast).id,
                "welcome_plan_id": db.session.query(WelcomePlan.id).limit(1).scalar(),
            }
        db.session.rollback()

    def url(self, page: MainPage) -> str:
        """Where a page is in this town."""
        name = NAMES.get(page.part, page.part)
        parts = {name: self.ids[page.part]} if page.part else {}
        return self.app.url_map.bind("brug.test").build(page.endpoint, parts)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The queries that are asked inside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not NOT_QUERIES.match(statement) and not WRITES_DOWN.match(statement):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def opened(browse: Callable[[str], Browser], town: Town, page: MainPage) -> tuple[Page, list[str]]:
    """A page opened for the second time, and what it asked the database."""
    browser, url = browse(page.who), town.url(page)
    browser.get(url)
    with counted(db.engine) as asked:
        answer = browser.get(url)
    assert answer.status == 200, f"{url} answers {answer.status}"
    return answer, asked


def compressed(content: bytes) -> int:
    """Bytes on the wire of something made for each visitor."""
    return len(brotli.compress(content, quality=4))

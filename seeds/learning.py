"""The learning sessions of Elsterveer and the lessons that came from them, told at the moments when they happened."""

import uuid
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select, union

from seeds.reading import moment, read
from seeds.town import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.models import ActionItem
from webapp.learning import actions as sessions
from webapp.learning import closing, deciding, inviting, joining, placing, queries
from webapp.learning import templates as shelf
from webapp.learning.actions import PhaseWords
from webapp.learning.codes import ContributionKind, Format
from webapp.learning.models import Contribution, LearningSession
from webapp.lessons import actions as lessons
from webapp.lessons import asked, flagging, following_searches, house_words, ruling, tagging, trying
from webapp.lessons import queries as log
from webapp.lessons.actions import About, From, Words
from webapp.lessons.codes import Flagged, FlagOutcome, Helped, Language, LessonKind, Origin
from webapp.lessons.models import TEXTS, Lesson
from webapp.lessons.trying import Saw
from webapp.meetings import queries as meetings
from webapp.meetings.models import Decision
from webapp.plans import linking, neighbours
from webapp.plans.codes import Link
from webapp.plans.models import Barrier, Plan
from webapp.policy.actor import Actor
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy
from webapp.web.i18n import word

EVENING, MORNING, NOON = time(20, 0), time(10, 15), time(12, 30)
PREPARED_BEFORE = 20
REVIEW_AFTER = timedelta(days=365)

Entry = dict[str, Any]
Event = tuple[int, int, Callable[[], None]]
"""A day, which of the things of that day it is, and what happens."""


def tell(town: Town) -> None:
    """Let every session and every lesson happen, day after day."""
    story = Story(town)
    for day, _number, happens in sorted(story.events(), key=lambda event: event[:2]):
        with clock.at(moment(town.day(day), NOON)), force_locale("nl"):
            happens()
    following_searches.look_behind()


class Story:
    """What happened so far: sessions and lessons by the keys of the files, which tags were accepted and which wait."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.sessions: dict[str, uuid.UUID] = {}
        self.lessons: dict[str, uuid.UUID] = {}
        self.accepted: set[str] = set()
        self.waiting = {"vervoer"}

    def events(self) -> list[Event]:
        """Everything that happened, in no order."""
        events: list[Event] = []
        for entry in read("sessions"):
            events.append((min(entry["on"] - PREPARED_BEFORE, -1), 0, self._bound(self._prepare, entry)))
            if entry["on"] < 0:
                events.append((entry["on"], 0, self._bound(self._hold, entry)))
        for entry in read("lessons"):
            day = next(entry[name] for name in ("on", "held", "offered") if name in entry)
            events.append((day, 1, self._bound(self._lesson, entry)))
            for tried in entry.get("tried", ()):
                events.append((tried["on"], 2, self._bound(self._tried, entry, tried)))
            for title in entry.get("used_in", ()):
                events.append((-1, 4, self._bound(self._used, entry, {"in": title})))
            for flag in entry.get("flag", ()):
                events.append((flag["on"], 3, self._bound(self._flag, entry, flag)))
        for entry in read("followed"):
            events.append((entry["since"], 4, self._bound(self._follow, entry)))
            if "heard" in entry:
                events.append((entry["heard"], 4, self._bound(self._hear, entry)))
        return events

    @staticmethod
    def _bound(tell_one: Callable[..., None], *entries: Entry) -> Callable[[], None]:
        return lambda: tell_one(*entries)

    def _prepare(self, entry: Entry) -> None:
        town, by = self.town, self.town.actor(entry["by"])
        style = Format(entry["format"])
        about = sessions.About(
            theme=entry["theme"],
            question=entry["question"],
            organisation_id=town.organisations[entry["host"]].id,
            happens_at=moment(town.day(entry["on"]), EVENING),
            place=entry["place"],
            format=style,
            is_named=entry.get("named", False),
        )
        phases = [PhaseWords(one.kind, word(one.title), word(one.prompt), one.minutes) for one in shelf.SHELF[style]]
        row = sessions.prepare(about, phases, by=by)
        self.sessions[entry["key"]] = row.id
        session = self._session(entry["key"])
        for who in entry.get("co", ()):
            sessions.add_lead(session, town.people[who], by=by)
        for place in entry["invited"]:
            inviting.invite_organisation(session, town.organisations[place].id, by=by)

    def _session(self, key: str) -> LearningSession:
        found = queries.session(self.sessions[key])
        if found is None:
            raise LookupError(key)
        return found

    def _hold(self, entry: Entry) -> None:
        """It was held with paper and a large screen; whoever led it typed what people wrote."""
        session, by = self._session(entry["key"]), self.town.actor(entry["by"])
        joining.start(session, by=by)
        for cluster in entry["clusters"]:
            deciding.type_in(session, ContributionKind.OBSERVATION, cluster["words"], by=by)
        notes = select(Contribution).where(Contribution.session_id == session.id)
        typed = {row.words: row for row in db.session.scalars(notes)}
        for cluster in entry["clusters"]:
            self._gather(session, cluster, typed, by)
        for action in entry.get("actions", ()):
            self._act(session, action, by)
        sessions.close(session, "\n".join(entry["result"]), entry["thanks"], by=by)

    def _act(self, session: LearningSession, entry: Entry, by: Actor) -> None:
        if "group" in entry:
            closing.act_in_group(session, entry["title"], self.town.groups[entry["group"]].id, by=by)
        else:
            plan_id = db.session.scalars(select(Plan.id).where(Plan.title == entry["plan"])).one()
            closing.act_in_plan(session, entry["title"], plan_id, Strategy(entry["strategy"]), by=by)

    @staticmethod
    def _gather(session: LearningSession, entry: Entry, typed: dict[str, Contribution], by: Actor) -> None:
        cluster = placing.begin(session, entry["title"], by=by)
        for words in entry["words"]:
            placing.gather(typed[words], cluster, (), by=by, is_nobody=True)

    def _lesson(self, entry: Entry) -> None:
        town, by = self.town, self.town.actor(entry["by"])
        session_id = self.sessions[entry["session"]] if "session" in entry else None
        origin = From(Origin.SESSION, session_id, session_id) if session_id else None
        row = lessons.write(
            self._words(entry), self._about(entry), town.organisations[entry["place"]].id, by=by, came_from=origin
        )
        self.lessons[entry["key"]] = row.id
        if "en_title" in entry:
            lessons.translate(row, Language.EN, self._words(entry, "en_"), by=by)
        for tag in entry.get("tags", ()):
            self._tag(row, tag, by)
        lessons.take_step(row, "offer", by=by)
        if "reader" in entry:
            self._read(row, entry, town.actor(entry["reader"]))

    @staticmethod
    def _read(row: Lesson, entry: Entry, reader: Actor) -> None:
        if "held" in entry:
            lessons.hold(row, entry["why"], by=reader)
        else:
            lessons.approve(row, by=reader)

    def _tag(self, row: Lesson, word: str, by: Actor) -> None:
        tag = tagging.propose(row, word, by=by)
        if word not in self.waiting and word not in self.accepted:
            self.accepted.add(word)
            tagging.accept(tag, by=self.town.actor("wout"))

    @staticmethod
    def _words(entry: Entry, prefix: str = "") -> Words:
        return Words(**{name: entry.get(prefix + name, "") for name in TEXTS})

    @staticmethod
    def _about(entry: Entry) -> About:
        return About(
            kind=LessonKind(entry.get("kind", "keep")),
            side=Side(entry["side"]),
            bs=(B(entry["b"]),),
            strategies=(Strategy(entry["strategy"]),),
            source=entry.get("source", "Lerend netwerk Elsterveer"),
            year=clock.today().year,
            review_on=clock.today() + REVIEW_AFTER,
        )

    def _used(self, entry: Entry, used: Entry) -> None:
        """It was linked to an action or a barrier of the plan, or to a decision."""
        lesson, by, title = (Link.LESSON, self.lessons[entry["key"]]), self.town.actor("tine"), used["in"]
        decision = db.session.scalar(select(Decision.id).where(Decision.statement == title))
        decided = meetings.decision(decision) if decision else None
        if decided is not None:
            linking.use_in(decided, lesson, by=by)
            return
        part = union(
            select(ActionItem.id).where(ActionItem.title == title, ActionItem.plan_id.is_not(None)),
            select(Barrier.id).where(Barrier.words == title),
        )
        knot = neighbours.knot(db.session.scalars(part).one())
        if knot is None:
            raise LookupError(title)
        linking.link(knot, *lesson, by=by)

    def _tried(self, entry: Entry, tried: Entry) -> None:
        lesson = log.lesson(self.lessons[entry["key"]])
        if lesson is None:
            raise LookupError(entry["key"])
        saw = Saw(Helped(tried["helped"]), tried["same"], tried["different"])
        trying.say(lesson, self.town.organisations[tried["at"]].id, saw, by=self.town.actor(tried["by"]))

    def _follow(self, entry: Entry) -> None:
        following_searches.follow(asked.of(entry), by=self.town.actor(entry["who"]))

    def _hear(self, entry: Entry) -> None:
        following_searches.hear(asked.of(entry), by=self.town.actor(entry["who"]))

    def _flag(self, entry: Entry, said: Entry) -> None:
        """Somebody thought that a lesson breaks a rule; perhaps it was decided the same day."""
        rules = ruling.begin(house_words.first_rules())
        by = self.town.actor(said["by"])
        flag = flagging.flag(Flagged.LESSON, self.lessons[entry["key"]], rules[said["rule"]], said["words"], by=by)
        if "outcome" in said:
            decides = self.town.actor(said["decided_by"])
            flagging.decide(flag, FlagOutcome(said["outcome"]), said["why"], by=decides)

"""A year of meetings of Elsterveer's working groups, told at the moments when they happened: what was brought, who was
there, what was written down and decided, and how the actions went on between one meeting and the next.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from seeds import writing
from seeds.reading import moment, read
from seeds.town import Town
from seeds.year import EVENING, Year
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.models import WorkingGroup
from webapp.meetings import actions, agenda, minutes, settling
from webapp.meetings.actions import Moment
from webapp.meetings.agenda import About
from webapp.meetings.codes import Coming, Told, Wish
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Meeting, Topic
from webapp.meetings.settling import Closing
from webapp.vocabulary.days import Weekday

BEFOREHAND = timedelta(days=14)
"""How long before a meeting it was planned, when nothing else is said."""
ANSWERED_AFTER = timedelta(days=3)
DAYS = tuple(Weekday)


def tell(town: Town) -> None:
    """Let the groups meet, one meeting after the other, and bring the topics that wait."""
    rhythms = {entry["key"]: entry["meets"] for entry in read("groups")}
    year = Assemblies(town)
    for entry in sorted(read("meetings"), key=lambda entry: entry["on"]):
        if "chosen" in entry:
            year.go_on_with(entry)
        else:
            year.meet(entry, when(town, entry, rhythms[entry["group"]]))
    year.go_on(moment(town.today, time()))
    for entry in read("groups"):
        for waiting in entry.get("topic", ()):
            year.bring(town.groups[entry["key"]], waiting, moment(town.day(waiting["on"]), EVENING))


def when(town: Town, entry: dict[str, Any], rhythm: dict[str, str]) -> Moment:
    """The day of the week on which a group meets: the last one in the past, the first one in what comes."""
    day = nearest(town.day(entry["on"]), Weekday(rhythm["on"]), back=entry["on"] < 0)
    begins, ends = (moment(day, time.fromisoformat(rhythm[end])) for end in ("from", "until"))
    return Moment(begins, ends, entry["place"], title=entry.get("title", ""))


def nearest(day: date, weekday: Weekday, *, back: bool) -> date:
    """This day, or the nearest one before it (or after it) that is such a day of the week."""
    ahead = (DAYS.index(weekday) - day.weekday()) % 7
    return day + timedelta(days=ahead - 7 if back and ahead else ahead)


class Assemblies(Year):
    """The meetings of a year, one after the other."""

    def meet(self, entry: dict[str, Any], on: Moment) -> None:
        """Tell a meeting from its plan to its minutes, as far as it came."""
        group = self.town.groups[entry["group"]]
        planned = self._planned(entry, on)
        self.go_on(planned)
        meeting = self._plan(group, entry, on, planned)
        topics = self._prepare(group, entry, meeting, planned)
        if entry["on"] < 0:
            self.go_on(on.starts_at)
            self._hold(group, entry, meeting, topics)

    def go_on_with(self, entry: dict[str, Any]) -> None:
        """Tell how a group prepares a meeting that a date poll made."""
        group = self.town.groups[entry["group"]]
        made = select(Meeting).where(Meeting.group_id == group.id, Meeting.status == MeetingStatus.ANNOUNCED)
        self._prepare(group, entry, db.session.scalars(made).one(), moment(self.town.day(entry["chosen"]), EVENING))

    def _prepare(self, group: WorkingGroup, entry: dict[str, Any], meeting: Meeting, at: datetime) -> list[Topic]:
        topics = [self.bring(group, topic, at, meeting) for topic in entry["topic"]]
        self._answer(group, entry, meeting, at + ANSWERED_AFTER)
        return topics

    def _planned(self, entry: dict[str, Any], on: Moment) -> datetime:
        ahead = entry.get("announced", entry.get("planned"))
        day = on.starts_at.date() - BEFOREHAND if ahead is None else self.town.day(ahead)
        return moment(day, EVENING)

    def _plan(self, group: WorkingGroup, entry: dict[str, Any], on: Moment, planned: datetime) -> Meeting:
        by = entry["by"]
        with self.at(group, planned):
            meeting = actions.plan(group, on, by=self.town.actor(by))
            if "planned" not in entry:
                actions.announce(meeting, Told.MEMBERS, by=self.town.actor(by))
        return meeting

    def bring(self, group: WorkingGroup, entry: dict[str, Any], at: datetime, meeting: Meeting | None = None) -> Topic:
        """Bring a topic, or put on the agenda what it is time to look back at."""
        with self.at(group, at):
            if "review_of" in entry:
                return self._look_back(entry, meeting)
            about = About(entry["title"], Wish(entry.get("wish", "talk")), entry["minutes"])
            return agenda.add(group, about, meeting, by=self.town.actor(entry.get("by") or entry["who"]))

    def _look_back(self, entry: dict[str, Any], meeting: Meeting | None) -> Topic:
        decision = self.decisions[entry["review_of"]]
        topic = db.session.scalars(select(Topic).where(Topic.decision_id == decision.id)).one()
        if meeting:
            leading = self.town.actor("tine")
            agenda.put_on(topic, meeting, by=leading)
            agenda.edit(topic, About(topic.title, topic.wish, entry["minutes"]), by=leading)
        return topic

    def _answer(self, group: WorkingGroup, entry: dict[str, Any], meeting: Meeting, at: datetime) -> None:
        said = [(who, Coming.YES) for who in entry.get("there", ())]
        said += [(who, one) for one in Coming for who in entry.get(one, ())]
        with self.at(group, at):
            for who, coming in said:
                actions.answer(meeting, coming, by=self.town.actor(who))

    def _hold(self, group: WorkingGroup, entry: dict[str, Any], meeting: Meeting, topics: list[Topic]) -> None:
        """The evening itself, one topic after the other, until it is closed."""
        now, by = clock.local(meeting.starts_at), entry["by"]
        with self.at(group, now):
            settling.begin(meeting, by=self.town.actor(by))
            for who in entry["there"]:
                minutes.tick(meeting, self.town.people[who], is_present=True, by=self.town.actor(by))
        for topic, said in zip(topics, entry["topic"], strict=True):
            if not said.get("left"):
                now = self._talk(group, topic, said, now, by)
        with self.at(group, max(now, clock.local(meeting.ends_at))):
            closing = Closing(entry["summary"].strip(), Told.MEMBERS, entry.get("heads"))
            settling.close(meeting, closing, by=self.town.actor(by))

    def _talk(self, group: WorkingGroup, topic: Topic, said: dict[str, Any], now: datetime, by: str) -> datetime:
        """Talk about a topic, and write its lines down one after the other; when it was talked out."""
        with self.at(group, now):
            minutes.take_up(topic, by=self.town.actor(by))
        took = timedelta(minutes=said["took"])
        for number, line in enumerate(said["lines"], start=1):
            with self.at(group, now + took * number / (len(said["lines"]) + 1)):
                writing.write(self, topic, line, by)
        with self.at(group, now + took):
            minutes.finish(topic, by=self.town.actor(by))
        return now + took

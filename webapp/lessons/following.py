"""Following another town: the switch, adding a town, taking its lessons in, and stopping.

Its lessons are shown as theirs and are never changed here. What this network decided about one (held back, folded)
stands, whatever the feed says later; what its own town takes back goes here too.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.fetching import NotFetched, may_be_open, place
from webapp.lessons import index, towns
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import TEXTS, Lesson, OtherTown
from webapp.lessons.reading import Entry, Feed
from webapp.lessons.use_models import FollowSwitch
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

MOST_TOWNS = 50
MOST_LESSONS = 2000
"""So many lessons are taken from one town; what comes after is left there."""

EVERY = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=1)
SILENT_FOR = timedelta(days=30)
"""After so long without its feed, nobody knows whether the lessons of a town still hold: they go."""
SAID = (*TEXTS, "kind", "side", "bs", "strategies", "source", "year")


def switch_on(*, by: Actor) -> None:
    """From now on the feeds of other towns are read."""
    require(by, Can.FOLLOW_TOWNS)
    if towns.switch() is None:
        db.session.add(FollowSwitch(id=1, began_at=clock.now(), began_by_id=by.person_id))
        db.session.flush()


def switch_off(*, by: Actor) -> None:
    """From now on nothing is fetched. What came before stays until somebody stops following its town."""
    require(by, Can.FOLLOW_TOWNS)
    row = towns.switch()
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def follow(name: str, url: str, *, by: Actor, near: bool = False) -> OtherTown:
    """Follow a town. The worker reads its feed in a moment."""
    require(by, Can.FOLLOW_TOWNS)
    if towns.switch() is None:
        raise Conflict()
    try:
        host = place(url, near=near).host
    except NotFetched as error:
        raise Invalid({"feed": "no_feed_address"}) from error
    if not near and not may_be_open(host):
        raise Invalid({"feed": "private_feed"})
    if towns.at(url) is not None:
        raise Invalid({"feed": "known_town"})
    if towns.number() >= MOST_TOWNS:
        raise Invalid({"feed": "many_towns"})
    row = OtherTown(name=name, feed=url, added_by_id=by.person_id, next_at=clock.now())
    db.session.add(row)
    db.session.flush()
    history.record("town", row.id, "follow", by=by)
    return row


def look_again(town: OtherTown, *, by: Actor) -> None:
    """Read the feed once more, whatever went wrong before."""
    require(by, Can.FOLLOW_TOWNS, town)
    if towns.switch() is None:
        raise Conflict()
    town.fault, town.faults, town.etag, town.next_at = "", 0, "", clock.now()
    db.session.flush()


def stop(town: OtherTown, *, by: Actor) -> None:
    """Follow it no longer: its lessons go from the log, with what was said of them here."""
    require(by, Can.FOLLOW_TOWNS, town)
    history.record("town", town.id, "stop", by=by)
    db.session.flush()
    db.session.execute(delete(OtherTown).where(OtherTown.id == town.id))
    db.session.expunge(town)
    index.forget_what_went()


def came(town: OtherTown, etag: str, feed: Feed | None) -> None:
    """The feed was read; without a feed nothing changed since the last time."""
    town.fetched_at, town.fault, town.faults = clock.now(), "", 0
    town.next_at = clock.now() + EVERY
    if feed is not None:
        town.etag = etag
        _take_in(town, feed)
    db.session.flush()


def failed(town: OtherTown, fault: str) -> None:
    """The feed was not read. It is asked again, ever less often; a town that is silent for long loses its lessons
    here."""
    town.fault, town.faults, town.etag = fault, town.faults + 1, ""
    town.next_at = clock.now() + min(LONGEST_WAIT, EVERY * 2 ** min(town.faults - 1, 10))
    if town.fetched_at is not None and town.fetched_at < clock.now() - SILENT_FOR:
        for lesson in towns.lessons_of(town.id).values():
            _take_away(lesson)
    db.session.flush()


def _take_in(town: OtherTown, feed: Feed) -> None:
    known = towns.lessons_of(town.id)
    told = {entry.address for entry in feed.entries}
    for address in [one for one, lesson in known.items() if one not in told and _was_taken_back(lesson, feed)]:
        _take_away(known.pop(address))
    room = MOST_LESSONS - len(known)
    for entry in feed.entries:
        lesson = known.get(entry.address)
        if lesson is None and room > 0:
            lesson = Lesson(town_id=town.id, address=entry.address, published_at=entry.published_at or clock.now())
            lesson.status = LessonStatus.PUBLISHED
            room -= 1
        if lesson is not None and lesson.status is not LessonStatus.HELD:
            _say(lesson, entry, _link(entry, town))


def _say(lesson: Lesson, entry: Entry, link: str) -> None:
    """Let a lesson say what its town says now. One that no longer holds, there or here, stays so."""
    wanted: dict[str, Any] = {name: getattr(entry, name) for name in SAID} | {"link": link}
    if entry.is_outdated and lesson.status is not LessonStatus.OUTDATED:
        wanted |= {"status": LessonStatus.OUTDATED, "outdated_because": entry.outdated_because}
    changed = {name: value for name, value in wanted.items() if getattr(lesson, name) != value}
    for name, value in changed.items():
        setattr(lesson, name, value)
    if changed:
        db.session.add(lesson)
        db.session.flush()
        index.put(lesson)


def _link(entry: Entry, town: OtherTown) -> str:
    """Where everybody reads it: on https, at the town itself, or nowhere."""
    try:
        there = place(entry.link)
        is_theirs = there.host == place(town.feed, near=True).host and len(entry.link) <= 500 and entry.link.isascii()
    except NotFetched:
        return ""
    return entry.link if is_theirs else ""


def _was_taken_back(lesson: Lesson, feed: Feed) -> bool:
    """Whether a lesson that a feed no longer holds should still be in it: the feed says it is whole, or holds older
    ones."""
    oldest = min((one.changed_at for one in feed.entries if one.changed_at), default=None)
    return feed.is_whole or (oldest is not None and lesson.published_at is not None and lesson.published_at > oldest)


def _take_away(lesson: Lesson) -> None:
    """What its town took back goes. One that we hide ourselves stays hidden, so that it can't come back in."""
    if lesson.is_out:
        index.take_out(lesson)
        db.session.delete(lesson)
        db.session.flush()

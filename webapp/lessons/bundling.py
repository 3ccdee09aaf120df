"""Making a booklet: putting lessons in it, their order, its title and foreword. A booklet is of one person alone."""

import uuid
from collections.abc import Iterable

from sqlalchemy import delete

from webapp.core import clock, order
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.core.versions import expect
from webapp.lessons import booklets
from webapp.lessons.use_models import Booklet, BookletLesson
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

MOST_BOOKLETS = 30


def start(title: str, *, by: Actor) -> Booklet:
    """Begin a booklet; from now on it is the one at hand."""
    require(by, Can.MAKE_BOOKLET)
    if by.person_id is None:
        raise NotAllowed(Can.MAKE_BOOKLET)
    if len(booklets.own(by.person_id)) >= MOST_BOOKLETS:
        raise Invalid({"title": "many_booklets"})
    row = Booklet(person_id=by.person_id, title=title, created_at=clock.now(), chosen_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row


def take_up(booklet: Booklet, *, by: Actor) -> None:
    """Go on with this booklet: lessons go in it from now on."""
    require(by, Can.KEEP_BOOKLET, booklet)
    booklet.chosen_at = clock.now()
    db.session.flush()


def write(booklet: Booklet, title: str, foreword: str, *, by: Actor, version: int | None = None) -> None:
    """What stands on its cover, and before the lessons."""
    require(by, Can.KEEP_BOOKLET, booklet)
    expect(booklet, version)
    booklet.title, booklet.foreword = title, foreword
    db.session.flush()


def put_in_hand(lesson_id: uuid.UUID, title: str, *, by: Actor) -> Booklet:
    """Put a lesson in the booklet at hand; whoever has none begins one with this title."""
    require(by, Can.MAKE_BOOKLET)
    if by.person_id is None or lesson_id not in booklets.that_fit([lesson_id]):
        raise Conflict()
    booklet = booklets.at_hand(by.person_id) or start(title, by=by)
    put_in(booklet, [lesson_id], by=by)
    return booklet


def put_in(booklet: Booklet, lesson_ids: Iterable[uuid.UUID], *, by: Actor) -> int:
    """Put lessons at the end, those that stand in it already stay where they are; how many are new in it."""
    require(by, Can.KEEP_BOOKLET, booklet)
    known = booklets.places(booklet.id)
    there = {place.lesson_id for place in known}
    wanted = [one for one in dict.fromkeys(lesson_ids) if one not in there]
    fitting = booklets.that_fit(wanted)
    fresh = [one for one in wanted if one in fitting]
    if len(known) + len(fresh) > booklets.MOST_LESSONS:
        raise Invalid({"lesson": "booklet_full"})
    last = max((place.position for place in known), default=0)
    for number, lesson_id in enumerate(fresh, start=last + 1):
        db.session.add(BookletLesson(booklet_id=booklet.id, lesson_id=lesson_id, position=number))
    db.session.flush()
    return len(fresh)


def take_out(booklet: Booklet, lesson_id: uuid.UUID, *, by: Actor) -> None:
    """Take a lesson out."""
    require(by, Can.KEEP_BOOKLET, booklet)
    db.session.execute(
        delete(BookletLesson).where(BookletLesson.booklet_id == booklet.id, BookletLesson.lesson_id == lesson_id)
    )


def move(booklet: Booklet, lesson_id: uuid.UUID, places: int, *, by: Actor) -> None:
    """Let a lesson go one place up (-1) or down (1); at either end it stays. What does not show is passed by."""
    shown = _shown(booklet)
    if lesson_id not in shown:
        raise Conflict()
    arrange(booklet, order.shifted(shown, lesson_id, places), by=by)


def arrange(booklet: Booklet, wanted: order.Ids, *, by: Actor) -> None:
    """Put the lessons in this order; what does not show now comes after."""
    require(by, Can.KEEP_BOOKLET, booklet)
    numbers = {one: number for number, one in enumerate(order.arranged(_shown(booklet), wanted), start=1)}
    for place in booklets.places(booklet.id):
        place.position = numbers.get(place.lesson_id, len(numbers) + 1)
    db.session.flush()


def _shown(booklet: Booklet) -> list[uuid.UUID]:
    return [row.id for row in booklets.lines(booklet.id)]


def throw_away(booklet: Booklet, *, by: Actor) -> None:
    """The booklet goes; the lessons stay in the log."""
    require(by, Can.KEEP_BOOKLET, booklet)
    db.session.execute(delete(BookletLesson).where(BookletLesson.booklet_id == booklet.id))
    db.session.delete(booklet)
    db.session.flush()

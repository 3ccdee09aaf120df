"""What a group sets itself to do: writing it down, giving it to somebody, moving it on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.sweeps import sweep
from webapp.core.versions import expect
from webapp.groups import items, owning, reminding
from webapp.groups.lifecycle import FOUR_WORDS, ITEM, WAITING_FOR_HANDS, ItemStatus
from webapp.groups.models import ActionItem, ActionNote, WorkingGroup
from webapp.groups.owning import Owner
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import CLOCK, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an action says."""

    title: str
    owner: Owner | None = None
    due_on: date | None = None


def add(group: WorkingGroup, wanted: Wanted, *, by: Actor) -> ActionItem:
    """Write an action down; without an owner it waits for one, in sight of everybody in the group."""
    require(by, Can.TAKE_PART, group)
    row = ActionItem(group_id=group.id, title=wanted.title, created_at=clock.now(), moved_at=clock.now())
    set_committed_value(row, "group", group)
    _give(row, wanted.owner)
    row.due_on = wanted.due_on
    db.session.add(row)
    db.session.flush()
    tell_who_carries(row, by)
    reminding.arm(row)
    history.record("action", row.id, "add", by=by, after=row.status)
    return row


def edit(item: ActionItem, wanted: Wanted, *, by: Actor, version: int | None = None) -> None:
    """Change the words, who carries it, or the day it is due."""
    require(by, Can.TAKE_PART, item.group)
    if item.plan_id:
        raise Invalid({"title": "stands_in_plan"})
    expect(item, version)
    day, owner = item.due_on, owning.of(item)
    item.title, item.due_on = wanted.title, wanted.due_on
    if wanted.owner != owner:
        _give(item, wanted.owner)
        tell_who_carries(item, by)
    db.session.flush()
    if (day, owner) != (item.due_on, wanted.owner):
        reminding.arm(item)
    history.record("action", item.id, "edit", by=by)


def _give(item: ActionItem, owner: Owner | None) -> None:
    """Say who carries it: one that the group offers."""
    if owner and owner not in (one.to for one in owning.offered(item.group)):
        raise Invalid({"owner": "sits_not_here"})
    owner = owner or Owner()
    item.owner_organisation_id, item.owner_id = owner.organisation_id, owner.person_id
    item.owner_function = owner.function
    item.holder_ids = owning.holders(item)


def tell_who_carries(item: ActionItem, by: Actor) -> None:
    """Whoever carries it in person or by their seat hears of it; not who gave it to themselves."""
    if item.owner_id or item.holder_ids:
        notify(sorted(item.carrier_ids - {by.person_id}), NoticeKind.ACTION_GIVEN, item.id)


A_WEEK = timedelta(days=7)

Hear = Callable[[ActionItem, Mapping[str, Any], str, Actor], None]
_hearing: list[Hear] = []


def hears_changes(hear: Hear) -> Hear:
    """Register what an area above does when who carries an action answers its reminder: what it said before, and why it
    changed."""
    _hearing.append(hear)
    return hear


def _tell_above(item: ActionItem, was: Mapping[str, Any], why: str, by: Actor) -> None:
    for hear in _hearing:
        hear(item, was, why, by)


STEPS = {
    ItemStatus.MOVING: ("reopen", "begin"),
    ItemStatus.STUCK: ("get_stuck",),
    ItemStatus.DONE: ("finish",),
    ItemStatus.TO_START: ("plan",),
    ItemStatus.DROPPED: ("drop",),
    ItemStatus.SEED: ("sow",),
}


@cache
def ways_on(status: ItemStatus) -> tuple[ItemStatus, ...]:
    """Where an action may stand next, in a plan too."""
    return tuple(to for to in ItemStatus if any(ITEM.allows(one, status) for one in STEPS[to]))


def move(item: ActionItem, status: ItemStatus, words: str = "", *, by: Actor, version: int | None = None) -> None:
    """Say where an action stands now, perhaps with a few words. Saying where it stands already only adds the words."""
    require(by, Can.ANSWER_ACTION, item)
    begins_again = status is ItemStatus.TO_START and status is not item.status
    if status not in FOUR_WORDS or begins_again:
        raise Conflict()
    move_on(item, status, words, by=by, version=version)


def move_on(item: ActionItem, status: ItemStatus, words: str = "", *, by: Actor, version: int | None = None) -> None:
    """The same for whoever asked for the right already; in a plan an action may also be dropped, or become a seed."""
    expect(item, version)
    before = item.status
    if status is not before:
        step = next((one for one in STEPS.get(status, ()) if ITEM.allows(one, before)), "")
        if not step:
            raise Conflict()
        history.take_step("action", item, ITEM, step, by=by)
    elif not words:
        return
    now, was_waiting = clock.now(), before in WAITING_FOR_HANDS
    item.done_at = (item.done_at or now) if item.status is ItemStatus.DONE else None
    _say(item, words, by)
    if not was_waiting:
        reminding.arm(item)
    else:
        reminding.acted(item)


def put_off(item: ActionItem, words: str = "", *, by: Actor, version: int | None = None) -> None:
    """An action takes a week more, counted from its day or from today when that has passed."""
    require(by, Can.ANSWER_ACTION, item)
    _expect_open(item, version)
    before = item.due_on
    today = clock.today()
    item.due_on = max(before or today, today, item.starts_on or today) + A_WEEK
    _say(item, words, by)
    history.record("action", item.id, "put_off", by=by, before=_day(before), after=_day(item.due_on))
    reminding.arm(item)
    _tell_above(item, {"due_on": before}, words, by)


def let_go(item: ActionItem, words: str = "", why: str = "", *, by: Actor, version: int | None = None) -> None:
    """Whoever carries an action cannot do it: it waits for somebody else, and whoever leads the group hears of it. The
    `words` stay in the group; `why` is what everybody may read who hears of it."""
    require(by, Can.ANSWER_ACTION, item)
    _expect_open(item, version)
    was = {name: getattr(item, name) for name in ("owner_organisation_id", "owner_function", "owner_id")}
    _give(item, None)
    _say(item, words, by)
    history.record("action", item.id, "let_go", by=by)
    _tell_above(item, was, why or words, by)
    tell_it_is_free(item.group, by)


@sweep
def free_what_was_left() -> None:
    """What somebody carried in their own name waits for somebody else once they sit in the group no more."""
    for item in items.left_behind():
        _give(item, None)
        history.record("action", item.id, "let_go", by=CLOCK)
        tell_it_is_free(item.group, CLOCK)
    db.session.flush()


def tell_it_is_free(group: WorkingGroup, by: Actor) -> None:
    """An action looks for somebody: whoever leads the group hears of it."""
    notify(sorted(group.hearing_ids - {by.person_id}), NoticeKind.ACTION_FREE, group.id)


def _say(item: ActionItem, words: str, by: Actor) -> None:
    item.moved_at = clock.now()
    note = ActionNote(item_id=item.id, at=item.moved_at, person_id=by.person_id, status=item.status, words=words)
    db.session.add(note)
    db.session.flush()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _expect_open(item: ActionItem, version: int | None) -> None:
    expect(item, version)
    if item.status not in WAITING_FOR_HANDS:
        raise Conflict()

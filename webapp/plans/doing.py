"""What a plan does: adding an action or proposing one, adjusting it with a reason, saying where it stands."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.groups import carrying, items, owning, reminding
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner
from webapp.plans import story
from webapp.plans.codes import Part
from webapp.plans.models import Goal, Plan
from webapp.plans.queries import Planned
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import STRATEGY_TRAITS, Strategy


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an action of a plan says. Its side is that of its strategy unless it says otherwise."""

    title: str
    strategy: Strategy
    side: Side | None = None
    bs: tuple[B, ...] = ()
    owner: Owner | None = None
    goal_id: uuid.UUID | None = None
    starts_on: date | None = None
    due_on: date | None = None
    enough_for: str = ""
    not_yet_for: str = ""

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the action, by their names."""
        owner = self.owner or Owner()
        group = {"group_id": owner.group_id} if owner.group_id else {}
        return group | {
            "title": self.title,
            "strategy": self.strategy,
            "side": self.side or STRATEGY_TRAITS[self.strategy].side,
            "bs": self.bs,
            "owner_organisation_id": owner.organisation_id,
            "owner_function": owner.function,
            "owner_id": owner.person_id,
            "goal_id": self.goal_id,
            "starts_on": self.starts_on,
            "due_on": self.due_on,
            "enough_for": self.enough_for,
            "not_yet_for": self.not_yet_for,
        }


def add(plan: Plan, wanted: Wanted, *, by: Actor) -> ActionItem:
    """Put an action in a plan. From somebody who does not carry the plan it is a proposal, and begins as a seed."""
    require(by, Can.PROPOSE_ACTION, plan)
    _check(plan, wanted)
    steers = can(by, Can.STEER_PLAN, plan)
    fields = {"group_id": plan.group_id, "plan_id": plan.id, "created_at": clock.now(), "moved_at": clock.now()}
    row = ActionItem(status=ItemStatus.TO_START if steers else ItemStatus.SEED, **fields | wanted.fields)
    db.session.add(row)
    db.session.flush()
    reminding.arm(row)
    if steers:
        _tell_who_carries(row, by)
    history.record("action", row.id, "add" if steers else "propose", by=by, after=row.status)
    return row


def adjust(planned: Planned, wanted: Wanted, why: story.Reason, *, by: Actor, version: int | None = None) -> None:
    """Say anew what an action is; what it said before stays readable, with the reason."""
    require(by, Can.DO_PLANNED, planned)
    item = planned.item
    expect(item, version)
    _check(planned.plan, wanted)
    day, owner = item.due_on, owning.of(item)
    story.adjust(about(planned), item, wanted.fields, why, by=by)
    db.session.flush()
    if day != item.due_on or owner != owning.of(item):
        reminding.arm(item)
    if owner != owning.of(item) and item.status is not ItemStatus.SEED:
        _tell_who_carries(item, by)


def _tell_who_carries(item: ActionItem, by: Actor) -> None:
    db.session.refresh(item)
    found = items.item(item.id)
    if found:
        carrying.tell_who_carries(found, by)


def move(planned: Planned, status: ItemStatus, words: str = "", *, by: Actor, version: int | None = None) -> None:
    """Say where an action stands. Whoever drops one says what was learned: that is a result too."""
    require(by, Can.DO_PLANNED, planned)
    before = planned.item.status
    if status in STORY and before is not status and not words.strip():
        raise Invalid({"words": "learned_needed" if status is ItemStatus.DROPPED else "why_needed"})
    if status is ItemStatus.DROPPED:
        planned.item.learned = words.strip() or planned.item.learned
    carrying.move_on(planned.item, status, words.strip(), by=by, version=version)
    if status in STORY and before is not status:
        was, became = {"status": before.value}, {"status": status.value}
        story.tell(about(planned), was, became, words, by=by)


STORY = (ItemStatus.DROPPED, ItemStatus.SEED)
"""Moves that change the plan itself, and so need a reason."""


def about(planned: Planned) -> story.About:
    """What an adjustment of an action is about."""
    return story.About(planned.plan, Part.ACTION, planned.item.id, planned.item.title)


@carrying.hears_changes
def tell_what_was_answered(item: ActionItem, was: Mapping[str, Any], why: str, by: Actor) -> None:
    """An answer to a reminder changed an action: when it stands in a plan, the story of that tells it too."""
    if item.plan_id is None:
        return
    changed = {name: value for name, value in was.items() if getattr(item, name) != value}
    before = {name: story.plain(value) for name, value in changed.items()}
    after = {name: story.plain(getattr(item, name)) for name in changed}
    story.tell(about(Planned(item, db.session.get_one(Plan, item.plan_id))), before, after, why, by=by)


def _check(plan: Plan, wanted: Wanted) -> None:
    if wanted.owner and not owning.can_own(wanted.owner):
        raise Invalid({"owner": "not_clear_who"})
    if wanted.starts_on and wanted.due_on and wanted.due_on < wanted.starts_on:
        raise Invalid({"due_on": "due_before_start"})
    goal = db.session.get(Goal, wanted.goal_id) if wanted.goal_id else None
    if wanted.goal_id and (goal is None or goal.plan_id != plan.id):
        raise Invalid({"goal": "no_such_goal"})

"""An action plan by the number: goals, and actions on the organisations of a town, wherever they stand."""

from collections.abc import Iterator
from datetime import timedelta

from seeds.generated import Generated, Row
from webapp.core.db import Base
from webapp.groups.codes import GroupRole, Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, Membership, WorkingGroup
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.models import Goal, Plan
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import STRATEGY_TRAITS, Strategy

GOALS = 6
PARTNERS = 300
"""A plan is carried by at most so many organisations, however large the town."""
STAND = tuple(ItemStatus)
EACH = len(Strategy) * len(STAND)
"""Under every strategy an action of every standing; as many stand in a row for one goal."""


def plan(town: Generated, actions: int) -> Iterator[tuple[type[Base], Row]]:
    """A plan of two years with so many actions, carried by a group of its own."""
    made_at = town.moment(-400, -390)
    group = {
        "id": town.new_id(), "name": "Werkgroep Plan", "purpose": "Zorgt voor het plan.", "rhythm": "", "icon": "users",
        "visibility": Visibility.OPEN, "is_about_integrity": False, "created_at": made_at, "version": 1,
    }  # fmt: skip
    yield WorkingGroup, group
    person_id, place_id = town.guides[0]
    seat = {"id": town.new_id(), "group_id": group["id"], "person_id": person_id, "organisation_id": place_id}
    yield Membership, seat | {"role": GroupRole.CHAIR, "begins_on": town.day(-300, -200), "ends_on": None}
    made = {
        "id": town.new_id(), "group_id": group["id"], "title": "Dichter bij elkaar", "about": "Iedereen kan kiezen.",
        "status": PlanStatus.CURRENT, "begins_on": town.today - timedelta(days=365),
        "ends_on": town.today + timedelta(days=365), "created_at": made_at, "version": 1,
    }  # fmt: skip
    yield Plan, made
    goals = [town.new_id() for _ in range(GOALS)]
    for position, goal_id in enumerate(goals):
        words = {"title": f"Teken {position + 1}", "sign": "We merken het aan wie blijft.", "number": ""}
        yield Goal, words | {"id": goal_id, "plan_id": made["id"], "position": position, "version": 1}
    for number in range(actions):
        yield ActionItem, _action(town, made, number) | {"goal_id": goals[number // EACH % GOALS]}


def _action(town: Generated, plan: Row, number: int) -> Row:
    strategy, status = tuple(Strategy)[number % len(Strategy)], STAND[number // len(Strategy) % len(STAND)]
    moved_at = town.moment(-200, -1)
    partners = town.organisations[:PARTNERS]
    return {
        "id": town.new_id(), "group_id": plan["group_id"], "plan_id": plan["id"], "title": f"Actie {number + 1}",
        "status": status, "owner_organisation_id": partners[number % len(partners)][0],
        "owner_function": None, "owner_id": None, "due_on": town.day(-60, 300), "created_at": moved_at,
        "moved_at": moved_at, "done_at": moved_at if status is ItemStatus.DONE else None, "meeting_id": None,
        "carried": 0, "side": STRATEGY_TRAITS[strategy].side, "strategy": strategy,
        "bs": tuple(town.chance.sample(tuple(B), 2)), "starts_on": None, "enough_for": "", "not_yet_for": "",
        "learned": "", "version": 1,
    }  # fmt: skip

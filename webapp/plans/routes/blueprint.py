"""The blueprint of plans, and how their pages name things."""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l

from webapp.groups import home
from webapp.groups import labels as groups
from webapp.plans import drawing, labels
from webapp.plans.codes import Link, Part
from webapp.plans.models import Plan
from webapp.vocabulary.distances import DISTANCE_LABELS, DISTANCE_TRAITS
from webapp.vocabulary.objectives import OBJECTIVE_LABELS, OBJECTIVE_TRAITS
from webapp.vocabulary.seven_bs import B_ICONS, B_LABELS, B_TRAITS
from webapp.vocabulary.strategies import STRATEGY_LABELS, STRATEGY_TRAITS

bp = Blueprint("plans", __name__)


class Tab(NamedTuple):
    """A way to look at a plan."""

    key: str
    label: Any
    endpoint: str


TABS: tuple[Tab, ...] = (
    Tab("bridge", _l("Bridge"), "plans.span"),
    Tab("board", _l("Board"), "plans.board"),
    Tab("timeline", _l("Timeline"), "plans.timeline_of"),
    Tab("list", _l("List"), "plans.listed"),
    Tab("goals", _l("Goals"), "plans.goals"),
    Tab("barriers", _l("Barriers"), "plans.barriers"),
    Tab("about", _l("About this plan"), "plans.show"),
)
"""In the order in which they stand; the first is where a plan opens."""


def opens_at(plan: Any) -> str:
    """Where a plan opens."""
    return url_for(TABS[0].endpoint, plan_id=plan.id)


def idea_url(plan: Plan, number: int) -> str:
    """Where an action is added to a plan, under the arch of this number."""
    strategy = next((code for code, traits in STRATEGY_TRAITS.items() if traits.number == number), None)
    return url_for("plans.add_action", plan_id=plan.id, strategie=strategy)


def plan_tabs(plan: Plan, here: str) -> Sequence[tuple[str, str, bool, None]]:
    """The tabs of a plan, for the page `here`."""
    return [(str(tab.label), url_for(tab.endpoint, plan_id=plan.id), tab.key == here, None) for tab in TABS]


OWN_PAGES: dict[Link, tuple[str, str]] = {
    Link.BARRIER: ("plans.barrier", "barrier_id"),
    Link.GOAL: ("plans.goal", "goal_id"),
    Link.ACTION: ("plans.action", "item_id"),
    Link.DECISION: ("meetings.decision", "decision_id"),
    Link.LESSON: ("lessons.lesson", "lesson_id"),
}
"""Where each link of the chain is read, by endpoint and the name of its id."""


def link_url(kind: Link, row: Any, plan: Plan | None = None) -> str:
    """Where something in a chain is read: what is known stands on the list of its `plan`."""
    if kind is Link.EVIDENCE and plan:
        return url_for("plans.known", plan_id=plan.id, _anchor=f"weten-{row.id}")
    if kind is Link.TOPIC:
        if row.meeting_id:
            return url_for("meetings.show", meeting_id=row.meeting_id, punt=row.id)
        return url_for("meetings.index", group_id=row.group_id)
    endpoint, name = OWN_PAGES.get(kind, ("", ""))
    return url_for(endpoint, **{name: row.id}) if endpoint else ""


PAGES: dict[Part, tuple[str, str]] = {
    Part.PLAN: ("plans.goals", "plan_id"),
    Part.CHOICE: ("plans.choice", "choice_id"),
    **{Part(link.value): OWN_PAGES[link] for link in (Link.BARRIER, Link.GOAL, Link.ACTION)},
}
"""Where each part of a plan has its page, and the name of its id in that address."""


def page_of(part: Part, thing_id: uuid.UUID) -> str:
    """The page of a part of a plan."""
    endpoint, name = PAGES[part]
    parts: dict[str, Any] = {name: thing_id}
    return url_for(endpoint, **parts)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "plan_tabs": plan_tabs,
        "opens_at": opens_at,
        "Link": Link,
        "idea_url": idea_url,
        "STRATEGY_TRAITS": STRATEGY_TRAITS,
        "B_TRAITS": B_TRAITS,
        "STRATEGY_LABELS": STRATEGY_LABELS,
        "stands": drawing.stands,
        "folded_names": drawing.names,
        "more_words": drawing.more_words,
        "page_of": page_of,
        "DISTANCE_LABELS": DISTANCE_LABELS,
        "DISTANCE_SIDES": {code: traits.side for code, traits in DISTANCE_TRAITS.items()},
        "OBJECTIVE_LABELS": OBJECTIVE_LABELS,
        "OBJECTIVE_SIDES": {code: traits.side for code, traits in OBJECTIVE_TRAITS.items()},
        "B_LABELS": B_LABELS,
        "B_ICONS": B_ICONS,
        "KIND_LABELS": labels.KIND_LABELS,
        "KIND_ICONS": labels.KIND_ICONS,
        "SHARED_LABELS": labels.SHARED_LABELS,
        "GROWTH_LABELS": labels.GROWTH_LABELS,
        "GROWTH_ICONS": labels.GROWTH_ICONS,
        "PART_LABELS": labels.PART_LABELS,
        "VOICE_LABELS": labels.VOICE_LABELS,
        "LINK_LABELS": labels.LINK_LABELS,
        "LINK_ICONS": labels.LINK_ICONS,
        "link_url": link_url,
        "SIDES": labels.SIDES,
        "SIDE_ICONS": labels.SIDE_ICONS,
        "SIDE_TAGS": labels.SIDE_TAGS,
        "LANE_LABELS": labels.LANE_LABELS,
        "LANE_ICONS": labels.LANE_ICONS,
        "side_of": home.side_of,
        "doer_words": labels.doer_words,
        "doer_name": labels.owned_by,
        "PLAN_STATUS_LABELS": labels.STATUS_LABELS,
        "ITEM_LABELS": groups.ITEM_LABELS,
        "ITEM_TAGS": groups.ITEM_TAGS,
        "ITEM_ICONS": groups.ITEM_ICONS,
        "due_words": groups.due_words,
        "owner_of": groups.owner_of,
        "look_back_words": labels.look_back_words,
        "coming_words": labels.coming_words,
        "coming_way": labels.coming_way,
        "seen_words": labels.seen_words,
        "some": labels.some,
    }

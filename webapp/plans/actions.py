"""Starting a plan, saying what it is about, rounding it off."""

import uuid
from dataclasses import dataclass
from datetime import date

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.plans import queries, story
from webapp.plans.codes import Part
from webapp.plans.lifecycle import PLAN, PlanStatus
from webapp.plans.models import Plan
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require


@dataclass(frozen=True, slots=True)
class AboutPlan:
    """What a plan says of itself."""

    title: str
    about: str
    begins_on: date
    ends_on: date


def start(about: AboutPlan, group_id: uuid.UUID, *, by: Actor) -> Plan:
    """Start a plan, carried by a group that is no secret. Whoever starts it need not sit there."""
    require(by, Can.START_PLAN)
    group = groups.group(group_id)
    if group is None or group.visibility is Visibility.CONFIDENTIAL or not can(by, Can.SEE_GROUP, group):
        raise Invalid({"group": "no_such_group"})
    _check_days(about)
    row = Plan(
        group_id=group.id, title=about.title, about=about.about, begins_on=about.begins_on, ends_on=about.ends_on,
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    history.record("plan", row.id, "start", by=by, after=row.status)
    return queries.with_group(row)


def adjust(plan: Plan, about: AboutPlan, why: story.Reason, *, by: Actor, version: int | None = None) -> None:
    """Say anew what a plan is about, or until when it runs; with a reason."""
    require(by, Can.STEER_PLAN, plan)
    expect(plan, version)
    _check_days(about)
    fields = {"title": about.title, "about": about.about, "begins_on": about.begins_on, "ends_on": about.ends_on}
    story.adjust(story.About(plan, Part.PLAN, plan.id, plan.title), plan, fields, why, by=by)
    db.session.flush()


def _check_days(about: AboutPlan) -> None:
    if about.ends_on < about.begins_on:
        raise Invalid({"ends_on": "ends_before_begin"})


def take_step(plan: Plan, step: str, why: str, *, by: Actor) -> None:
    """Round a plan off, or go on with it after all; with a reason."""
    require(by, Can.ROUND_OFF_PLAN, plan)
    before, after = plan.status, PlanStatus(PLAN.after(step, plan.status))
    story.adjust(story.About(plan, Part.PLAN, plan.id, plan.title), plan, {"status": after}, why, by=by)
    history.record("plan", plan.id, step, by=by, before=before, after=after)
    db.session.flush()

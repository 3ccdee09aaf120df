"""Reading what a plan chose, the signs of change it looks for, what was seen of them, and who was listened to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, literal_column, select

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.numbers import Numbers, moment_of, packed, unpacked
from webapp.core.statements import prepared
from webapp.groups.models import ActionItem
from webapp.plans.models import Choice, Goal, Plan
from webapp.plans.story_models import Outcome, Remark, Voice
from webapp.vocabulary.organisation_kinds import OrganisationKind

MOST = 100


def choices(plan: Plan) -> Sequence[AnyRow]:
    """What the plan chose: those on top first, then the others that are open, then those it let go."""
    return read(_choices(), {"plan": plan.id})


@prepared
def _choices() -> AnySelect:
    return (
        select(
            Choice.id, Choice.for_whom, Choice.side, Choice.objective, Choice.distances, Choice.until,
            Choice.is_open, Choice.is_highlighted,
        )
        .where(Choice.plan_id == given("plan", Choice.plan_id))
        .order_by(Choice.is_open.desc(), Choice.is_highlighted.desc(), Choice.until, Choice.id)
        .limit(MOST)
    )  # fmt: skip


def goals(plan: Plan) -> Sequence[AnyRow]:
    """The goals of a plan, each with the outcome that was seen last."""
    return read(_goals(), {"plan": plan.id})


@prepared
def _goals() -> AnySelect:
    last = (
        select(Outcome.id)
        .where(Outcome.goal_id == Goal.id)
        .order_by(Outcome.seen_on.desc(), Outcome.at.desc(), Outcome.id)
        .limit(1)
        .correlate(Goal)
        .scalar_subquery()
    )
    return (
        select(
            Goal.id, Goal.title, Goal.sign, Goal.number, Goal.until, Goal.choice_id, Outcome.growth, Outcome.who,
            Outcome.what, Outcome.seen_on,
        )
        .outerjoin(Outcome, Outcome.id == last)
        .where(Goal.plan_id == given("plan", Goal.plan_id))
        .order_by(Goal.position, Goal.id)
        .limit(MOST)
    )  # fmt: skip


def goals_of(choice: Choice) -> Sequence[AnyRow]:
    """The goals that come from a choice."""
    return [row for row in goals(choice.plan) if row.choice_id == choice.id]


def outcomes(goal: Goal) -> Sequence[AnyRow]:
    """What was seen of a goal, the newest first."""
    return read(_outcomes(), {"goal": goal.id})


@prepared
def _outcomes() -> AnySelect:
    return (
        select(
            Outcome.id, Outcome.growth, Outcome.who, Outcome.what, Outcome.why_it_matters, Outcome.our_part,
            Outcome.how_we_know, Outcome.seen_on,
        )
        .where(Outcome.goal_id == given("goal", Outcome.goal_id))
        .order_by(Outcome.seen_on.desc(), Outcome.at.desc(), Outcome.id)
        .limit(MOST)
    )  # fmt: skip


def done_for(goal: Goal) -> Sequence[AnyRow]:
    """The actions that work on a goal."""
    return read(_done_for(), {"goal": goal.id})


@prepared
def _done_for() -> AnySelect:
    return (
        select(ActionItem.id, ActionItem.title, ActionItem.status, ActionItem.strategy)
        .where(ActionItem.goal_id == given("goal", ActionItem.goal_id), ActionItem.plan_id.is_not(None))
        .order_by(ActionItem.created_at, ActionItem.id)
        .limit(MOST)
    )


def voices(plan: Plan) -> Sequence[AnyRow]:
    """When somebody was listened to, the newest first."""
    return read(_voices(), {"plan": plan.id})


@prepared
def _voices() -> AnySelect:
    return (
        select(Voice.id, Voice.of, Voice.heard_on, Voice.how, Voice.heard, Voice.changed)
        .where(Voice.plan_id == given("plan", Voice.plan_id))
        .order_by(Voice.heard_on.desc(), Voice.id)
        .limit(MOST)
    )


REMARKS = "what people said about a thing of a plan"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about a thing."""

    at: datetime
    id: uuid.UUID
    words: str
    person_id: uuid.UUID | None
    person: str
    organisation: str
    organisation_kind: OrganisationKind | None


def remarks_beside(thing_id: uuid.UUID) -> Numbers:
    """What people said about a thing, to be asked together with the numbers around a page; see `newest_first`."""
    return Numbers({REMARKS: _remarks()}, {"remarked_thing": thing_id})


def newest_first(found: str | None) -> list[Said]:
    """Those remarks."""
    return sorted(map(_said, unpacked(found)), key=lambda one: (-one.at.timestamp(), one.id))


def _said(columns: list[str]) -> Said:
    moment, key, words, person_id, person, organisation, kind = columns
    who = uuid.UUID(person_id) if person_id else None
    place = OrganisationKind(kind) if kind else None
    return Said(moment_of(moment) or clock.now(), uuid.UUID(key), words, who, person, organisation, place)


@cache
def _remarks() -> ColumnElement[str]:
    return packed(
        select(
            Remark.at, Remark.id, Remark.words, Remark.person_id, Person.name,
            Organisation.name.label("organisation"), Organisation.kind,
        )
        .outerjoin(Person, Person.id == Remark.person_id)
        .outerjoin(Organisation, Organisation.id == Remark.organisation_id)
        .where(Remark.thing_id == given("remarked_thing", Remark.thing_id))
        .order_by(Remark.at.desc(), Remark.id)
        .limit(literal_column(str(MOST)))
    )  # fmt: skip

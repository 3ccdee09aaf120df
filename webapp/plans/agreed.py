"""Reading the light agreements of a plan, and those on which somebody looks back now."""

import uuid
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import select, true

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers, packed, unpacked
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.models import Membership
from webapp.plans import queries
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.models import Plan
from webapp.plans.story_models import Expectation
from webapp.policy.actor import Actor

MOST = 200
MOST_DUE = 3
DUE = "plans-agreements"


def of_plan(plan: Plan) -> Sequence[AnyRow]:
    """The agreements of a plan, by the name of the partner."""
    return read(_of_plan(), {"plan": plan.id})


@prepared
def _of_plan() -> AnySelect:
    return (
        select(
            Expectation.id, Expectation.we_do, Expectation.they_do, Expectation.if_not, Expectation.look_back_on,
            Expectation.agreed_on, Expectation.review_id, Expectation.organisation_id,
            Organisation.name.label("organisation"),
        )
        .join(Organisation, Organisation.id == Expectation.organisation_id)
        .where(Expectation.plan_id == given("plan", Expectation.plan_id))
        .order_by(Organisation.name, Expectation.agreed_on, Expectation.id)
        .limit(MOST)
    )  # fmt: skip


def partner(one: Expectation) -> str:
    """With whom it was agreed."""
    return db.session.scalar(select(Organisation.name).where(Organisation.id == one.organisation_id)) or ""


def any_due(actor: Actor) -> Numbers:
    """The agreements on which somebody who steers the plan looks back now, asked with the numbers around a page."""
    return Numbers(_any_due(queries.steers_all(actor)), groups.values(actor)) if actor.is_known else Numbers()


class Due(NamedTuple):
    """An agreement on which to look back: since when, with whom, in which plan."""

    look_back_on: date
    id: uuid.UUID
    plan: str
    organisation: str


def due(found: str | None) -> list[Due]:
    """What `any_due` found, the oldest day first."""
    rows = [Due(date.fromisoformat(day), uuid.UUID(key), *names) for day, key, *names in unpacked(found)]
    return sorted(rows)


@cache
def _any_due(steers_all: bool) -> Columns:
    columns = select(
        Expectation.look_back_on, Expectation.id, Plan.title, Organisation.name.label("organisation")
    ).join(Organisation, Organisation.id == Expectation.organisation_id)
    rows = _to_look_back(columns, steers_all).order_by(Expectation.look_back_on, Expectation.id)
    return {DUE: packed(rows.limit(MOST_DUE))}


def _to_look_back(columns: AnySelect, steers_all: bool) -> AnySelect:
    mine = select(Membership.group_id).where(
        Membership.person_id == given("me", Membership.person_id), groups.sits_now()
    )
    return columns.join(Plan, Plan.id == Expectation.plan_id).where(
        Expectation.look_back_on <= given("today", Expectation.look_back_on),
        Plan.status == PlanStatus.CURRENT,
        true() if steers_all else Plan.group_id.in_(mine),
    )

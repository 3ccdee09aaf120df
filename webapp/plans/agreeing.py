"""Light agreements with partners of a plan: who does what, what if it does not work, when both look back."""

import uuid
from dataclasses import dataclass
from datetime import date

from webapp.accounts.models import Organisation
from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.plans import lookbacks, story
from webapp.plans.codes import Part
from webapp.plans.models import Plan
from webapp.plans.story_models import Expectation
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


@dataclass(frozen=True, slots=True)
class Terms:
    """What both expect of each other."""

    we_do: str
    they_do: str
    if_not: str
    look_back_on: date
    review_id: uuid.UUID | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the agreement, by their names."""
        return {
            "we_do": self.we_do,
            "they_do": self.they_do,
            "if_not": self.if_not,
            "look_back_on": self.look_back_on,
        }


def agree(plan: Plan, organisation_id: uuid.UUID, terms: Terms, *, by: Actor) -> Expectation:
    """Write down what was agreed with an organisation."""
    require(by, Can.STEER_PLAN, plan)
    if db.session.get(Organisation, organisation_id) is None:
        raise Invalid({"organisation": "no_such_organisation"})
    _check(plan, terms)
    row = Expectation(plan_id=plan.id, organisation_id=organisation_id, agreed_on=clock.today(), **terms.fields)
    row.review_id = terms.review_id
    db.session.add(row)
    db.session.flush()
    history.record("agreement", row.id, "add", by=by)
    return row


def adjust(one: Expectation, terms: Terms, why: str, *, by: Actor, version: int | None = None) -> None:
    """Agree on something else, or on another day to look back; what it said before stays readable, with the reason."""
    require(by, Can.STEER_PLAN, one)
    expect(one, version)
    _check(one.plan, terms, one.look_back_on)
    story.adjust(_about(one), one, terms.fields, why, by=by)
    one.review_id = terms.review_id
    db.session.flush()


def end(one: Expectation, why: str, *, by: Actor) -> None:
    """It is over. The story of the plan keeps what was agreed, and why it ended."""
    require(by, Can.STEER_PLAN, one)
    story.tell(_about(one), {"we_do": one.we_do, "they_do": one.they_do}, {}, why, by=by)
    history.record("agreement", one.id, "end", by=by)
    db.session.delete(one)
    db.session.flush()


def _about(one: Expectation) -> story.About:
    return story.About(one.plan, Part.PLAN, one.id, db.session.get_one(Organisation, one.organisation_id).name)


def _check(plan: Plan, terms: Terms, was: date | None = None) -> None:
    if terms.review_id:
        if terms.review_id not in {row.id for row in lookbacks.to_come(plan)}:
            raise Invalid({"review": "not_in_plan"})
    elif terms.look_back_on != was and terms.look_back_on < clock.today():
        raise Invalid({"look_back_on": "day_has_passed"})

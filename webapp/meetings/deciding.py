"""Deciding: a proposal, objections that are heard, and what is in force until it is looked at again."""

from dataclasses import dataclass
from datetime import date

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.groups.models import WorkingGroup
from webapp.meetings.codes import DecidedBy
from webapp.meetings.lifecycle import DECISION, DecisionStatus
from webapp.meetings.models import Decision
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

LONGEST_OBJECTIONS = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a decision says besides its status."""

    statement: str
    way: DecidedBy = DecidedBy.CONSENT
    objections: str = ""
    review_on: date | None = None


def record(group: WorkingGroup, terms: Terms, *, by: Actor) -> Decision:
    """Write down a decision that was taken elsewhere; it is in force from today."""
    require(by, Can.TAKE_PART, group)
    row = Decision(group_id=group.id, created_at=clock.now(), decided_on=clock.today(), status=DecisionStatus.IN_FORCE)
    _set(row, terms)
    db.session.add(row)
    db.session.flush()
    history.record("decision", row.id, "record", by=by, after=row.status)
    return row


def edit(decision: Decision, terms: Terms, *, by: Actor, version: int | None = None) -> None:
    """Mend what is written about a decision. The words of one in force stay: who decides anew replaces it."""
    require(by, Can.TAKE_PART, decision.group)
    expect(decision, version)
    if decision.status is not DecisionStatus.PROPOSED and terms.statement != decision.statement:
        raise Invalid({"statement": "decided_already"})
    _set(decision, terms)
    db.session.flush()
    history.record("decision", decision.id, "edit", by=by)


def _set(row: Decision, terms: Terms) -> None:
    if terms.review_on is not None and terms.review_on <= clock.today() and terms.review_on != row.review_on:
        raise Invalid({"review_on": "in_the_past"})
    row.statement, row.way = terms.statement, terms.way
    row.objections, row.review_on = terms.objections, terms.review_on


def object_to(decision: Decision, words: str, *, by: Actor) -> None:
    """Somebody has an objection. It is written down, and the group talks on."""
    require(by, Can.WRITE_MINUTES, decision)
    together = f"{decision.objections}\n{words}".strip()
    if len(together) > LONGEST_OBJECTIONS:
        raise Invalid({"objection": "too_long_objections"})
    _move(decision, "object", by)
    decision.objections = together
    db.session.flush()


def decide(decision: Decision, way: DecidedBy | None = None, *, by: Actor) -> None:
    """The proposal is accepted."""
    require(by, Can.WRITE_MINUTES, decision)
    _move(decision, "decide", by)
    decision.decided_on, decision.way = clock.today(), way or decision.way
    db.session.flush()


def drop(decision: Decision, *, by: Actor) -> None:
    """The proposal does not go on."""
    _end(decision, "drop", by)


def end(decision: Decision, *, by: Actor) -> None:
    """It does not hold any more, and nothing takes its place."""
    _end(decision, "end", by)


def _end(decision: Decision, step: str, by: Actor) -> None:
    require(by, Can.TAKE_PART, decision.group)
    _move(decision, step, by)
    decision.decided_on = decision.decided_on or clock.today()
    decision.review_on = None
    db.session.flush()


def keep(decision: Decision, review_on: date | None, *, by: Actor) -> None:
    """Looked at again: it stays, perhaps until another look."""
    require(by, Can.TAKE_PART, decision.group)
    if review_on is not None and review_on <= clock.today():
        raise Invalid({"review_on": "in_the_past"})
    _move(decision, "keep", by)
    decision.review_on = review_on
    db.session.flush()


def replace(decision: Decision, terms: Terms, *, by: Actor) -> Decision:
    """A newer decision takes its place; whoever reads the old one is led to the new."""
    require(by, Can.TAKE_PART, decision.group)
    newer = record(decision.group, terms, by=by)
    _move(decision, "replace", by)
    decision.replaced_by_id, decision.review_on = newer.id, None
    db.session.flush()
    return newer


def _move(decision: Decision, step: str, by: Actor) -> None:
    if not DECISION.allows(step, decision.status):
        raise Conflict()
    history.take_step("decision", decision, DECISION, step, by=by)

"""Reading decisions: of one group, and of the network as far as somebody may read along."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select, tuple_

from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.meetings.lifecycle import DecisionStatus
from webapp.meetings.models import Decision, Meeting, MinuteLine, Topic
from webapp.policy.actor import Actor

PAGE_SIZE = 30
MOST_LATEST = 3
After = tuple[date, uuid.UUID]


def _columns() -> AnySelect:
    return select(
        Decision.id, Decision.statement, Decision.status, Decision.way, Decision.objections, Decision.decided_on,
        Decision.review_on, Decision.group_id, Decision.replaced_by_id,
    )  # fmt: skip


def _behind(query: AnySelect, *, behind: bool) -> AnySelect:
    if behind:
        here = tuple_(given("behind_on", Decision.decided_on), given("behind_id", Decision.id))
        query = query.where(tuple_(Decision.decided_on, Decision.id) < here)
    return query.order_by(Decision.decided_on.desc(), Decision.id.desc())


@prepared
def _of_group(status: DecisionStatus, *, behind: bool) -> AnySelect:
    here = (Decision.group_id == given("group", Decision.group_id), Decision.status == status)
    return _behind(_columns().where(*here), behind=behind).limit(given("most", Decision.version))


def of_group(
    group: WorkingGroup, status: DecisionStatus, after: After | None = None, most: int = PAGE_SIZE + 1
) -> Sequence[AnyRow]:
    """The decisions of a group that stand so, the latest first."""
    values = {"group": group.id, "most": most} | _values(after)
    return read(_of_group(status, behind=bool(after)), values)


@prepared
def _past() -> AnySelect:
    over = Decision.status.in_((DecisionStatus.REPLACED, DecisionStatus.ENDED, DecisionStatus.DROPPED))
    here = (Decision.group_id == given("group", Decision.group_id), over)
    return _behind(_columns().where(*here), behind=False).limit(PAGE_SIZE)


def past(group: WorkingGroup) -> Sequence[AnyRow]:
    """What held once, and proposals that did not go on."""
    return read(_past(), {"group": group.id})


@prepared
def _network(*, behind: bool) -> AnySelect:
    reads = or_(WorkingGroup.visibility == Visibility.OPEN, groups.mine())
    inside = or_(~WorkingGroup.is_about_integrity, given("showed", WorkingGroup.is_about_integrity))
    query = _columns().add_columns(WorkingGroup.name.label("group"), WorkingGroup.icon).join(WorkingGroup)
    return _behind(query.where(Decision.status == DecisionStatus.IN_FORCE, reads, inside), behind=behind).limit(
        PAGE_SIZE + 1
    )


def of_network(actor: Actor, after: After | None = None) -> Sequence[AnyRow]:
    """What is in force in every group where somebody reads along, the latest first. What was decided about integrity
    stands there for whoever showed a second factor."""
    values = groups.values(actor) | {"showed": actor.showed_second_factor}
    return read(_network(behind=bool(after)), values | _values(after))


def _values(after: After | None) -> dict[str, Any]:
    return {"behind_on": after[0], "behind_id": after[1]} if after else {}


@prepared
def _origin() -> AnySelect:
    return (
        select(Meeting.id, Meeting.starts_at, Meeting.status, Topic.title, Topic.id.label("topic_id"))
        .join(Topic, Topic.meeting_id == Meeting.id)
        .join(MinuteLine, MinuteLine.topic_id == Topic.id)
        .where(MinuteLine.decision_id == given("decision", MinuteLine.decision_id))
        .order_by(MinuteLine.created_at)
        .limit(1)
    )


def origin(decision_id: uuid.UUID) -> AnyRow | None:
    """The meeting and topic from which a decision came."""
    return next(iter(read(_origin(), {"decision": decision_id})), None)


def before(decision_id: uuid.UUID) -> Sequence[Decision]:
    """The decisions whose place this one took."""
    query = select(Decision).where(Decision.replaced_by_id == decision_id).order_by(Decision.created_at, Decision.id)
    return db.session.scalars(query).all()

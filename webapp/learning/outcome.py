"""What came of a session, for whoever reads it: only lessons that are out, and actions that they may see."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.learning.models import LearningSession, SessionAction
from webapp.lessons.lifecycle import OUT
from webapp.lessons.models import Lesson
from webapp.lessons.queries import IS_OUT
from webapp.plans.models import Plan
from webapp.policy.actor import Actor

MOST = 60


def lessons(session: LearningSession) -> Sequence[AnyRow]:
    """The lessons of a session that the network reads, in the order in which they came out."""
    return read(_lessons(is_out=True), {"session": session.id})


def drafts(session: LearningSession) -> Sequence[AnyRow]:
    """Every lesson of a session, for whoever leads it."""
    return read(_lessons(is_out=False), {"session": session.id})


@prepared
def _lessons(*, is_out: bool) -> AnySelect:
    query = select(Lesson.id, Lesson.title, Lesson.line, Lesson.status).where(
        Lesson.session_id == given("session", Lesson.session_id)
    )
    if is_out:
        query = query.where(IS_OUT)
    return query.order_by(Lesson.published_at, Lesson.created_at, Lesson.id).limit(MOST)


def under_way(session: LearningSession) -> int:
    """How many lessons of a session wait for their words or for a second reader: never which, nor what they say."""
    waits = (Lesson.session_id == session.id, Lesson.status.not_in(OUT))
    return db.session.scalar(select(func.count()).where(*waits)) or 0


def actions(session: LearningSession) -> Sequence[AnyRow]:
    """The actions of a session that everybody may know of: in a plan, or in a group that is open."""
    return read(_actions(), {"session": session.id})


@prepared
def _actions() -> AnySelect:
    is_open = and_(WorkingGroup.visibility == Visibility.OPEN, ~WorkingGroup.is_about_integrity)
    return (
        select(
            ActionItem.id, ActionItem.title, ActionItem.status, ActionItem.plan_id, ActionItem.group_id,
            WorkingGroup.name.label("group"), Plan.title.label("plan"),
        )
        .join(SessionAction, SessionAction.item_id == ActionItem.id)
        .join(WorkingGroup, WorkingGroup.id == ActionItem.group_id)
        .outerjoin(Plan, Plan.id == ActionItem.plan_id)
        .where(
            SessionAction.session_id == given("session", SessionAction.session_id),
            or_(is_open, ActionItem.plan_id.is_not(None)),
        )
        .order_by(ActionItem.created_at, ActionItem.id)
        .limit(MOST)
    )  # fmt: skip


def groups_of(actor: Actor) -> Sequence[AnyRow]:
    """The groups to which somebody can give an action: those where they sit themselves, not those about integrity."""
    return read(_groups_of(), groups.values(actor))


@prepared
def _groups_of() -> AnySelect:
    rows = select(WorkingGroup.id, WorkingGroup.name).where(groups.mine(), ~WorkingGroup.is_about_integrity)
    return rows.order_by(WorkingGroup.name, WorkingGroup.id).limit(MOST)

"""A plan: what is known, what stands in the way, what is chosen, and the signs of change that are looked for."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, code_list, coded, new_id
from webapp.groups.models import WorkingGroup
from webapp.plans.codes import EvidenceKind, Shared
from webapp.plans.lifecycle import PlanStatus
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.objectives import Objective
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy


class Plan(Base):
    """A plan of the network, carried by a working group that is no secret. Everybody in the network reads it. Stays:
    what was changed in it, and why, is its story."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("ends_on >= begins_on", name="ends_after_begin"),
        Index("ix_plan_list", "status", "title", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("working_group.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(240), default="")
    status: Mapped[PlanStatus] = coded(PlanStatus, "status", default=PlanStatus.CURRENT)
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    group: Mapped[WorkingGroup] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def plan(self) -> "Plan":
        """The plan that policy asks about: itself."""
        return self


class PlanPart:
    """Something that belongs to a plan; rights ask for its plan and its group."""

    plan: Mapped[Plan]

    @property
    def group(self) -> WorkingGroup:
        """The group that carries the plan."""
        return self.plan.group


class Evidence(PlanPart, Base):
    """Something that is known: what was heard, from about how many, and where it can be read. It holds no raw answers
    and nobody in particular; fewer than five is never shown as a number. Goes with its plan."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("about_how_many IS NULL OR about_how_many >= 1", name="somebody"),
        Index("ix_evidence_plan", "plan_id", "heard_on", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    kind: Mapped[EvidenceKind] = coded(EvidenceKind, "kind")
    heard: Mapped[str] = mapped_column(String(400))
    about_how_many: Mapped[int | None]
    heard_on: Mapped[date]
    link: Mapped[str] = mapped_column(String(500), default="")
    tool_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tool.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column()

    plan: Mapped[Plan] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class Barrier(PlanPart, Base):
    """What stops children and young people from taking part: on which side it lies, by which B's, in which setting. It
    is about what they meet, never about one association. Goes with its plan."""

    __tablename__ = "barrier"
    __table_args__ = (Index("ix_barrier_plan", "plan_id", "side", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    side: Mapped[Side] = coded(Side, "side")
    bs: Mapped[tuple[B, ...]] = code_list(B)
    distances: Mapped[tuple[Distance, ...]] = code_list(Distance)
    words: Mapped[str] = mapped_column(String(200))
    setting: Mapped[str] = mapped_column(String(120), default="")
    shared: Mapped[Shared] = coded(Shared, "shared", default=Shared.SEVERAL)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    plan: Mapped[Plan] = relationship(viewonly=True)
    evidence: Mapped[list[Evidence]] = relationship(secondary="barrier_evidence", order_by=Evidence.id)

    __mapper_args__ = {"version_id_col": version}


class BarrierEvidence(Base):
    """By what a barrier is known. Goes with either."""

    __tablename__ = "barrier_evidence"

    barrier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("barrier.id", ondelete="CASCADE"), primary_key=True)
    evidence_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Choice(PlanPart, Base):
    """What a plan chooses: for whom, which distance, on which side, which objective, until when. A target group stands
    here alone, never on a person. Goes with its plan."""

    __tablename__ = "choice"
    __table_args__ = (Index("ix_choice_plan", "plan_id", "until", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    for_whom: Mapped[str] = mapped_column(String(160))
    side: Mapped[Side] = coded(Side, "side")
    objective: Mapped[Objective] = coded(Objective, "objective")
    distances: Mapped[tuple[Distance, ...]] = code_list(Distance)
    until: Mapped[date]
    is_open: Mapped[bool] = mapped_column(default=True)
    is_highlighted: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    plan: Mapped[Plan] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class Goal(PlanPart, Base):
    """A sign of change that a plan looks for. How it will be noticed must be said; a number may. Goes with its plan."""

    __tablename__ = "goal"
    __table_args__ = (Index("ix_goal_plan", "plan_id", "position", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    choice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("choice.id", ondelete="SET NULL"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    sign: Mapped[str] = mapped_column(String(240))
    number: Mapped[str] = mapped_column(String(80), default="")
    until: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    plan: Mapped[Plan] = relationship(viewonly=True)
    choice: Mapped[Choice | None] = relationship(viewonly=True)
    barriers: Mapped[list[Barrier]] = relationship(secondary="goal_barrier", order_by=Barrier.id)

    __mapper_args__ = {"version_id_col": version}


class GoalBarrier(Base):
    """Which barrier a goal makes smaller. Goes with either."""

    __tablename__ = "goal_barrier"

    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True)
    barrier_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("barrier.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class PlanPartner(Base):
    """An organisation that helps to carry one strategy of a plan; it may stand under several. Goes with its plan."""

    __tablename__ = "plan_partner"

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    strategy: Mapped[Strategy] = coded(Strategy, "strategy", primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Missing(PlanPart, Base):
    """Something that is missing under a strategy, and asks for an idea. Goes when somebody takes it away, or with its
    plan."""

    __tablename__ = "missing"
    __table_args__ = (Index("ix_missing_plan", "plan_id", "strategy", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    strategy: Mapped[Strategy] = coded(Strategy, "strategy")
    words: Mapped[str] = mapped_column(String(120))

    plan: Mapped[Plan] = relationship(viewonly=True)

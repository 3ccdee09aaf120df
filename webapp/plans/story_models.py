"""What happened in a plan: adjustments with their reason, results, reviews, who was listened to, remarks."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.groups.models import WorkingGroup
from webapp.plans.codes import Growth, Part, VoiceOf
from webapp.plans.models import Goal, Plan, PlanPart


class Adjustment(PlanPart, Base):
    """One change of a part of a plan: what it said before and after, and why, in one line. Is never changed itself, and
    goes with its plan. `was` and `became` hold the fields that changed, as codes and texts."""

    __tablename__ = "adjustment"
    __table_args__ = (
        Index("ix_adjustment_plan", "plan_id", "at", "id"),
        Index("ix_adjustment_thing", "thing_id", "at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    part: Mapped[Part] = coded(Part, "part")
    thing_id: Mapped[uuid.UUID]
    title: Mapped[str] = mapped_column(String(200))
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    became: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(String(240))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    review_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("review.id", ondelete="SET NULL"), index=True)

    plan: Mapped[Plan] = relationship(viewonly=True)


class Outcome(Base):
    """What changed, as a statement: who, what, why it matters, our part in it, how we know. Goes with its goal."""

    __tablename__ = "outcome"
    __table_args__ = (Index("ix_outcome_goal", "goal_id", "seen_on", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"))
    growth: Mapped[Growth] = coded(Growth, "growth")
    who: Mapped[str] = mapped_column(String(160))
    what: Mapped[str] = mapped_column(String(240))
    why_it_matters: Mapped[str] = mapped_column(String(240), default="")
    our_part: Mapped[str] = mapped_column(String(240), default="")
    how_we_know: Mapped[str] = mapped_column(String(240))
    seen_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    goal: Mapped[Goal] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def plan(self) -> Plan:
        """The plan it belongs to."""
        return self.goal.plan

    @property
    def group(self) -> WorkingGroup:
        """The group that carries the plan."""
        return self.goal.group


class Review(PlanPart, Base):
    """A planned moment to look back: with whom, what was seen, what changes. It can be held in a meeting: then a topic
    of the group stands for it. Goes with its plan."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("held_on IS NOT NULL OR saw = ''", name="seen_when_held"),
        Index("ix_review_plan", "plan_id", "planned_on", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    planned_on: Mapped[date]
    held_on: Mapped[date | None]
    who: Mapped[str] = mapped_column(String(200), default="")
    saw: Mapped[str] = mapped_column(String(800), default="")
    changes: Mapped[str] = mapped_column(String(800), default="")
    topic_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column()

    plan: Mapped[Plan] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class Voice(PlanPart, Base):
    """A moment at which young people or youth workers were listened to: how, and what changed because of it. It names
    nobody. Goes with its plan."""

    __tablename__ = "voice"
    __table_args__ = (Index("ix_voice_plan", "plan_id", "heard_on", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    of: Mapped[VoiceOf] = coded(VoiceOf, "of")
    heard_on: Mapped[date]
    how: Mapped[str] = mapped_column(String(240))
    heard: Mapped[str] = mapped_column(String(400), default="")
    changed: Mapped[str] = mapped_column(String(400), default="")
    version: Mapped[int] = mapped_column()

    plan: Mapped[Plan] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class Remark(PlanPart, Base):
    """What somebody of the network says about a plan or a part of it, without changing it. Whoever wrote it can take it
    back; goes with its plan."""

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_plan", "plan_id", "at", "id"), Index("ix_remark_thing", "thing_id", "at", "id"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    part: Mapped[Part] = coded(Part, "part")
    thing_id: Mapped[uuid.UUID]
    words: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))

    plan: Mapped[Plan] = relationship(viewonly=True)


class Expectation(PlanPart, Base):
    """A light agreement with a partner: who does what, what if it does not work, when both look back: on a day of their
    own, or when the plan itself is looked back on. Goes with its plan."""

    __tablename__ = "expectation"
    __table_args__ = (Index("ix_expectation_plan", "plan_id", "look_back_on", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    we_do: Mapped[str] = mapped_column(String(400))
    they_do: Mapped[str] = mapped_column(String(400))
    if_not: Mapped[str] = mapped_column(String(400), default="")
    look_back_on: Mapped[date]
    review_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("review.id", ondelete="SET NULL"), index=True)
    agreed_on: Mapped[date]
    version: Mapped[int] = mapped_column()

    plan: Mapped[Plan] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}

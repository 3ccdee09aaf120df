"""What an action of a plan has beside what every action has: small steps, and what must come first."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core.db import Base, new_id


class SmallStep(Base):
    """A small step within an action. Goes with its action."""

    __tablename__ = "small_step"
    __table_args__ = (Index("ix_small_step_item", "item_id", "position", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action_item.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    is_done: Mapped[bool] = mapped_column(default=False)


class ComesFirst(Base):
    """One action waits for another. Goes with either."""

    __tablename__ = "comes_first"
    __table_args__ = (CheckConstraint("item_id <> first_id", name="not_itself"),)

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action_item.id", ondelete="CASCADE"), primary_key=True)
    first_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("action_item.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Belonging(Base):
    """Something in a plan and something elsewhere belong together: an action and the topic, decision, meeting or lesson
    it came from or went to. Goes with the plan's part; the other side may be gone: then the link is left out."""

    __tablename__ = "belonging"
    __table_args__ = (Index("ix_belonging_to", "to_id"),)

    thing_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    to_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    to_kind: Mapped[str] = mapped_column(String(20))

"""What is between people around one question: words, a hand-over to a colleague, a bridge builder who was brought in.

Words are sealed with the key of their question, so that they go when it goes.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import Person
from webapp.core import clock
from webapp.core.crypto import EACH_ROW
from webapp.core.db import Base, coded, new_id, rows_with
from webapp.policy.predicates import GUIDING, SPEAKING
from webapp.referrals.codes import PostKind, Side
from webapp.referrals.lifecycle import BesideStatus, HandOverStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.functions import FunctionKind


class Post(Base):
    """A few words: to the other side, or a note for one's own organisation alone. Goes with the words of its referral;
    what was said around a place goes with that place."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_referral", "referral_id", "kind", "written_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    kind: Mapped[PostKind] = coded(PostKind, "kind")
    side: Mapped[Side] = coded(Side, "side")
    words_sealed: Mapped[str] = mapped_column(info={EACH_ROW: True})
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class HandOver(Base):
    """A colleague is asked to walk along, or to welcome, from now on. Nothing changes until they say yes."""

    __tablename__ = "hand_over"
    __table_args__ = (
        Index("ix_hand_over_to", "to_id", "status"),
        Index("ix_hand_over_referral", "referral_id"),
        Index(
            "uq_hand_over_open",
            "referral_id",
            "side",
            unique=True,
            **rows_with(text("status = 'proposed'")),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    side: Mapped[Side] = coded(Side, "side")
    to_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))  # who had it
    status: Mapped[HandOverStatus] = coded(HandOverStatus, "status", default=HandOverStatus.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    referral: Mapped[Referral] = relationship(viewonly=True)
    to: Mapped[Person] = relationship(foreign_keys=to_id, viewonly=True)
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=proposed_by_id, viewonly=True)

    @property
    def fitting(self) -> tuple[FunctionKind, ...]:
        """The functions from which somebody can take this over."""
        return fitting_for(self.side)


def fitting_for(side: Side) -> tuple[FunctionKind, ...]:
    """The functions from which a question can be guided, or somebody welcomed."""
    return GUIDING if side is Side.GUIDE else SPEAKING


class Beside(Base):
    """A bridge builder was brought in by one of the two sides, until a day. They read the alias, never the words."""

    __tablename__ = "beside"
    __table_args__ = (
        Index("ix_beside_person", "person_id", "status"),
        Index("ix_beside_referral", "referral_id"),
        Index(
            "uq_beside_one",
            "referral_id",
            unique=True,
            **rows_with(text("status = 'along'")),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    side: Mapped[Side] = coded(Side, "side")
    brought_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    until: Mapped[date]
    status: Mapped[BesideStatus] = coded(BesideStatus, "status", default=BesideStatus.ALONG)
    brought_at: Mapped[datetime] = mapped_column(default=clock.now)

    referral: Mapped[Referral] = relationship(viewonly=True)
    brought_by: Mapped[Person | None] = relationship(foreign_keys=brought_by_id, viewonly=True)

    @property
    def is_along(self) -> bool:
        """Whether they still walk beside it today."""
        return self.status is BesideStatus.ALONG and clock.today() <= self.until

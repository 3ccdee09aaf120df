"""A request for support and what the fund did in a year. Codes, amounts and days: there is no place for a story."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.fund.lifecycle import SupportStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.fund import PriceChoice, SupportFor


class SupportRequest(Base):
    """What a guide asks of the fund for one question. Goes with its question; the year keeps the numbers."""

    __tablename__ = "support_request"
    __table_args__ = (
        CheckConstraint("amount_cents >= 0", name="no_negative_amount"),
        CheckConstraint(
            "status NOT IN ('granted', 'not_now', 'paid') OR decided_at IS NOT NULL", name="decision_has_moment"
        ),
        Index("ix_support_request_referral", "referral_id", "created_at"),
        Index("ix_support_request_status", "status", "created_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    purpose: Mapped[SupportFor] = coded(SupportFor, "purpose")
    price: Mapped[PriceChoice | None] = coded(PriceChoice, "price")
    amount_cents: Mapped[int]
    year: Mapped[int]
    status: Mapped[SupportStatus] = coded(SupportStatus, "status", default=SupportStatus.ASKED)
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    referral: Mapped[Referral] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class FundYear(Base):
    """What the fund did in one budget year: counts and amounts, nobody. Stays."""

    __tablename__ = "fund_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked: Mapped[int] = mapped_column(default=0)
    granted: Mapped[int] = mapped_column(default=0)
    granted_cents: Mapped[int] = mapped_column(default=0)
    paid: Mapped[int] = mapped_column(default=0)
    paid_cents: Mapped[int] = mapped_column(default=0)

"""A missing offer as it is kept: codes, a week and a number. Nothing leads from it to a question or to a person."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core.db import Base, coded, new_id, rows_with
from webapp.signals.lifecycle import SignalStatus
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.interests import Interest


class Signal(Base):
    """Something to do that was missed, for an age and a part of town, and how often. Who said it is not kept.

    An open one goes a year after it was heard last, one that was picked up two years after that day.
    """

    __tablename__ = "missing_signal"
    __table_args__ = (
        CheckConstraint("number > 0", name="heard_at_least_once"),
        CheckConstraint("(status = 'picked_up') = (picked_up_on IS NOT NULL)", name="picked_up_has_day"),
        CheckConstraint("status != 'picked_up' OR told != ''", name="picked_up_is_told"),
        Index(
            "uq_missing_signal_alike",
            "alike",
            unique=True,
            **rows_with(text("status = 'open'")),
        ),
        Index("ix_missing_signal_list", "status", "last_week", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    status: Mapped[SignalStatus] = coded(SignalStatus, "status", default=SignalStatus.OPEN)
    version: Mapped[int] = mapped_column()
    alike: Mapped[str] = mapped_column(String(120))
    interest: Mapped[Interest] = coded(Interest, "interest")
    age_band: Mapped[AgeBand | None] = coded(AgeBand, "age_band")
    area: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[int] = mapped_column(default=1)
    first_week: Mapped[date]
    last_week: Mapped[date]
    told: Mapped[str] = mapped_column(String(240), default="")
    picked_up_on: Mapped[date | None]

    __mapper_args__ = {"version_id_col": version}


class SignalDetail(Base):
    """A day or a distance that was named with a signal, once however often it was. Goes with its signal."""

    __tablename__ = "missing_signal_detail"

    signal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("missing_signal.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), primary_key=True)

"""A group visit as it is kept: how many about, how old about, and when. Nobody in the group is named."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.directory.models import Offer
from webapp.visits.codes import GroupSize, VisitMood, VisitPurpose
from webapp.visits.lifecycle import VisitStatus
from webapp.vocabulary.ages import AgeBand


class Visit(Base):
    """A class or a group that wants to come by. Its words go 90 days after its end, the row after a year."""

    __tablename__ = "group_visit"
    __table_args__ = (
        CheckConstraint("status NOT IN ('agreed', 'done') OR starts_at IS NOT NULL", name="agreed_has_moment"),
        CheckConstraint("(status = 'done') = (mood IS NOT NULL)", name="done_has_mood"),
        Index("ix_group_visit_asked", "organisation_id", "status", "asked_at", "id"),
        Index("ix_group_visit_from", "from_organisation_id", "status", "asked_at", "id"),
        Index("ix_group_visit_status", "status", "moved_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    from_organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    status: Mapped[VisitStatus] = coded(VisitStatus, "status", default=VisitStatus.ASKED)
    version: Mapped[int] = mapped_column()
    size: Mapped[GroupSize] = coded(GroupSize, "size")
    age_band: Mapped[AgeBand] = coded(AgeBand, "age_band")
    purpose: Mapped[VisitPurpose] = coded(VisitPurpose, "purpose")
    first_day: Mapped[date]
    other_day: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(140), default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    starts_at: Mapped[datetime | None]
    welcomer: Mapped[str] = mapped_column(String(40), default="")
    message: Mapped[str] = mapped_column(String(280), default="")
    mood: Mapped[VisitMood | None] = coded(VisitMood, "mood")
    look_back: Mapped[str] = mapped_column(String(140), default="")

    offer: Mapped[Offer] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship(foreign_keys=organisation_id, viewonly=True)
    from_organisation: Mapped[Organisation] = relationship(foreign_keys=from_organisation_id, viewonly=True)
    asked_by: Mapped[Person | None] = relationship(viewonly=True)

    # who may speak for the association today, read by `queries.visit`
    seat_is_empty = False
    speakers = frozenset[uuid.UUID]()

    __mapper_args__ = {"version_id_col": version}

    @property
    def last_day(self) -> date:
        """The last of the days that were asked for."""
        return max(self.first_day, self.other_day or self.first_day)

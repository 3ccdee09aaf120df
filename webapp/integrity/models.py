"""Help lines that the town points to, and the state of the integrity policy of each association.

Nothing here can hold what happened to anybody: a line is a number and a sentence, a policy is days and yes or no.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, new_id

# who keeps the signposts, read by `queries`; until then nobody
NOBODY = frozenset[uuid.UUID]()


class HelpLine(Base):
    """Somewhere to turn to. Stays until somebody takes it away."""

    __tablename__ = "help_line"
    __table_args__ = (Index("ix_help_line_place", "place", "name", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(30), default="")
    url: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(String(160))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    place: Mapped[int] = mapped_column(default=0)
    checked_on: Mapped[date | None]
    checked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    contact_ids = NOBODY


class IntegrityPolicy(Base):
    """What an association arranged: yes or no, and days. Stays as long as the association, and is only ever as it is
    now: nobody sees how it was."""

    __tablename__ = "integrity_policy"

    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    is_named: Mapped[bool] = mapped_column(default=False)
    trained_on: Mapped[date | None]
    has_protocol: Mapped[bool] = mapped_column(default=False)
    reviewed_on: Mapped[date | None]
    lines_posted: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime] = mapped_column(default=clock.now)

"""A learning session, who leads it and who is invited, its phases, and what people share in it."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.learning.codes import ContributionKind, Format, Lead, PhaseKind, Shown
from webapp.learning.lifecycle import SessionStatus

GOES_ON = timedelta(days=1)
"""So long one that was closed too early can go on: its people are still there, and nothing of it is forgotten yet."""


class LearningSession(Base):
    """People come together to learn from what they did. Named or anonymous is chosen before it starts, and stays.

    `pulse` grows with everything that a live page would show. `word_code` is what people type who cannot scan the QR.
    Stays: lessons lead back to it; what was shared goes a year after it closed.
    """

    __tablename__ = "learning_session"
    __table_args__ = (
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_when"),
        UniqueConstraint("id", "is_named"),
        Index("ix_learning_session_list", "status", "happens_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    theme: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(String(240))
    happens_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=90)
    place: Mapped[str] = mapped_column(String(160), default="")
    format: Mapped[Format] = coded(Format, "format")
    is_named: Mapped[bool] = mapped_column(default=False)
    status: Mapped[SessionStatus] = coded(SessionStatus, "status", default=SessionStatus.PREPARED)
    phase_id: Mapped[uuid.UUID | None]
    phase_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    result: Mapped[str] = mapped_column(String(600), default="")
    thanks: Mapped[str] = mapped_column(String(240), default="")
    is_result_folded: Mapped[bool] = mapped_column(default=False)
    word_code: Mapped[str | None] = mapped_column(String(20), unique=True)
    data_key: Mapped[str | None] = mapped_column(String(200))
    token_sealed: Mapped[str | None] = mapped_column(String(300))
    pulse: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    # who leads it and who is in its circle, read by `queries.session`; until then nobody
    facilitator_ids = frozenset[uuid.UUID]()
    leading_ids = frozenset[uuid.UUID]()
    circle_ids = frozenset[uuid.UUID]()
    # who is asked to lead it, read by `queries.learning_with_asks`; until then nobody
    asked_ids = frozenset[uuid.UUID]()

    @property
    def session(self) -> "LearningSession":
        """The session that policy asks about: itself."""
        return self

    @property
    def is_running(self) -> bool:
        """Whether people can share something now."""
        return self.status is SessionStatus.RUNNING

    @property
    def goes_on_until(self) -> datetime | None:
        """Until when it can go on after it was closed; None when it cannot, or not any more."""
        until = self.closed_at + GOES_ON if self.closed_at else None
        return until if until and clock.now() < until else None


class SessionPart:
    """Something that belongs to a session; rights ask for it."""

    session_id: Mapped[uuid.UUID]
    session: Mapped[LearningSession]


class SessionLead(Base):
    """Somebody leads a session or helps at its desk. Goes with the session or the account."""

    __tablename__ = "session_lead"

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_session.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    lead: Mapped[Lead] = coded(Lead, "lead")


class SessionAsk(Base):
    """Somebody is asked to lead a session along, or to take it over: until they say yes they may do nothing more than
    before. Goes when they answer, with the session or the account."""

    __tablename__ = "session_ask"

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_session.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    lead: Mapped[Lead] = coded(Lead, "lead")
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class SessionInvited(Base):
    """Who is invited: an organisation, or a working group that is no secret. Goes with either."""

    __tablename__ = "session_invited"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) <> (group_id IS NULL)", name="organisation_or_group"),
        UniqueConstraint("session_id", "organisation_id"),
        UniqueConstraint("session_id", "group_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learning_session.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("working_group.id", ondelete="CASCADE"), index=True)


class Phase(SessionPart, Base):
    """A part of a session, with or without minutes. Goes with its session."""

    __tablename__ = "phase"
    __table_args__ = (Index("ix_phase_session", "session_id", "position", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learning_session.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[PhaseKind] = coded(PhaseKind, "kind")
    title: Mapped[str] = mapped_column(String(80))
    prompt: Mapped[str] = mapped_column(String(240), default="")
    minutes: Mapped[int | None]
    is_skipped: Mapped[bool] = mapped_column(default=False)
    is_done: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    session: Mapped[LearningSession] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class Participant(SessionPart, Base):
    """Somebody takes part, with a first name or none. Whether they shared something is a yes or no, never what. Goes 30
    days after the session closed."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_session", "session_id", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learning_session.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40), default="")
    has_shared: Mapped[bool] = mapped_column(default=False)

    session: Mapped[LearningSession] = relationship(viewonly=True)


class Cluster(SessionPart, Base):
    """Contributions that belong together, under a few words. Goes with its session."""

    __tablename__ = "cluster"
    __table_args__ = (Index("ix_cluster_session", "session_id", "position", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learning_session.id", ondelete="CASCADE"))
    phase_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("phase.id", ondelete="SET NULL"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    session: Mapped[LearningSession] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class Contribution(SessionPart, Base):
    """Something that was shared: words, and no person and no time. Who gave it stands in `contribution_giver`, which
    the database refuses for a session that is not named. `key_hash` is of a key that only the giver's phone has: by it
    they change their words or take them back. Goes a year after the session closed."""

    __tablename__ = "contribution"
    __table_args__ = (
        ForeignKeyConstraint(
            ["session_id", "is_named"],
            ["learning_session.id", "learning_session.is_named"],
            ondelete="CASCADE",
            name="fk_contribution_session",
        ),
        UniqueConstraint("id", "is_named"),
        Index("ix_contribution_session", "session_id", "shown", "number"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[uuid.UUID]
    is_named: Mapped[bool]
    phase_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("phase.id", ondelete="SET NULL"), index=True)
    cluster_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cluster.id", ondelete="SET NULL"), index=True)
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("contribution.id", ondelete="SET NULL"), index=True
    )
    number: Mapped[int]
    kind: Mapped[ContributionKind] = coded(ContributionKind, "kind")
    words: Mapped[str] = mapped_column(String(400))
    other_words: Mapped[str] = mapped_column(String(400), default="")
    shown: Mapped[Shown] = coded(Shown, "shown", default=Shown.NEW)
    is_candidate: Mapped[bool] = mapped_column(default=False)
    is_from_paper: Mapped[bool] = mapped_column(default=False)
    is_folded: Mapped[bool] = mapped_column(default=False)
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column()

    session: Mapped[LearningSession] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class ContributionGiver(Base):
    """Who gave a contribution, in a named session alone. Goes with either."""

    __tablename__ = "contribution_giver"
    __table_args__ = (
        ForeignKeyConstraint(
            ["contribution_id", "is_named"],
            ["contribution.id", "contribution.is_named"],
            ondelete="CASCADE",
            name="fk_contribution_giver_contribution",
        ),
        CheckConstraint("is_named", name="named_alone"),
    )

    contribution_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    is_named: Mapped[bool] = mapped_column(default=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    shows_name: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class SessionAction(Base):
    """An action that came of a session, in a group or a plan. Goes with either."""

    __tablename__ = "session_action"

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_session.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("action_item.id", ondelete="CASCADE"), primary_key=True, index=True
    )

"""A young person's question and everything that belongs to it.

What identifies somebody is sealed (`core.crypto`) and lives in columns that end in `_sealed`; erasing the data
key of a referral erases all of it at once.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import Base, code_list, coded, new_id, rows_with
from webapp.directory.models import Offer
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, ReminderKind, Side
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.outcomes import Mood as CheckInMood
from webapp.vocabulary.outcomes import NotNow, Outcome
from webapp.vocabulary.prices import PriceCeiling, Travel
from webapp.vocabulary.seven_bs import B


class Referral(Base):
    """One question of one young person, or of a few friends. Identifies nobody.

    How long which part of it stays is said in `vocabulary.retention`.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("friends BETWEEN 0 AND 3", name="up_to_three_friends"),
        CheckConstraint("support_level BETWEEN 1 AND 3", name="support_level_known"),
        CheckConstraint("(status = 'stopped') = (outcome IS NOT NULL)", name="stopped_has_outcome"),
        CheckConstraint("(status = 'paused') = (ask_again_on IS NOT NULL)", name="paused_has_date"),
        Index("ix_referral_guide", "guide_id", "status", "moved_at", "id"),
        Index("ix_referral_sender", "organisation_id", "status", "moved_at", "id"),
        Index("ix_referral_receiver", "chosen_organisation_id", "status", "moved_at", "id"),
        Index("ix_referral_stuck", "status", "moved_at", "id"),
        Index("ix_referral_alias", "alias"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    alias: Mapped[str] = mapped_column(String(24))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    guide_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    hides_sender: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ReferralStatus] = coded(ReferralStatus, "status", default=ReferralStatus.DRAFT)
    version: Mapped[int] = mapped_column()

    age_band: Mapped[AgeBand | None] = coded(AgeBand, "age_band")
    friends: Mapped[int] = mapped_column(default=0)
    interests: Mapped[tuple[Interest, ...]] = code_list(Interest)
    days: Mapped[tuple[Weekday, ...]] = code_list(Weekday)
    parts_of_day: Mapped[tuple[PartOfDay, ...]] = code_list(PartOfDay)
    price_ceiling: Mapped[PriceCeiling | None] = coded(PriceCeiling, "price_ceiling")
    travel: Mapped[tuple[Travel, ...]] = code_list(Travel)
    area: Mapped[str] = mapped_column(String(40), default="")
    arrangements: Mapped[tuple[Arrangement, ...]] = code_list(Arrangement)
    distances: Mapped[tuple[B, ...]] = code_list(B)
    support_level: Mapped[int] = mapped_column(default=1)
    own_words_sealed: Mapped[str | None]
    choice_words_sealed: Mapped[str | None]
    data_key: Mapped[str | None]

    # the answer that was chosen, kept here so that lists and policy need no second look
    chosen_ask_id: Mapped[uuid.UUID | None]
    chosen_organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    receiver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    has_agreement: Mapped[bool] = mapped_column(default=False)

    outcome: Mapped[Outcome | None] = coded(Outcome, "outcome")
    ask_again_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)

    asks: Mapped[list["Ask"]] = relationship(
        back_populates="referral", passive_deletes=True, order_by="(Ask.sent_at, Ask.id)"
    )
    organisation: Mapped[Organisation] = relationship(foreign_keys=organisation_id, viewonly=True)
    guide: Mapped[Person | None] = relationship(foreign_keys=guide_id, viewonly=True)
    receiver: Mapped[Person | None] = relationship(foreign_keys=receiver_id, viewonly=True)
    plan: Mapped["WelcomePlan | None"] = relationship(viewonly=True, uselist=False)
    agreements: Mapped[list["Agreement"]] = relationship(
        viewonly=True, order_by="(Agreement.recorded_at.desc(), Agreement.id)"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def agreed_at(self) -> datetime | None:
        """When the agreement that holds was written down."""
        return next((one.recorded_at for one in self.agreements if one.withdrawn_at is None), None)


class Ask(Base):
    """The question as put to one offer, and its answer. Goes with its referral."""

    __tablename__ = "ask"
    __table_args__ = (
        CheckConstraint("status != 'waiting' OR call_back_on IS NOT NULL", name="waiting_has_date"),
        CheckConstraint(
            "status = 'sent' OR status IN ('expired', 'recalled', 'thanked') OR answered_at IS NOT NULL",
            name="answer_has_moment",
        ),
        Index("ix_ask_referral", "referral_id"),
        Index("ix_ask_inbox", "organisation_id", "status", "sent_at", "id"),
        Index(
            "ix_ask_deadline",
            "deadline",
            **rows_with(text("status = 'sent'")),
        ),
        Index("uq_ask_offer_once", "referral_id", "offer_id", "round", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    round: Mapped[int] = mapped_column(default=1)
    status: Mapped[AskStatus] = coded(AskStatus, "status", default=AskStatus.SENT)
    version: Mapped[int] = mapped_column()
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    deadline: Mapped[date]

    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    welcomer: Mapped[str] = mapped_column(String(40), default="")
    first_moment: Mapped[datetime | None]
    moment_note: Mapped[str] = mapped_column(String(120), default="")
    call_back_on: Mapped[date | None]
    not_now: Mapped[tuple[NotNow, ...]] = code_list(NotNow)
    idea: Mapped[str] = mapped_column(String(24), default="")
    message: Mapped[str] = mapped_column(String(280), default="")
    by_phone: Mapped[bool] = mapped_column(default=False)  # the guide heard it, and wrote it down for the association

    referral: Mapped[Referral] = relationship(back_populates="asks")
    offer: Mapped[Offer] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship(viewonly=True)

    # who may speak for the association today, read by `queries.ask`; until then nobody stands in or comes by a link
    seat_is_empty = False
    speakers = frozenset[uuid.UUID]()
    waits_long = False  # set by `overdue`: a bridge builder calls about it

    __mapper_args__ = {"version_id_col": version}


class Shortlisted(Base):
    """An offer that was looked at together: liked, or passed over. Goes when it is asked, or with its referral."""

    __tablename__ = "shortlisted"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True)
    offer_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_liked: Mapped[bool]


class Agreement(Base):
    """Who agreed that one association may know who the young person is. Kept as long as the referral's identity."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("told_understood_agreed", name="told_understood_agreed"),
        Index("ix_agreement_referral", "referral_id", "recorded_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    agreed_by: Mapped[AgreedBy] = coded(AgreedBy, "agreed_by")
    agreed_how: Mapped[AgreedHow] = coded(AgreedHow, "agreed_how")
    agreed_on: Mapped[date]
    valid_until: Mapped[date]
    told_understood_agreed: Mapped[bool]
    recorded_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class ContactCard(Base):
    """Who the young person is: a first name and one way to reach them. Its own row, so that wiping is one delete."""

    __tablename__ = "contact_card"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True)
    name_sealed: Mapped[str]
    contact_sealed: Mapped[str]
    route: Mapped[ContactRoute] = coded(ContactRoute, "route")
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class AgreementScan(Base):
    """The paper on which somebody signed, as a PDF or a photo. Sealed; goes in the same second as the card."""

    __tablename__ = "agreement_scan"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    file_sealed: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class WelcomePlan(Base):
    """The first time: who waits where and when. Holds nothing about the young person. Goes with its referral.

    The token of its link is sealed, so that its QR code can be shown again to those involved and to nobody else."""

    __tablename__ = "welcome_plan"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), unique=True)
    ask_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ask.id", ondelete="CASCADE"), index=True)
    welcomer: Mapped[str] = mapped_column(String(40), default="")
    welcomer_hint: Mapped[str] = mapped_column(String(160), default="")
    starts_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(160), default="")
    companion: Mapped[str] = mapped_column(String(80), default="")
    bring: Mapped[str] = mapped_column(String(160), default="")
    phone_name: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    we_prepare: Mapped[str] = mapped_column(String(240), default="")
    you_arrange: Mapped[str] = mapped_column(String(240), default="")
    link_sealed: Mapped[str | None]
    went_well_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CheckIn(Base):
    """How it goes, asked to each side after 2, 6 and 12 weeks. A mood, no text. Goes with its referral."""

    __tablename__ = "check_in"
    __table_args__ = (
        CheckConstraint("week IN (2, 6, 12)", name="week_known"),
        CheckConstraint("(mood IS NULL) = (answered_at IS NULL)", name="mood_has_moment"),
        Index("uq_check_in_once", "ask_id", "week", "side", unique=True),
        Index("ix_check_in_referral", "referral_id"),
        Index("ix_check_in_due", "due_on", **rows_with(text("mood IS NULL"))),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    ask_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ask.id", ondelete="CASCADE"))
    week: Mapped[int]
    side: Mapped[Side] = coded(Side, "side")
    due_on: Mapped[date]
    reminded_at: Mapped[datetime | None]
    mood: Mapped[CheckInMood | None] = coded(CheckInMood, "mood")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    by_phone: Mapped[bool] = mapped_column(default=False)  # the guide heard it from the association


class Reminder(Base):
    """What somebody will be told when its day comes, once. `due_on` may be too early: whoever rests is asked later.

    Goes with its referral, or when somebody acted first."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index("ix_reminder_referral", "referral_id"),
        Index("uq_reminder_once", "ask_id", "kind", unique=True),
        Index(
            "ix_reminder_due",
            "due_on",
            **rows_with(text("sent_at IS NULL")),
        ),
        Index(
            "ix_reminder_told",
            "sent_at",
            "ask_id",
            **rows_with(text("sent_at IS NOT NULL AND kind IN ('silence', 'call_back_late', 'first_time_late')")),
        ),
        Index(
            "ix_reminder_late",
            "referral_id",
            **rows_with(text("sent_at IS NOT NULL AND kind = 'first_time_late'")),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"))
    ask_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("ask.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = coded(ReminderKind, "kind")
    counted_from: Mapped[date]
    due_on: Mapped[date]
    sent_at: Mapped[datetime | None]

    referral: Mapped[Referral] = relationship(viewonly=True)
    ask: Mapped[Ask | None] = relationship(viewonly=True)


class CountedQuestion(Base):
    """What is left of a question that was erased, to be counted: no alias, no organisation, nobody. Stays."""

    __tablename__ = "counted_question"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    month: Mapped[date] = mapped_column(index=True)
    age_band: Mapped[AgeBand | None] = coded(AgeBand, "age_band")
    interests: Mapped[tuple[Interest, ...]] = code_list(Interest)
    status: Mapped[ReferralStatus] = coded(ReferralStatus, "status")
    outcome: Mapped[Outcome | None] = coded(Outcome, "outcome")

"""Offers: what a young person can join, as the association itself describes it."""

import uuid
from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, code_list, coded, new_id
from webapp.directory.facets import Facet
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Benefit, LittleDutch, Mood, Room, SignUp
from webapp.vocabulary.prices import PricePer


class Offer(Base):
    """Something to join. A draft is seen by its own association alone. Stays until the association removes it."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("age_min BETWEEN 0 AND age_max AND age_max <= 99", name="ages_in_order"),
        CheckConstraint("price_cents >= 0 AND waiting >= 0 AND trial_visits >= 0", name="no_negative_numbers"),
        CheckConstraint("is_published OR NOT is_public", name="public_is_published"),
        Index("ix_offer_list", "is_published", "name", "id"),
        Index("ix_offer_confirmed", "confirmed_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    icon: Mapped[str] = mapped_column(String(40), default="")
    summary: Mapped[str] = mapped_column(String(240), default="")

    age_min: Mapped[int]
    age_max: Mapped[int]
    when_note: Mapped[str] = mapped_column(String(160), default="")
    quiet_months: Mapped[list[int]] = mapped_column(JSON, default=list)

    price_cents: Mapped[int] = mapped_column(default=0)
    price_per: Mapped[PricePer] = coded(PricePer, "price_per", default=PricePer.FREE)
    price_line: Mapped[str] = mapped_column(String(200), default="")
    has_social_tariff: Mapped[bool] = mapped_column(default=False)
    has_instalments: Mapped[bool] = mapped_column(default=False)
    has_loan_gear: Mapped[bool] = mapped_column(default=False)
    trial_visits: Mapped[int] = mapped_column(default=0)
    sign_up: Mapped[SignUp] = coded(SignUp, "sign_up", default=SignUp.TALK)

    area: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(160), default="")
    route: Mapped[str] = mapped_column(String(240), default="")
    reachable_without_car: Mapped[bool] = mapped_column(default=True)

    mood: Mapped[Mood] = coded(Mood, "mood", default=Mood.MIXED)
    group_size: Mapped[int | None]
    team_languages: Mapped[str] = mapped_column(String(120), default="")
    little_dutch: Mapped[LittleDutch] = coded(LittleDutch, "little_dutch", default=LittleDutch.SOME)
    is_alcohol_free: Mapped[bool] = mapped_column(default=True)
    especially_welcome: Mapped[str] = mapped_column(String(200), default="")
    interests: Mapped[tuple[Interest, ...]] = code_list(Interest)
    benefits: Mapped[tuple[Benefit, ...]] = code_list(Benefit)
    arrangements: Mapped[tuple[Arrangement, ...]] = code_list(Arrangement)
    # each custom: {"topic": CustomTopic, "stance": CustomStance, "note": str}
    customs: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    room: Mapped[Room] = coded(Room, "room", default=Room.OPEN)
    capacity: Mapped[int | None]
    free_places: Mapped[int | None]
    waiting: Mapped[int] = mapped_column(default=0)

    is_published: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    slots: Mapped[list["OfferSlot"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="(OfferSlot.position, OfferSlot.id)"
    )
    tags: Mapped[list["OfferTag"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    __mapper_args__ = {"version_id_col": version}


class OfferSlot(Base):
    """One moment in the week of an offer, on a clock in Brussels. Goes with its offer."""

    __tablename__ = "offer_slot"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    weekday: Mapped[Weekday] = coded(Weekday, "weekday")
    starts: Mapped[time]
    ends: Mapped[time]
    holidays_only: Mapped[bool] = mapped_column(default=False)


class OfferTag(Base):
    """What filters and search find an offer by: derived from the offer, written with it, gone with it."""

    __tablename__ = "offer_tag"
    __table_args__ = (Index("ix_offer_tag_find", "facet", "code", "offer_id"),)

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    facet: Mapped[Facet] = coded(Facet, "facet", primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)

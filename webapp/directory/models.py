"""Offers: what a young person can join, as the association itself describes it."""

import enum
import uuid
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import BYTEWISE, Base, code_list, coded, new_id
from webapp.core.fulltext import fold
from webapp.directory.facets import Facet, order_key, tags_of, words_of
from webapp.directory.measures import measures_of
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Benefit, LittleDutch, Mood, Room, SignUp
from webapp.vocabulary.prices import PricePer
from webapp.vocabulary.rests import RestKind


class Sharing(enum.StrEnum):
    """Who may read an offer: its own association, the network, or everybody."""

    DRAFT = "draft"
    NETWORK = "network"
    PUBLIC = "public"


class Offer(Base):
    """Something to join. A draft is seen by its own association alone. Stays until the association removes it."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("age_min BETWEEN 0 AND age_max AND age_max <= 99", name="ages_in_order"),
        CheckConstraint("price_cents >= 0 AND waiting >= 0 AND trial_visits >= 0", name="no_negative_numbers"),
        CheckConstraint("is_published OR NOT is_public", name="public_is_published"),
        Index("ix_offer_list", "is_published", "order_key", "id"),
        Index("ix_offer_confirmed", "confirmed_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    order_key: Mapped[str] = mapped_column(BYTEWISE, default="")
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

    organisation: Mapped[Organisation] = relationship()
    slots: Mapped[list["OfferSlot"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="(OfferSlot.position, OfferSlot.id)"
    )
    tags: Mapped[list["OfferTag"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    measure: Mapped["OfferMeasure | None"] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    __mapper_args__ = {"version_id_col": version}

    def __init__(self, **values: Any) -> None:
        """A new offer has its defaults at once, so that it can be judged before it is written."""
        super().__init__(**{"quiet_months": [], "customs": []} | _defaults(type(self)) | values)

    @property
    def sharing(self) -> Sharing:
        """Who may read this."""
        if not self.is_published:
            return Sharing.DRAFT
        return Sharing.PUBLIC if self.is_public else Sharing.NETWORK

    @sharing.setter
    def sharing(self, sharing: Sharing) -> None:
        self.is_published = sharing is not Sharing.DRAFT
        self.is_public = sharing is Sharing.PUBLIC


def _defaults(model: type[Base]) -> dict[str, Any]:
    columns = model.__table__.columns.items()
    return {name: column.default.arg for name, column in columns if column.default and column.default.is_scalar}


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


class Rest(Base):
    """A pause of an association, or of one of its offers: no clock runs then. Goes 90 days after its last day."""

    __tablename__ = "rest"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        Index("ix_rest_organisation", "organisation_id", "last_day"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    offer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RestKind] = coded(RestKind, "kind")
    first_day: Mapped[date]
    last_day: Mapped[date]

    offer: Mapped[Offer | None] = relationship(viewonly=True)


class UpkeepMail(Base):
    """When the holder of a seat was last asked by mail whether the offers are still right. Goes with the seat."""

    __tablename__ = "upkeep_mail"

    seat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("function.id", ondelete="CASCADE"), primary_key=True)
    asked_at: Mapped[datetime]


class OfferPhoto(Base):
    """The photo of the door, sealed with a key of its own. Goes with its offer."""

    __tablename__ = "offer_photo"

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    data_key: Mapped[str]
    picture_sealed: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class OfferTag(Base):
    """What filters and search find an offer by: derived from the offer, written with it, gone with it."""

    __tablename__ = "offer_tag"
    __table_args__ = (Index("ix_offer_tag_find", "facet", "code", "offer_id"),)

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    facet: Mapped[Facet] = coded(Facet, "facet", primary_key=True)
    code: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)


class OfferMeasure(Base):
    """What matching weighs of a published offer, as numbers: see `measures`. Derived from it, gone with it."""

    __tablename__ = "offer_measure"

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    age_min: Mapped[int]
    age_max: Mapped[int]
    moments: Mapped[int] = mapped_column(BigInteger)
    prices: Mapped[int]
    places: Mapped[int | None]
    is_full: Mapped[bool]
    needs_car: Mapped[bool]
    has_way: Mapped[bool]
    area: Mapped[str] = mapped_column(String(40))
    interests: Mapped[int] = mapped_column(BigInteger)
    arranged: Mapped[int] = mapped_column(BigInteger)
    smaller: Mapped[int]
    fixed_customs: Mapped[int]
    has_alcohol: Mapped[bool]
    needs_dutch: Mapped[bool]
    yearly_cents: Mapped[int] = mapped_column(BigInteger)
    confirmed_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(BYTEWISE)


class OrganisationTag(Base):
    """A folded word by which an organisation is found. Derived from it, gone with it."""

    __tablename__ = "organisation_tag"
    __table_args__ = (Index("ix_organisation_tag_find", "word", "organisation_id"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    word: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)

    organisation: Mapped[Organisation] = relationship()


@event.listens_for(Session, "before_flush")
def keep_findable(session: Session, _context: object, _instances: object) -> None:
    """Derive anew how to find whatever changed: nobody who writes an offer or an organisation can forget it."""
    changed = [*session.new, *session.dirty]
    offers = {one for one in changed if isinstance(one, Offer)}
    offers |= {owner for one in changed if isinstance(one, OfferSlot) and (owner := _owner(session, one))}
    with session.no_autoflush:
        for organisation in [one for one in changed if isinstance(one, Organisation) and session.is_modified(one)]:
            _tag_organisation(session, organisation)
            if organisation.id is not None:
                offers |= set(session.scalars(select(Offer).where(Offer.organisation_id == organisation.id)))
        for offer in offers - set(session.deleted):
            _tag_offer(session, offer)


def _owner(session: Session, slot: OfferSlot) -> Offer | None:
    return session.get(Offer, slot.offer_id) if slot.offer_id else None


def _tag_offer(session: Session, offer: Offer) -> None:
    organisation = offer.organisation or session.get(Organisation, offer.organisation_id)
    if organisation is None:
        return  # the foreign key will say what is wrong
    wanted = tags_of(offer, organisation)
    for tag in [tag for tag in offer.tags if (tag.facet, tag.code) not in wanted]:
        offer.tags.remove(tag)
    known = {(tag.facet, tag.code) for tag in offer.tags}
    offer.tags.extend(OfferTag(facet=facet, code=code) for facet, code in sorted(wanted - known))
    offer.order_key = order_key(offer, organisation)
    _measure(offer)


def _measure(offer: Offer) -> None:
    """Only what is published can be matched."""
    if not offer.is_published:
        offer.measure = None
        return
    offer.confirmed_at = offer.confirmed_at or clock.now()
    offer.measure = offer.measure or OfferMeasure()
    for name, value in measures_of(offer).items():
        setattr(offer.measure, name, value)


def _tag_organisation(session: Session, organisation: Organisation) -> None:
    organisation.order_key = fold(organisation.name)[:250]
    wanted = words_of(organisation)
    known: dict[str, OrganisationTag] = {}
    if organisation.id is not None:
        tags = session.scalars(select(OrganisationTag).where(OrganisationTag.organisation_id == organisation.id))
        known = {tag.word: tag for tag in tags}
    for word in known.keys() - wanted:
        session.delete(known[word])
    for word in sorted(wanted - known.keys()):
        session.add(OrganisationTag(organisation=organisation, word=word))

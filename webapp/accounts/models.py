"""Organisations, people and the functions that tie them together."""

import enum
import uuid
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.crypto import SEALED
from webapp.core.db import BYTEWISE, Base, coded, new_id
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind, SecrecyRegime


class Organisation(Base):
    """A member of the network. Stays when its people leave; goes only when the network removes it."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_list", "order_key", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    order_key: Mapped[str] = mapped_column(BYTEWISE, default="")
    kind: Mapped[OrganisationKind] = coded(OrganisationKind, "kind")
    area: Mapped[str] = mapped_column(String(40), default="")
    secrecy: Mapped[SecrecyRegime] = coded(SecrecyRegime, "secrecy", default=SecrecyRegime.NONE)
    about: Mapped[str] = mapped_column(String(400), default="")
    helps_with: Mapped[str] = mapped_column(String(200), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    young_contact_name: Mapped[str] = mapped_column(String(80), default="")
    young_contact_phone: Mapped[str] = mapped_column(String(40), default="")
    young_contact_hint: Mapped[str] = mapped_column(String(200), default="")
    partner_contact_name: Mapped[str] = mapped_column(String(80), default="")
    partner_contact_phone: Mapped[str] = mapped_column(String(40), default="")
    partner_contact_email: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation that policy asks about: itself."""
        return self.id


class Person(Base):
    """Somebody who can sign in. Work hangs on seats, so deleting a person removes no work."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    functions: Mapped[list["Function"]] = relationship(back_populates="person", foreign_keys="Function.person_id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def first_name(self) -> str:
        """The name colleagues use."""
        return self.name.split()[0]


class Function(Base):
    """A seat: what one person is at one organisation, from a first day to a last. Kept 12 months after its end.

    Of agreements that others made, it opens those since `opens_from`; without that moment, all of them.
    """

    __tablename__ = "function"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name="ends_after_begin"),
        Index("ix_function_person", "person_id"),
        Index("ix_function_seat", "organisation_id", "kind"),
        Index("ix_function_ending", "kind", "ends_on", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    kind: Mapped[FunctionKind] = coded(FunctionKind, "kind")
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    given_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    given_at: Mapped[datetime | None]
    from_outside: Mapped[bool] = mapped_column(default=False)
    opens_from: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="functions", foreign_keys=person_id)
    organisation: Mapped[Organisation] = relationship()


class EmptySeat(Base):
    """Where the clock found nobody in a seat that an organisation cannot do without. Whoever reads it looks once more:
    it may have been filled since. Goes as soon as the clock finds somebody."""

    __tablename__ = "empty_seat"

    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[FunctionKind] = coded(FunctionKind, "kind", primary_key=True)


class Invitation(Base):
    """An invitation for one address to one seat: works once, within 14 days. Goes 30 days after that.

    From outside it takes a yes of the people who work there, as long as there are any.
    """

    __tablename__ = "invitation"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(80), default="")
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[FunctionKind] = coded(FunctionKind, "kind")
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    from_outside: Mapped[bool] = mapped_column(default=False)
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    opens_from: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    invited_by: Mapped[Person | None] = relationship(foreign_keys=invited_by_id, viewonly=True)

    # who may say yes today, read by `house.note_on`; until then nobody
    needs_yes = False
    nobody_speaks = False

    @property
    def is_waiting(self) -> bool:
        """Neither accepted nor taken back."""
        return self.accepted_at is None and self.withdrawn_at is None


class SignInSession(Base):
    """A signed-in browser. The cookie holds a random id; only its hash is here. Goes 30 days after it was made."""

    __tablename__ = "sign_in_session"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    proven_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(20), default="")
    system: Mapped[str] = mapped_column(String(20), default="")
    is_shared_device: Mapped[bool] = mapped_column(default=False)
    revoked_at: Mapped[datetime | None]


class MailedCode:
    """Somebody asked from one browser for a code in their mail. The code exists only as a hash, from the moment its
    mail is made. `keyed_as` keeps the hashes of one kind apart from those of another."""

    keyed_as: ClassVar[str]

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    browser_hash: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LoginCode(MailedCode, Base):
    """Somebody asked to sign in.

    A row is written for an unknown address too, so that nobody learns who has an account. Goes after a day.
    """

    __tablename__ = "login_code"
    __table_args__ = (Index("ix_login_code_email", "email_hash", "created_at"),)
    keyed_as = "code"

    email_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))


class JoinLink(Base):
    """A link by which several people join one crew, until a day and up to a number; or come in by a door that an area
    above keeps. Its token is sealed, so that the same QR code can be shown again. Goes 30 days after it ends."""

    __tablename__ = "join_link"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) != (door_id IS NULL)", name="leads_to_one"),
        Index("ix_join_link_door_id", "door_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    door_id: Mapped[uuid.UUID | None]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    cap: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    data_key: Mapped[str] = mapped_column(String(200))
    token_sealed: Mapped[str] = mapped_column(String(300))

    organisation: Mapped[Organisation | None] = relationship()

    @property
    def works(self) -> bool:
        """Neither ended, nor over, nor full."""
        return self.ended_at is None and clock.now() < self.expires_at and self.uses < self.cap


class Joining(MailedCode, Base):
    """Somebody who followed such a link and is about to show that an address is theirs. Goes after a day."""

    __tablename__ = "joining"
    keyed_as = "joining"

    join_link_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("join_link.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254))

    join_link: Mapped[JoinLink] = relationship()


class DiscretionPromise(Base):
    """Somebody read the discretion statement and promised to keep to it. Holds for a year; goes a year after that."""

    __tablename__ = "discretion_promise"
    __table_args__ = (Index("ix_discretion_promise_person", "person_id", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    edition: Mapped[str] = mapped_column(String(10))


class Passkey(Base):
    """A passkey of somebody: the public half of a key that never leaves their device. Goes when they remove it."""

    __tablename__ = "passkey"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(String(2000))
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_used_at: Mapped[datetime | None]


class PasskeyUse(enum.StrEnum):
    """What a passkey is asked for."""

    ADD = "add"
    SIGN_IN = "sign_in"
    PROOF = "proof"


class PasskeyChallenge(Base):
    """Random bytes that a passkey signs, once. Goes when they were signed, or after five minutes."""

    __tablename__ = "passkey_challenge"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    use: Mapped[PasskeyUse] = coded(PasskeyUse, "use")
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    challenge: Mapped[str] = mapped_column(String(100))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Authenticator(Base):
    """The app of somebody that shows a new code every half minute. Its secret is sealed; counts once confirmed."""

    __tablename__ = "authenticator"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    data_key: Mapped[str] = mapped_column(String(200))
    secret: Mapped[str] = mapped_column(String(200), info={SEALED: "secret"})
    last_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """One of ten codes for whoever lost their device; kept as a slow hash, goes when it is used."""

    __tablename__ = "recovery_code"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(160))

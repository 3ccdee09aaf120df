"""Signed links: 256 random bits in a URL that open one thing for one purpose, kept only as a hash.

Following a link never uses it up: only a POST does (mail scanners follow links).
"""

import enum
import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Index, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, coded, db, new_id


class Purpose(enum.StrEnum):
    """What a link is for; a token is refused for every other purpose. The value is the token's prefix."""

    SIGN_IN = "in"
    INVITATION = "uit"
    SETUP = "begin"
    JOIN = "mee"
    ANSWER = "vr"
    VISIT = "bz"
    WELCOME = "wk"
    STILL_RIGHT = "kl"
    ACTION = "ac"
    MAIL = "ml"
    POLL = "dp"
    POLL_REPLY = "da"
    FEED = "ag"
    SESSION = "ls"
    PARTICIPANT = "dn"


class Link(Base):
    """A link that was handed out. Goes when what it opens goes, or 30 days after it ends."""

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_subject", "subject_id", "purpose"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[Purpose] = coded(Purpose, "purpose")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    subject_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    @property
    def works(self) -> bool:
        """Neither expired, nor used up, nor revoked."""
        return self.used_at is None and self.revoked_at is None and clock.now() < self.expires_at


def issue(purpose: Purpose, subject_id: uuid.UUID, *, expires_at: datetime, person_id: uuid.UUID | None = None) -> str:
    """Make a link and return its token: the only moment at which the token itself exists."""
    token = f"{purpose.value}_{secrets.token_urlsafe(32)}"
    db.session.add(
        Link(
            purpose=purpose,
            token_hash=_hash(token),
            subject_id=subject_id,
            person_id=person_id,
            created_at=clock.now(),
            expires_at=expires_at,
        )
    )
    db.session.flush()
    return token


def find(purpose: Purpose, token: str) -> Link | None:
    """The link of a token, also one that no longer works (the page says why); None for a stranger's."""
    if not token.startswith(f"{purpose.value}_"):
        return None
    return db.session.scalar(select(Link).where(Link.token_hash == _hash(token), Link.purpose == purpose))


def working(ids: list[uuid.UUID]) -> list[Link]:
    """Those of the links that still work."""
    if not ids:
        return []
    return list(db.session.scalars(select(Link).where(Link.id.in_(ids), *_works())))


def last_of(ids: list[uuid.UUID], purpose: Purpose, subject_id: uuid.UUID) -> Link | None:
    """The newest of the links that were made for one purpose and thing, also when it no longer works."""
    wanted = select(Link).where(Link.id.in_(ids), Link.purpose == purpose, Link.subject_id == subject_id)
    return db.session.scalars(wanted.order_by(Link.created_at.desc(), Link.id).limit(1)).first()


def is_open(purpose: Purpose, subject_id: uuid.UUID) -> bool:
    """Whether somebody holds a link for one purpose to a thing that works now."""
    open_now = select(Link.id).where(Link.purpose == purpose, Link.subject_id == subject_id, *_works())
    return db.session.scalar(open_now.limit(1)) is not None


def _works() -> tuple[ColumnElement[bool], ...]:
    return Link.used_at.is_(None), Link.revoked_at.is_(None), Link.expires_at > clock.now()


def use_up(link: Link) -> bool:
    """Spend a link that works once; False when somebody was first."""
    spent = db.session.scalars(
        update(Link).where(Link.id == link.id, *_works()).values(used_at=clock.now()).returning(Link.id)
    )
    return spent.first() is not None


def extend(purpose: Purpose, subject_id: uuid.UUID, expires_at: datetime) -> None:
    """Let every link of one purpose to one thing that still works, work until later; none becomes shorter."""
    db.session.execute(
        update(Link)
        .where(Link.purpose == purpose, Link.subject_id == subject_id, Link.expires_at < expires_at, *_works())
        .values(expires_at=expires_at)
    )


def revoke(purpose: Purpose, subject_id: uuid.UUID) -> None:
    """End every link of one purpose to one thing, at once."""
    db.session.execute(
        update(Link)
        .where(Link.purpose == purpose, Link.subject_id == subject_id, Link.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def end_mailed(person_id: uuid.UUID) -> None:
    """End every link that somebody got in a mail; the one of their own calendar was never mailed."""
    mailed = Link.person_id == person_id, Link.purpose != Purpose.FEED
    db.session.execute(update(Link).where(*mailed, Link.revoked_at.is_(None)).values(revoked_at=clock.now()))


def held(purpose: Purpose, subjects: Iterable[uuid.UUID], person_id: uuid.UUID) -> dict[uuid.UUID, Link]:
    """The links of one purpose that one person holds to these things and that work now, by thing."""
    theirs = select(Link).where(Link.subject_id.in_(list(subjects)), Link.purpose == purpose, *_works())
    return {one.subject_id: one for one in db.session.scalars(theirs.where(Link.person_id == person_id))}


def forget(purpose: Purpose, subject_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """End what one person holds to one thing, as if it never was."""
    theirs = delete(Link).where(Link.purpose == purpose, Link.subject_id == subject_id)
    db.session.execute(theirs.where(Link.person_id == person_id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

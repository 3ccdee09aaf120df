"""Signed-in browsers: the cookie holds a random id, the database its hash, and rights are read anew each time."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.exc import DBAPIError

from webapp.accounts.models import (
    Authenticator,
    DiscretionPromise,
    Function,
    Organisation,
    Passkey,
    Person,
    SignInSession,
)
from webapp.core import clock, keeping
from webapp.core.db import AnySelect, current_connection, db, given, is_reading, own_transaction, read
from webapp.core.statements import Prepared
from webapp.policy.actor import GUEST, Actor, Seat
from webapp.vocabulary.functions import FunctionKind

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=30)
IDLE_ADMINISTRATOR = timedelta(minutes=30)
ABSOLUTE_ADMINISTRATOR = timedelta(hours=12)
IDLE_SHARED_DEVICE = timedelta(minutes=15)
PROMISE_HOLDS = timedelta(days=365)
NOTE_SEEN_EVERY = timedelta(minutes=5)
MOST_SHOWN = 50


def is_current(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition that a function is held on a day, which may be given when the statement runs."""
    return and_(Function.begins_on <= day, goes_on(day))


def goes_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition that a function has not ended before a day; it may begin later."""
    return or_(Function.ends_on.is_(None), Function.ends_on >= day)


def _has_second_factor() -> ColumnElement[bool]:
    """The condition that somebody has a passkey or a confirmed app."""
    app = exists().where(Authenticator.person_id == Person.id, Authenticator.confirmed_at.is_not(None))
    return or_(exists().where(Passkey.person_id == Person.id), app)


def _has_promised() -> ColumnElement[bool]:
    """The condition that somebody promised discretion, less than a year ago."""
    since = given("promised_since", DiscretionPromise.at)
    return exists().where(DiscretionPromise.person_id == Person.id, DiscretionPromise.at > since)


def _session_with_seats() -> AnySelect:
    return (
        select(
            SignInSession.id,
            SignInSession.created_at,
            SignInSession.last_seen_at,
            SignInSession.proven_at,
            SignInSession.second_factor_at,
            _has_second_factor().label("has_second_factor"),
            _has_promised().label("has_promised"),
            SignInSession.is_shared_device,
            Person.id.label("person_id"),
            Person.name,
            Function.kind,
            Function.organisation_id,
            Function.opens_from,
            Organisation.kind.label("organisation_kind"),
            Organisation.name.label("organisation_name"),
        )
        .join(Person, Person.id == SignInSession.person_id)
        .outerjoin(Function, and_(Function.person_id == Person.id, is_current(given("today", Function.begins_on))))
        .outerjoin(Organisation, Organisation.id == Function.organisation_id)
        .where(
            SignInSession.token_hash == given("token_hash", SignInSession.token_hash),
            SignInSession.revoked_at.is_(None),
            Person.is_active,
        )
        .order_by(Function.begins_on, Function.id)
    )


_SESSION_WITH_SEATS = Prepared(lambda: _session_with_seats())


def load(token: str) -> Actor:
    """Who a session cookie stands for; GUEST when the session is over. One query."""
    values = {"token_hash": hash_of(token), "today": clock.today(), "promised_since": clock.now() - PROMISE_HOLDS}
    rows = read(_SESSION_WITH_SEATS, values)
    if not rows:
        return GUEST
    seats = tuple(
        Seat(row.kind, row.organisation_id, row.organisation_kind, row.organisation_name, row.opens_from)
        for row in rows
        if row.kind
    )
    first = rows[0]
    actor = Actor(
        first.person_id,
        first.name,
        seats,
        proven_at=first.proven_at,
        session_id=first.id,
        second_factor_at=first.second_factor_at,
        has_second_factor=bool(first.has_second_factor),
        has_promised=bool(first.has_promised),
    )
    if _is_over(actor, first.created_at, first.last_seen_at, shared=first.is_shared_device):
        return GUEST
    if clock.now() - first.last_seen_at > NOTE_SEEN_EVERY:
        _note_seen(first.id)
    return actor


def _is_over(actor: Actor, created_at: datetime, last_seen_at: datetime, *, shared: bool) -> bool:
    administrator = actor.holds(FunctionKind.ADMINISTRATOR)
    idle = IDLE_ADMINISTRATOR if administrator else IDLE
    idle = min(idle, IDLE_SHARED_DEVICE) if shared else idle
    absolute = ABSOLUTE_ADMINISTRATOR if administrator else ABSOLUTE
    now = clock.now()
    return now - last_seen_at > idle or now - created_at > absolute


def _note_seen(session_id: uuid.UUID) -> None:
    """A change notes the moment in its own transaction, and says itself when nothing can be kept. A read may not write
    there, so it is noted beside it. While nothing can be kept at all, people can still read: then it is not noted."""
    seen = update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=clock.now())
    if not is_reading():
        current_connection().execute(seen)
        return
    try:
        with own_transaction() as beside:
            beside.execute(seen)
    except DBAPIError as error:
        if not keeping.is_impossible(error):
            raise


def start(
    person_id: uuid.UUID,
    *,
    shared_device: bool = False,
    second_factor: bool = False,
    browser: str = "",
    system: str = "",
) -> str:
    """Sign a person in on one browser; the token for its cookie."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        SignInSession(
            token_hash=hash_of(token),
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            proven_at=now,
            second_factor_at=now if second_factor else None,
            browser=browser,
            system=system,
            is_shared_device=shared_device,
        )
    )
    db.session.flush()
    return token


def renew(session_id: uuid.UUID, *, second_factor: bool) -> str:
    """The same browser under a new id, freshly proven; the token for its cookie. The old one is refused from now on."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    proven = {"second_factor_at": now} if second_factor else {}
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id)
        .values(token_hash=hash_of(token), proven_at=now, last_seen_at=now, **proven)
    )
    return token


def of(person_id: uuid.UUID) -> Sequence[SignInSession]:
    """The browsers in which a person is signed in, the one used last first."""
    return db.session.scalars(
        select(SignInSession)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.revoked_at.is_(None),
            SignInSession.created_at > clock.now() - ABSOLUTE,
        )
        .order_by(SignInSession.last_seen_at.desc(), SignInSession.id)
        .limit(MOST_SHOWN)
    ).all()


def end(session_id: uuid.UUID, *, of: uuid.UUID | None) -> None:
    """Sign one browser of a person out: the row goes."""
    db.session.execute(delete(SignInSession).where(SignInSession.id == session_id, SignInSession.person_id == of))


def end_all(person_id: uuid.UUID, *, but: uuid.UUID | None = None) -> None:
    """Sign a person out everywhere, perhaps but for one browser; effective at their next request."""
    condition = [SignInSession.person_id == person_id, SignInSession.revoked_at.is_(None)]
    if but:
        condition.append(SignInSession.id != but)
    db.session.execute(update(SignInSession).where(*condition).values(revoked_at=clock.now()))


def end_these(session_ids: Sequence[uuid.UUID]) -> None:
    """Sign these browsers out."""
    db.session.execute(update(SignInSession).where(SignInSession.id.in_(session_ids)).values(revoked_at=clock.now()))


def hash_of(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()

"""How often somebody may try, counted in the database so that every process and every server counts together.

Limits are rows of one table below. A try counts whatever becomes of it: a change is counted in its own transaction, so
that it makes one commit, and once more beside it when that transaction did not last. Keys are hashed, so no address is
kept.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_limiter import ApplicationLimit, Limiter, RequestLimit
from limits.storage import Storage
from sqlalchemy import String, case, delete, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.core import clock, keeping
from webapp.core.db import Base, db, own_transaction, reading
from webapp.core.links import Link
from webapp.core.sweeps import sweep
from webapp.web.addresses import normal_address
from webapp.web.links import is_kept
from webapp.web.who import actor

SAFE = ("GET", "HEAD", "OPTIONS")
COUNTED, LOST = "counted", "counted in vain"
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Attempts(Base):
    """How often one visitor did one thing in the present window. Goes when the window is over."""

    __tablename__ = "attempts"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    amount: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class DatabaseStorage(Storage):
    """Where Flask-Limiter counts: our own database."""

    STORAGE_SCHEME = ["brug"]

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong here."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more and say how many it are in this window."""
        if not has_request_context() or request.method in SAFE:
            with own_transaction() as beside:
                return int(beside.scalar(_counted(key, expiry, amount)) or 0)
        number = int(db.session.scalar(_counted(key, expiry, amount)) or 0)
        db.session.info.setdefault(COUNTED, []).append((key, expiry, amount))
        return number

    def get(self, key: str) -> int:
        """How many it are in this window."""
        with reading(), Session(db.engine) as beside:
            return beside.scalar(_current(Attempts.amount, key)) or 0

    def get_expiry(self, key: str) -> float:
        """When this window ends, in seconds since 1970."""
        with reading(), Session(db.engine) as beside:
            end: datetime | None = beside.scalar(_current(Attempts.expires_at, key))
        return (end or clock.now()).timestamp()

    def check(self) -> bool:
        """Whether counting works."""
        return True

    def reset(self) -> int | None:
        """Forget every count."""
        with own_transaction() as beside:
            beside.execute(delete(Attempts))
        return None

    def clear(self, key: str) -> None:
        """Forget one count."""
        with own_transaction() as beside:
            beside.execute(delete(Attempts).where(Attempts.key_hash == _hash(key)))


def _counted(key: str, expiry: int, amount: int) -> Any:
    """The statement that counts so many more, and says how many it are."""
    now = clock.now()
    over = Attempts.expires_at <= now
    fresh = INSERTS[db.engine.dialect.name](Attempts).values(
        key_hash=_hash(key), amount=amount, expires_at=now + timedelta(seconds=expiry)
    )
    return fresh.on_conflict_do_update(
        index_elements=[Attempts.key_hash],
        set_={
            "amount": case((over, amount), else_=Attempts.amount + amount),
            "expires_at": case((over, fresh.excluded.expires_at), else_=Attempts.expires_at),
        },
    ).returning(Attempts.amount)


@event.listens_for(Session, "after_commit")
def _keep_counts(session: Session) -> None:
    session.info.pop(COUNTED, None)


@event.listens_for(Session, "after_rollback")
def _lose_counts(session: Session) -> None:
    if COUNTED in session.info:
        session.info.setdefault(LOST, []).extend(session.info.pop(COUNTED))


def _count_lost(_error: BaseException | None) -> None:
    """What was counted in a transaction that did not last is counted again; when nothing at all can be kept, not."""
    if not {COUNTED, LOST} & db.session.info.keys():
        return
    db.session.rollback()  # an error page may have read, and its lock must not stand in the way
    lost = db.session.info.pop(LOST, ())
    try:
        with own_transaction() as beside:
            for one in lost:
                beside.execute(_counted(*one))
    except DBAPIError as error:
        if not keeping.is_impossible(error):
            raise


def _current(column: Any, key: str) -> Any:
    return select(column).where(Attempts.key_hash == _hash(key), Attempts.expires_at > clock.now())


@sweep
def forget_attempts() -> None:
    """Counts of windows that are over go."""
    db.session.execute(delete(Attempts).where(Attempts.expires_at <= clock.now()))


def network() -> str:
    """Where a request comes from: its address, or for IPv6 its household (/64)."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - nobody
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def person() -> str:
    """Who sends a request; its network when nobody is signed in. Leaves no transaction open that only read."""
    with reading():
        who = actor()
        if not db.session.info.get(COUNTED):
            db.session.rollback()
    return str(who.person_id or network())


def mailbox() -> str:
    """The address that a mail is asked for, however it is spelled."""
    typed = request.form.get("email", "")
    return normal_address(typed) or typed.strip().lower() or network()


def at(*endpoints: str) -> Callable[[], bool]:
    """Whether a change goes to one of these endpoints."""
    return lambda: request.method == "POST" and request.endpoint in endpoints


def searches() -> bool:
    """Whether a request looks for words."""
    return request.method == "GET" and bool(request.args.get("q", "").strip())


def to(*endpoints: str) -> Callable[[], bool]:
    """Whether a request goes to one of these endpoints, to read too."""
    return lambda: request.endpoint in endpoints


def answers_as_guest() -> bool:
    """Whether somebody answers by the link in a mail, without an account."""
    return request.method == "POST" and request.endpoint in GUEST_FORMS and person() == network()


def question() -> str:
    """The question that a form is about."""
    return str((request.view_args or {}).get("ask_id"))


def poll() -> str:
    """The date poll that a guest answers."""
    return str((request.view_args or {}).get("poll_id"))


def changes() -> bool:
    """Whether a request wants to change something."""
    return request.method == "POST"


def opens_link() -> bool:
    """Whether a request carries the token of a link."""
    return "token" in (request.view_args or {})


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: at most `amount`, counted per `key`, wherever `applies`; of the answers only those that `counts`."""

    name: str
    amount: str
    key: Callable[[], str]
    applies: Callable[[], bool]
    counts: Callable[[Response], bool] | None = None


def opened_too_often(link: Link, most: int) -> bool:
    """Whether a link was opened more than `most` times. A browser counts once."""
    if is_kept(link):
        return False
    lasts = max(1, round((link.expires_at - clock.now()).total_seconds()))
    return DatabaseStorage().incr(f"link {link.id}", lasts) > most


def was_missing(response: Response) -> bool:
    """A link of which nobody knows."""
    return response.status_code == 404


def was_done(response: Response) -> bool:
    """Something that was accepted; what somebody mistyped costs nothing."""
    return response.status_code < 400


MAILS = ("accounts.send_code", "accounts.send_proof_code", "accounts.join")
SIGNING_IN = (
    *MAILS,
    "accounts.enter_code",
    "accounts.use_sign_in_link",
    "accounts.use_passkey",
    "accounts.enter_join_code",
    "accounts.enter_proof",
)
SECOND_FACTORS = (
    "accounts.prove_with_app",
    "accounts.prove_with_passkey",
    "accounts.prove_with_recovery_code",
    "accounts.confirm_app",
)
GUEST_FORMS = ("referrals.say_yes", "referrals.say_wait", "referrals.say_idea", "referrals.say_no")
EXPORTS = ("directory.as_file", "privacy.own_file", "privacy.on_paper", "privacy.as_file")
FILES = ("directory.door_photo", "referrals.keep_scan", "shelf.add_file", "shelf.add_version")
INTO_GROUPS = ("groups.add_member", "groups.invite", "groups.invite_again")
CARDS = ("referrals.welcome_card", "referrals.print_card")
BOOKLETS = ("lessons.booklet_as_pdf", "lessons.booklet_as_book")
FEEDS_OF_LESSONS = ("lessons.atom_feed", "lessons.json_feed")

LIMITS = (
    Limit("changes", "120 per minute", person, changes),
    Limit("sign-in mails", "5 per hour", mailbox, at("accounts.send_code", "accounts.join")),
    Limit("proof mails", "5 per hour", person, at("accounts.send_proof_code")),
    Limit("second factors", "10 per 15 minutes", person, at(*SECOND_FACTORS)),
    Limit("looks at contact cards", "30 per hour", person, at("referrals.open_card", "referrals.open_scan")),
    Limit("exports", "5 per hour", person, at("privacy.on_paper", "privacy.as_file", "privacy.own_file")),
    Limit("sign-in tries", "30 per 15 minutes", network, at(*SIGNING_IN)),
    Limit("calendar feeds", "60 per hour", lambda: request.path, to("meetings.feed")),
    Limit("feeds of lessons", "60 per hour", network, to(*FEEDS_OF_LESSONS)),
    Limit("wrong links", "20 per hour", network, opens_link, was_missing),
    Limit("forms of guests", "5 per hour", question, answers_as_guest, was_done),
    Limit("guests in a date poll", "60 per hour", poll, at("polls.answer_as_guest"), was_done),
    Limit("searches", "30 per minute", person, searches),
    Limit("lists as a file", "5 per hour", person, to(*EXPORTS)),
    Limit("files", "20 per hour", person, at(*FILES)),
    Limit("cards on paper", "60 per hour", person, to(*CARDS)),
    Limit("booklets", "20 per hour", person, to(*BOOKLETS)),
    Limit("invitations", "10 per hour", network, at("accounts.accept_invitation", "accounts.set_up")),
    Limit("invited people", "10 per hour", network, at("accounts.invite", "accounts.resend_invitation"), was_done),
    Limit("people invited into groups", "20 per hour", person, at(*INTO_GROUPS), was_done),
    Limit("browser reports", "60 per minute", network, at("web.csp_report")),
)


def nothing_is_limited() -> bool:
    """Whether no row is about this request: most readings."""
    return not any(one.applies() for one in LIMITS)


def init_app(app: Flask) -> None:
    """Check every request against the table, and say when to try again."""
    limiter = Limiter(
        network,
        application_limits=[_as_application_limit(one) for one in LIMITS],
        storage_uri="brug://",
        on_breach=_remember_when_it_ends,
    )
    limiter.request_filter(nothing_is_limited)
    limiter.init_app(app)

    app.teardown_request(_count_lost)

    @app.after_request
    def say_when(response: Response) -> Response:
        if response.status_code == 429 and "limit_ends" in g:
            wait = g.limit_ends - clock.now().timestamp()
            response.headers["Retry-After"] = str(max(1, round(wait)))
        return response


def _as_application_limit(one: Limit) -> ApplicationLimit:
    return ApplicationLimit(
        one.amount,
        key_function=one.key,
        scope=one.name,
        exempt_when=lambda: not one.applies(),
        deduct_when=one.counts,
    )


def _remember_when_it_ends(breached: RequestLimit) -> None:
    g.limit_ends = breached.reset_at


def _hash(key: str) -> str:
    return hmac.new(current_app.config["SECRET_KEY"], f"limit {key}".encode(), hashlib.sha256).hexdigest()

"""A form that is sent twice does its work once: each form carries a random key, and a key counts one time."""

import hashlib
import secrets
import uuid
from datetime import datetime

from flask import Flask, Response, g, redirect, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import String, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, db, given, write
from webapp.core.statements import Prepared
from webapp.core.sweeps import sweep
from webapp.vocabulary.retention import Keep, kept_for
from webapp.web.i18n import turned_to
from webapp.web.who import draft_owner

FIELD = "once"


class FormOnce(Base):
    """A form that was sent, and where its answer led. Goes after two days."""

    __tablename__ = "form_once"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str] = mapped_column(String(400), default="")


_SENT = FormOnce.key_hash == given("sent", FormOnce.key_hash)
_ADD = Prepared(lambda: insert(FormOnce))
_FORGET = Prepared(lambda: delete(FormOnce).where(_SENT))
_LEADS_TO = Prepared(lambda: update(FormOnce).where(_SENT).values(location=given("to", FormOnce.location)))


@sweep
def forget_sent_forms() -> None:
    """Keys of forms that were sent go after two days."""
    db.session.execute(delete(FormOnce).where(FormOnce.at < clock.now() - kept_for(Keep.FORM)))


def new_key() -> str:
    """A key for a form that is being shown."""
    return secrets.token_urlsafe(12)


def init_app(app: Flask) -> None:
    """Watch every POST that carries a key."""

    @app.before_request
    def first_time() -> ResponseReturnValue | None:
        key = request.form.get(FIELD) if request.method == "POST" and not turned_to() else None
        if not key:
            return None
        hashed = _hash(key)
        try:
            # a second sender waits here until the first one is done
            write(_ADD, {"key_hash": hashed, "at": clock.now()})
        except IntegrityError:
            db.session.rollback()
            location = db.session.scalar(select(FormOnce.location).where(FormOnce.key_hash == hashed))
            return redirect(location or request.path, 303)
        g.once = hashed
        return None


def remember(response: Response) -> None:
    """Just before a change is kept: where its answer leads, for whoever sends the same form again."""
    hashed = g.pop("once", None)
    if hashed and _stays_open(response):
        write(_FORGET, {"sent": hashed})
    elif hashed:
        location = response.headers.get("Location") or response.headers.get("HX-Redirect") or request.path
        write(_LEADS_TO, {"sent": hashed, "to": location[:400]})


def stays_open() -> None:
    """What was sent is kept, and the form stays in front of its reader, who will send it again with the same key."""
    g.stays_open = True


def _stays_open(response: Response) -> bool:
    """Whether the answer leaves the form in front of its reader: a draft was kept, and will be kept again."""
    return "stays_open" in g or (response.status_code == 204 and "HX-Redirect" not in response.headers)


def was_sent(path: str) -> bool:
    """Whether this very form was sent for good to `path` meanwhile: what it saved of itself before comes too late."""
    sent = FormOnce.key_hash == _hash(request.form.get(FIELD, ""), path)
    return db.session.scalar(select(FormOnce.at).where(sent)) is not None


def id_for(path: str) -> uuid.UUID:
    """The id of what this very form makes when it is sent to `path`, also when a part of it was kept before."""
    return uuid.UUID(_hash(request.form.get(FIELD, ""), path)[:32])


def _hash(key: str, path: str = "") -> str:
    """Whoever signs in again while they type has the same form before them; a guest has it for one visit."""
    whose = draft_owner() or session.get("csrf_token", "")
    return hashlib.sha256(f"{whose}:{path or request.path}:{key}".encode()).hexdigest()

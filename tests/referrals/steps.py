"""Short ways of the tests of the crossing: ids without a lock, a look at notices, links, and counted statements."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event, select, text

from tests.people import Cast
from tests.support.browse import Browser, Page
from webapp.core import clock, links
from webapp.core.db import db
from webapp.notifications.models import Notice
from webapp.referrals.models import Ask, Referral

CALL = "/toeleidingen/gebeld"
YES = {"answer": "accepted", "welcomer": "Noor", "moment_note": "zaterdag, na de herfstvakantie"}


def id_of(thing: Any) -> uuid.UUID:
    """The id of a thing, with the transaction that read it ended: a visitor must not wait for the test."""
    found: uuid.UUID = thing.id
    db.session.rollback()
    return found


def again(kind: type[Any], thing_id: uuid.UUID) -> Any:
    """A thing as it is in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(kind, thing_id)


def status_of(thing_id: uuid.UUID) -> str:
    """The status of an ask or a referral now."""
    found = again(Ask, thing_id) or again(Referral, thing_id)
    status: str = found.status.value
    db.session.rollback()
    return status


def notices(cast: Cast, who: str) -> list[str]:
    """The kinds of the notices of somebody, oldest first."""
    db.session.rollback()
    query = select(Notice.kind).where(Notice.person_id == cast.people[who]).order_by(Notice.created_at, Notice.id)
    found = [kind.value for kind in db.session.scalars(query)]
    db.session.rollback()
    return found


def answer_link(ask_id: uuid.UUID, person_id: uuid.UUID | None, *, lasts: timedelta = timedelta(days=14)) -> str:
    """The path of a link as the mail about an ask carries it."""
    token = links.issue(links.Purpose.ANSWER, ask_id, expires_at=clock.now() + lasts, person_id=person_id)
    db.session.commit()
    return f"/v/{token}"


def without_what_differs(page: Page) -> str:
    """The body of an error page without the code that is different each time."""
    body = re.sub(r"[A-Z]{5,8} \d{4}", "", page.text)
    return re.sub(r'(name="(?:csrf_token|csrf-token|next|once)"[^>]*?(?:value|content)="|content=")[^"]*"', "", body)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database is asked inside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "advisory" not in statement and not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@contextmanager
def audit_unwritable() -> Iterator[None]:
    """The audit log cannot be written inside."""
    _rename("audit", "audit_away")
    try:
        yield
    finally:
        _rename("audit_away", "audit")


def _rename(old: str, new: str) -> None:
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def by_link(browse: Callable[[str], Browser], cast: Cast, ask_id: uuid.UUID, who: str = "noor") -> Browser:
    """A browser in which nobody is signed in, that followed the link of a mail to somebody."""
    guest = browse("guest")
    guest.get(answer_link(ask_id, cast.people[who]))
    return guest


def call(page: Any, **said: str) -> dict[str, Any]:
    """The form of a call, filled in."""
    asked = page.response.request
    query = asked.query_string.decode()
    return {**page.form(f"{asked.path}?{query}" if query else asked.path), "age_band": "12-14", "friends": "0", **said}

"""Joining by a link that several people share: they show that an address is theirs, and come in.

Into a crew it gives the least function; only who speaks for the house makes such a link, and at most one works at a
time. An area above may keep doors of its own: it asks who may open one, and says what happens when somebody enters.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from webapp.accounts import mailed_codes, queries, sessions, telling
from webapp.accounts.models import Function, Joining, JoinLink, Organisation, Person
from webapp.core import audit, clock, crypto, links, outbox
from webapp.core.crypto import Place
from webapp.core.db import db
from webapp.core.errors import Conflict
from webapp.policy import roles
from webapp.policy.actor import GUEST, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.functions import FunctionKind

LEAST = FunctionKind.CREW
BRUG = "Brug"
"""Who a code is from when it opens a door: a mail tells nobody of a group."""


@dataclass(frozen=True, slots=True)
class Minted:
    """A code on its way to somebody who wants to join."""

    email: str
    code: str
    organisation: str


Enter = Callable[[uuid.UUID, Person, uuid.UUID | None], None]
_doors: list[Enter] = []


def keeps_doors(enter: Enter) -> Enter:
    """Register what happens when a person enters by a door (its id), and who made the link."""
    _doors.append(enter)
    return enter


def has_crew(organisation: Organisation) -> bool:
    """Whether there is a function here that opens nothing about young people."""
    return LEAST in roles.functions_of(organisation.kind)


def make(organisation: Organisation, *, days: int, cap: int, by: Actor) -> JoinLink:
    """A new link; the one from before stops working."""
    require(by, Can.SHARE_JOIN_LINK, organisation)
    if not has_crew(organisation):
        raise Conflict
    earlier = queries.join_link(organisation.id)
    if earlier:
        _end(earlier)
    return _new(organisation_id=organisation.id, days=days, cap=cap, by=by)


def open_door(door_id: uuid.UUID, *, days: int, cap: int, by: Actor) -> JoinLink:
    """A link to a door; whoever keeps the door asked whether this person may."""
    return _new(door_id=door_id, days=days, cap=cap, by=by)


def close_door(door_id: uuid.UUID, *, by: Actor) -> None:
    """Let the link to a door stop working at once."""
    row = queries.door_link(door_id)
    if row:
        _end(row)
        audit.write("join_link.end", by=by, thing_id=row.id)


def _new(
    *,
    days: int,
    cap: int,
    by: Actor,
    organisation_id: uuid.UUID | None = None,
    door_id: uuid.UUID | None = None,
) -> JoinLink:
    row_id, expires_at = uuid.uuid4(), clock.now() + timedelta(days=days)
    token = links.issue(links.Purpose.JOIN, row_id, expires_at=expires_at)
    data_key = crypto.ring().new_data_key(row_id)
    row = JoinLink(
        id=row_id,
        organisation_id=organisation_id,
        door_id=door_id,
        made_by_id=by.person_id,
        expires_at=expires_at,
        cap=cap,
        data_key=data_key,
        token_sealed=crypto.ring().seal(data_key, _place(row_id), token),
    )
    db.session.add(row)
    db.session.flush()
    audit.write("join_link.make", by=by, thing_id=row.id)
    return row


def token_of(row: JoinLink) -> str:
    """The token, to show the link again."""
    return crypto.ring().open(row.data_key, _place(row.id), row.token_sealed)


def end(organisation: Organisation, *, by: Actor) -> None:
    """Let the link of an organisation stop working at once."""
    require(by, Can.SHARE_JOIN_LINK, organisation)
    row = queries.join_link(organisation.id)
    if row:
        _end(row)
        audit.write("join_link.end", by=by, thing_id=row.id)


def _end(row: JoinLink) -> None:
    row.ended_at = clock.now()
    links.revoke(links.Purpose.JOIN, row.id)
    db.session.flush()


def ask(row: JoinLink, *, name: str, email: str, browser: str) -> uuid.UUID:
    """Somebody wants to join: a code goes to their address, known here or not."""
    if not row.works:
        raise Conflict
    asked = mailed_codes.ask(Joining, browser=browser, join_link_id=row.id, name=name, email=email)
    outbox.enqueue("mail.joining", {"joining": asked.id.hex})
    return asked.id


def mint(joining_id: uuid.UUID) -> Minted | None:
    """Make the code, while its mail is written; None when it is too late."""
    asked = db.session.get(Joining, joining_id)
    if asked is None or is_over(asked):
        return None
    place = asked.join_link.organisation
    return Minted(asked.email, mailed_codes.mint(asked), place.name if place else BRUG)


def is_over(asked: Joining) -> bool:
    """Whether this leads nowhere any more."""
    return mailed_codes.is_over(asked) or not asked.join_link.works


def enter(asked: Joining, typed: str) -> uuid.UUID | None:
    """Try the code: the person who joined, or None. Every try counts, and each person who joins counts for the link;
    who was of the crew already takes no place. Raises Conflict when the code is right and the account was closed."""
    right = mailed_codes.is_right(asked, typed)
    person = queries.person_by_email(asked.email)
    is_closed = right and person and not person.is_active
    if not right or is_closed or not (_is_there(asked.join_link, person) or _take_place(asked.join_link_id)):
        reason = "closed" if is_closed else "code"
        audit.write("join", by=GUEST, thing_id=asked.join_link_id, result="refused", reason=reason)
        if is_closed:
            raise Conflict
        return None
    asked.used_at = clock.now()
    if person is None:
        person = Person(name=asked.name, email=asked.email)
        db.session.add(person)
    db.session.flush()
    _begin(asked.join_link, person)
    return person.id


def _is_there(row: JoinLink, person: Person | None) -> bool:
    """Whether somebody is of this crew already: they come in, and stay what they are."""
    return bool(person and row.organisation_id and queries.holds(person.id, row.organisation_id, LEAST))


def _take_place(join_link_id: uuid.UUID) -> bool:
    """Count one more for a link, as long as there is room; of two who come at once for the last place, one gets it."""
    taken = db.session.scalars(
        update(JoinLink)
        .where(
            JoinLink.id == join_link_id,
            JoinLink.uses < JoinLink.cap,
            JoinLink.ended_at.is_(None),
            JoinLink.expires_at > clock.now(),
        )
        .values(uses=JoinLink.uses + 1)
        .returning(JoinLink.id)
    )
    return taken.first() is not None


def _begin(row: JoinLink, person: Person) -> None:
    """Give the function, which opens nothing that others agreed before. Whoever has it already keeps it. By a door, let
    the area that keeps it do what it does."""
    if row.door_id:
        for enter_by in _doors:
            enter_by(row.door_id, person, row.made_by_id)
    if row.organisation_id is None:
        return
    if _is_there(row, person):
        return
    seat = Function(
        person_id=person.id,
        organisation_id=row.organisation_id,
        kind=LEAST,
        begins_on=clock.today(),
        given_by_id=row.made_by_id,
        given_at=clock.now(),
        opens_from=clock.now(),
    )
    db.session.add(seat)
    db.session.flush()
    sessions.end_all(person.id)
    by = Actor(person_id=person.id, name=person.name)
    audit.write("seat.begin", by=by, thing_id=seat.id, reason="join_link")
    telling.joined(seat, by=by)


def _place(row_id: uuid.UUID) -> Place:
    return Place("join_link", "token", row_id)

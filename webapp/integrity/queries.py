"""Reading the help lines, and the state of policies."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import ColumnElement, or_, select

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Numbers, counted
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.models import Membership, WorkingGroup
from webapp.integrity.models import NOBODY, HelpLine, IntegrityPolicy
from webapp.policy.actor import Actor
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS

CHECKED_FOR = timedelta(days=183)
MOST_LINES = 40
PAGE_SIZE = 50
STALE = "help lines to check"
WITH_POLICY = tuple(kind for kind, traits in ORGANISATION_TRAITS.items() if traits.receives_minors)


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who keeps the signposts beside the youth service: whoever sits in a group of integrity contact persons."""

    contact_ids: frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class PolicyOf:
    """The policy of one association, as it is; `row` is None until they said something."""

    organisation: Organisation
    row: IntegrityPolicy | None
    contact_ids: frozenset[uuid.UUID] = NOBODY

    @property
    def organisation_id(self) -> uuid.UUID:
        """The association whose policy it is."""
        return self.organisation.id


def keepers() -> Keepers:
    """Who keeps the signposts today."""
    rows = read(_contacts(), {"today": clock.today()})
    return Keepers(frozenset(row.person_id for row in rows))


@prepared
def _contacts() -> AnySelect:
    about = (Membership.group_id == WorkingGroup.id, WorkingGroup.is_about_integrity, groups.sits_now())
    return select(Membership.person_id).join(WorkingGroup, about[0]).where(*about[1:]).order_by(Membership.person_id)


def lines() -> Sequence[AnyRow]:
    """The help lines in their order, with who checked each last."""
    query = (
        select(
            HelpLine.id, HelpLine.name, HelpLine.number, HelpLine.url, HelpLine.about, HelpLine.is_urgent,
            HelpLine.checked_on, Person.name.label("checked_by"),
        )
        .outerjoin(Person, Person.id == HelpLine.checked_by_id)
        .order_by(HelpLine.place, HelpLine.name, HelpLine.id)
        .limit(MOST_LINES)
    )  # fmt: skip
    return db.session.execute(query).all()


def line(help_line_id: uuid.UUID) -> HelpLine | None:
    """One help line, with who keeps it."""
    found = db.session.get(HelpLine, help_line_id)
    kept_by = keepers()
    if found:
        found.contact_ids = kept_by.contact_ids
    return found


def policy(organisation_id: uuid.UUID) -> PolicyOf | None:
    """The policy of one association."""
    organisation = db.session.get(Organisation, organisation_id)
    row = db.session.get(IntegrityPolicy, organisation_id)
    kept_by = keepers()
    if organisation is None or organisation.kind not in WITH_POLICY:
        return None
    return PolicyOf(organisation, row, kept_by.contact_ids)


def policies(after: tuple[str, uuid.UUID] | None = None) -> Sequence[AnyRow]:
    """Up to one page of the associations, and one more, by name, each with what it arranged."""
    query = (
        select(
            Organisation.id, Organisation.name, IntegrityPolicy.is_named, IntegrityPolicy.trained_on,
            IntegrityPolicy.has_protocol, IntegrityPolicy.reviewed_on, IntegrityPolicy.lines_posted,
            IntegrityPolicy.said_at,
        )
        .outerjoin(IntegrityPolicy, IntegrityPolicy.organisation_id == Organisation.id)
        .where(Organisation.kind.in_(WITH_POLICY))
    )  # fmt: skip
    if after:
        name, last = after
        query = query.where(or_(Organisation.name > name, (Organisation.name == name) & (Organisation.id > last)))
    return db.session.execute(query.order_by(Organisation.name, Organisation.id).limit(PAGE_SIZE + 1)).all()


def stale(actor: Actor, *, coordinates: bool) -> Numbers:
    """How many lines nobody checked for half a year, for whoever keeps them."""
    if not actor.is_known:
        return Numbers()
    return Numbers({STALE: _stale(coordinates)}, groups.values(actor) | {"too_old": clock.today() - CHECKED_FOR})


@cache
def _stale(coordinates: bool) -> ColumnElement[int]:
    old = or_(HelpLine.checked_on.is_(None), HelpLine.checked_on < given("too_old", HelpLine.checked_on))
    query = select(HelpLine.id).where(old)
    if not coordinates:
        mine = select(WorkingGroup.id).where(WorkingGroup.is_about_integrity, groups.mine())
        query = query.where(mine.exists())
    return counted(query, MOST_LINES)

"""Keeping the help lines, saying how a policy stands, and naming the group of integrity contact persons."""

from dataclasses import dataclass
from datetime import date

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.groups import sealed
from webapp.groups.models import WorkingGroup
from webapp.integrity.models import HelpLine, IntegrityPolicy
from webapp.integrity.queries import Keepers, PolicyOf
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a help line."""

    name: str
    about: str
    number: str = ""
    url: str = ""
    is_urgent: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """How the policy of an association stands."""

    is_named: bool = False
    trained_on: date | None = None
    has_protocol: bool = False
    reviewed_on: date | None = None
    lines_posted: bool = False


def add_line(keepers: Keepers, about: About, *, by: Actor) -> HelpLine:
    """Point to one place more; whoever adds it has just checked it."""
    require(by, Can.KEEP_SIGNPOSTS, keepers)
    row = HelpLine()
    _say(row, about)
    db.session.add(row)
    _checked(row, by)
    history.record("help_line", row.id, "add", by=by)
    return row


def edit_line(row: HelpLine, about: About, *, by: Actor, version: int | None = None) -> None:
    """Say anew what a line is; whoever does so has just checked it."""
    require(by, Can.KEEP_SIGNPOSTS, row)
    expect(row, version)
    _say(row, about)
    _checked(row, by)
    history.record("help_line", row.id, "edit", by=by)


def _say(row: HelpLine, about: About) -> None:
    if not (about.number or about.url):
        raise Invalid({"number": "number_or_url"})
    row.name, row.about, row.number, row.url = about.name, about.about, about.number, about.url
    row.is_urgent, row.place = about.is_urgent, about.place


def check_line(row: HelpLine, *, by: Actor) -> None:
    """Somebody called, or looked: it is still right."""
    require(by, Can.KEEP_SIGNPOSTS, row)
    _checked(row, by)
    history.record("help_line", row.id, "check", by=by)


def _checked(row: HelpLine, by: Actor) -> None:
    row.checked_on, row.checked_by_id = clock.today(), by.person_id
    db.session.flush()


def remove_line(row: HelpLine, *, by: Actor) -> None:
    """Point there no longer."""
    require(by, Can.KEEP_SIGNPOSTS, row)
    history.record("help_line", row.id, "remove", by=by)
    db.session.delete(row)
    db.session.flush()


def say_policy(policy: PolicyOf, state: State, *, by: Actor) -> None:
    """Say how the policy of one's own association stands now."""
    require(by, Can.KEEP_POLICY, policy)
    if any(day and day > clock.today() for day in (state.trained_on, state.reviewed_on)):
        raise Invalid(
            {"trained_on" if (state.trained_on or clock.today()) > clock.today() else "reviewed_on": "future"}
        )
    row = policy.row or IntegrityPolicy(organisation_id=policy.organisation_id)
    row.is_named, row.trained_on, row.has_protocol = state.is_named, state.trained_on, state.has_protocol
    row.reviewed_on, row.lines_posted, row.said_at = state.reviewed_on, state.lines_posted, clock.now()
    db.session.add(row)
    db.session.flush()


def name_group(group: WorkingGroup, *, is_it: bool, by: Actor) -> None:
    """Say that the people of a group are the integrity contact persons, or are not. From then on it keeps no files,
    and what is written there is sealed; what was sealed stays so, also when it is another group later."""
    require(by, Can.NAME_CONTACTS, group)
    if group.is_about_integrity != is_it:
        group.is_about_integrity = is_it
        sealed.begin(group)
        db.session.flush()
        history.record("group", group.id, "contacts" if is_it else "no_contacts", by=by)

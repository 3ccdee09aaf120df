"""Working groups in words."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.groups.codes import GroupRole, GuestOf, Visibility
from webapp.groups.lifecycle import ItemStatus, RequestStatus
from webapp.groups.models import INVITED_FOR, ActionItem
from webapp.vocabulary.functions import FUNCTION_LABELS, FunctionKind
from webapp.vocabulary.words import _l
from webapp.web.dates import short_day
from webapp.web.i18n import sentences, word

VISIBILITY_LABELS: dict[Visibility, str] = {
    Visibility.OPEN: _l("Open to the network"),
    Visibility.MEMBERS: _l("Members only"),
    Visibility.CONFIDENTIAL: _l("Confidential"),
}
VISIBILITY_HINTS: dict[Visibility, str] = {
    Visibility.OPEN: _l("Everybody in the network reads along and can ask to join."),
    Visibility.MEMBERS: _l("The network sees the name and the purpose. Only members read the rest."),
    Visibility.CONFIDENTIAL: _l("Nobody else sees that this group exists."),
}
VISIBILITY_ICONS: dict[Visibility, str] = {
    Visibility.OPEN: "globe",
    Visibility.MEMBERS: "users",
    Visibility.CONFIDENTIAL: "lock",
}

ROLE_LABELS: dict[GroupRole, str] = {
    GroupRole.CHAIR: _l("chair"),
    GroupRole.SECRETARY: _l("secretary"),
    GroupRole.MEMBER: _l("member"),
}

GUEST_LABELS: dict[GuestOf, str] = {
    GuestOf.MEETING: _l("one meeting"),
    GuestOf.THREAD: _l("one conversation"),
}
"""What somebody is a guest of."""

REQUEST_LABELS: dict[RequestStatus, str] = {
    RequestStatus.ASKED: _l("Asked"),
    RequestStatus.WELCOME: _l("Welcome"),
    RequestStatus.NOT_NOW: _l("Not now"),
    RequestStatus.TAKEN_BACK: _l("Taken back"),
}

ITEM_LABELS: dict[ItemStatus, str] = {
    ItemStatus.SEED: _l("Idea"),
    ItemStatus.TO_START: _l("Planned"),
    ItemStatus.MOVING: _l("Being done"),
    ItemStatus.STUCK: _l("Stuck"),
    ItemStatus.DONE: _l("Done"),
    ItemStatus.DROPPED: _l("Dropped"),
}
"""In the order in which somebody chooses; the columns of a board are called the same."""
ITEM_TAGS: dict[ItemStatus, str] = {
    ItemStatus.TO_START: "open",
    ItemStatus.MOVING: "aanbod",
    ItemStatus.STUCK: "wacht",
    ItemStatus.DONE: "ja",
    ItemStatus.DROPPED: "steen",
    ItemStatus.SEED: "white",
}
"""The look of a tag for each place where an action may stand."""
ITEM_ICONS: dict[ItemStatus, str] = {
    ItemStatus.TO_START: "calendar",
    ItemStatus.MOVING: "circle-dashed",
    ItemStatus.STUCK: "hourglass",
    ItemStatus.DONE: "check",
    ItemStatus.DROPPED: "archive",
    ItemStatus.SEED: "lightbulb",
}

OFTEN = 2
"""From how many meetings on it is said that an action was taken along."""

FAULTS: dict[str, str] = {
    "sits_already": _l("This person already sits in the group."),
    "no_function_there": _l("This person has no function there any more. Choose somebody else."),
    "stands_in_plan": _l("This action stands in a plan. Adjust it there, so that it stays readable why."),
    "known_in_network": _l("Everybody in the network reads a plan that names this group, so it can't become a secret."),
    "not_clear_who": _l("We don't know who you mean. Type a few letters more, or leave it empty."),
    "nobody_chosen": _l("Choose somebody."),
    "no_place_chosen": _l("Choose an organisation."),
    "sits_not_here": _l("Choose somebody who sits in the group, or nobody yet."),
    "date_too_far": _l("Choose a day within a year."),
    "own_address": _l("This is your own address."),
    "invited_already": _l("They have an invitation already. You can send it again from the list of members."),
    "date_in_past": _l("This day has passed. Choose a later one."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def seated_words(number: int) -> str:
    """How many sit in a group."""
    return ngettext("%(num)s person", "%(num)s people", number) if number else gettext("Nobody yet")


def seat_words(row: Any) -> str:
    """What somebody is in a group: "chair for De Roerdomp, until 30 Jun 2027", "member in their own name"."""
    role = word(ROLE_LABELS[row.role])
    if row.organisation:
        said = gettext("%(role)s for %(place)s", role=role, place=row.organisation)
    else:
        said = gettext("%(role)s in their own name", role=role)
    return gettext("%(seat)s, until %(day)s", seat=said, day=short_day(row.ends_on)) if row.ends_on else said


def owner_words(row: Any) -> str:
    """Who carries an action: a person by first name with their organisation, a seat, an organisation, or nobody yet."""
    if row.owner:
        return ", ".join(part for part in (row.owner.split()[0], row.organisation) if part)
    said = place_words(row.organisation, row.owner_function) or gettext("Nobody yet")
    return gettext("%(seat)s (nobody at the moment)", seat=said) if row.seat_is_empty else said


def owner_of(item: ActionItem) -> str:
    """The same for one action on a page of its own, with the whole name."""
    place = item.owner_organisation.name if item.owner_organisation else ""
    if item.owner:
        return ", ".join(part for part in (item.owner.name, place) if part)
    return place_words(place, item.owner_function) or gettext("Nobody carries this yet")


def place_words(organisation: str | None, function: FunctionKind | None) -> str:
    """An organisation, or a seat there: "De Lantaarn · contact point"."""
    return f"{organisation} · {word(FUNCTION_LABELS[function])}" if function else organisation or ""


def is_carried(row: Any) -> bool:
    """Whether an action stands on somebody, or on an organisation."""
    return bool(row.owner_organisation_id or row.owner_id)


def due_words(due_on: date | None, written: Callable[[date], str] = short_day) -> str:
    """Until when, gently: "by Tue 1 Dec", "today", "was for Fri 20 Nov"; empty without a day."""
    if due_on is None:
        return ""
    today = clock.today()
    if due_on == today:
        return gettext("today")
    if due_on < today:
        return gettext("was for %(day)s", day=written(due_on))
    return gettext("by %(day)s", day=written(due_on))


def carried_words(row: Any) -> str:
    """How many meetings an open action was taken along to; empty when it is done or at most once, which is usual."""
    if row.carried < OFTEN or row.status is ItemStatus.DONE:
        return ""
    return gettext("taken along %(num)s times", num=row.carried)


def item_words(row: Any) -> str:
    """An action in one line: who, and until when."""
    return ", ".join(part for part in (owner_words(row), due_words(row.due_on)) if part)


def invited_words(row: Any) -> str:
    """Who invites, in one sentence that names no group."""
    name = row.invited_by.name if row.invited_by else ""
    if row.of:
        return gettext("%(name)s invites you as a guest.", name=name) if name else gettext("You're invited as a guest.")
    if name:
        return gettext("%(name)s invites you to take part in a working group.", name=name)
    return gettext("You're invited to take part in a working group.")


def waiting_words(row: Any) -> str:
    """As what somebody was invited, and where that stands: "member, waits until 12 Dec"."""
    role = word(GUEST_LABELS[row.of]) if row.of else word(ROLE_LABELS[row.role])
    as_what = gettext("guest of %(thing)s", thing=role) if row.of else role
    until = row.sent_at + timedelta(days=INVITED_FOR)
    if row.declined_at:
        return gettext("%(role)s: no thanks", role=as_what)
    if until <= clock.now() or (row.ends_on and row.ends_on < clock.today()):
        return gettext("%(role)s: no answer came", role=as_what)
    return gettext("%(role)s: can answer until %(day)s", role=as_what, day=short_day(clock.local(until).date()))


def invited_name(row: Any) -> str:
    """Whom a group invited: by name where somebody of the network was chosen, else with the address that was typed."""
    if row.organisation_id or not row.name:
        return str(row.name or row.email)
    return f"{row.name} ({row.email})"

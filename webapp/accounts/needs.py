"""What looking after people and machines puts on the first page: empty seats, seats that end, a network that nobody
coordinates yet, work that got stuck."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts import empty_seats, labels, queries
from webapp.core import clock, outbox
from webapp.core.db import AnyRow
from webapp.core.numbers import Numbers
from webapp.policy import roles
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import HOUSE, SPEAKING
from webapp.policy.rules import can
from webapp.vocabulary.functions import FunctionKind
from webapp.web.dates import long_day
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around

COORDINATED = "is coordinated"
MOST_WAYS = 2


def all_needs(actor: Actor) -> Iterator[Need]:
    """Everything about people and machines that needs this person."""
    if actor.holds(FunctionKind.COORDINATOR, *HOUSE):
        seats = empty_seats.to_fill(actor)
        for kind in SPEAKING:
            if empty := [row for row in seats if row.ends_on is None and row.kind is kind]:
                yield _empty(kind, empty)
        yield from (_ending(row) for row in seats if row.ends_on is not None)
    if can(actor, Can.PROMISE_DISCRETION) and not actor.has_promised:
        yield _discretion()
    if roles.needs_second_factor(actor) and not actor.has_second_factor and actor.second_factor_at is None:
        yield _second_factor()
    if actor.holds(FunctionKind.ADMINISTRATOR):
        yield from _nobody_coordinates(actor)
        yield from _stuck_work()


def numbers(actor: Actor) -> Numbers:
    """How much work got stuck and whether anybody coordinates, for whoever looks after the machine."""
    if not actor.holds(FunctionKind.ADMINISTRATOR):
        return Numbers()
    return outbox.SET_ASIDE | Numbers({COORDINATED: queries.is_coordinated()}, {"today": clock.today()})


def _to_people(organisation_id: uuid.UUID) -> Way:
    return Way(_("People and functions"), url_for("accounts.people", organisation_id=organisation_id))


def _empty(kind: FunctionKind, rows: Sequence[AnyRow]) -> Need:
    """One thing for each function, however many organisations miss somebody, and after what has a day of its own."""
    ways = [_to_people(row.organisation_id) for row in rows]
    if len(rows) > 1:
        ways = [replace(way, label=row.name) for way, row in zip(ways, rows, strict=True)][:MOST_WAYS]
    line = labels.without(kind)
    if others := [row.name for row in rows[MOST_WAYS:]]:
        line = f"{line} {labels.also_at(others)}"
    return Need(
        key=f"empty-{kind}",
        urgency=Urgency.UPKEEP,
        since=min(row.created_at for row in rows),
        title=labels.empty_seat(kind, [row.name for row in rows]),
        line=line,
        icon="user-plus",
        is_question=False,
        ways=tuple(ways),
    )


def _ending(row: AnyRow) -> Need:
    return Need(
        key=f"ending-{row.seat_id}",
        urgency=Urgency.UPKEEP,
        since=datetime.combine(row.ends_on, time(), clock.BRUSSELS),
        title=_("%(name)s stops on %(day)s", name=row.person.split()[0], day=long_day(row.ends_on)),
        line=_("%(organisation)s. Who takes over?", organisation=row.name),
        icon="users",
        is_question=False,
        ways=(_to_people(row.organisation_id),),
    )


def _discretion() -> Need:
    return Need(
        key="discretion",
        urgency=Urgency.UPKEEP,
        since=clock.now(),
        title=_("What you hear stays between you"),
        line=_("Once a year we ask you to read what discretion means here. It takes a minute."),
        icon="hand-heart",
        is_question=False,
        ways=(Way(_("Read it"), url_for("accounts.discretion")),),
    )


def _second_factor() -> Need:
    return Need(
        key="second-factor",
        urgency=Urgency.UPKEEP,
        since=clock.now(),
        title=_("One more lock on your door"),
        line=_("Your function opens more than a mail may open. Make a passkey now, then you won't have to wait later."),
        icon="key-round",
        is_question=False,
        ways=(Way(_("Choose a lock"), url_for("accounts.choose_factor")),),
    )


def _nobody_coordinates(actor: Actor) -> Iterator[Need]:
    """What a new installation needs first: whoever coordinates brings in the organisations and their people."""
    if around().get(COORDINATED, True):
        return
    house = min(actor.places(FunctionKind.ADMINISTRATOR))
    yield Need(
        key="nobody-coordinates",
        urgency=Urgency.STUCK,
        since=clock.now(),
        title=_("Nobody coordinates the network yet"),
        line=_("Invite somebody of the youth service. They add the organisations, and invite their people."),
        icon="user-plus",
        is_question=False,
        ways=(_to_people(house),),
    )


def _stuck_work() -> Iterator[Need]:
    number, since = around().get(outbox.GIVEN_UP, 0), around().get(outbox.GIVEN_UP_AT)
    if number and since:
        yield Need(
            key="stuck-work",
            urgency=Urgency.STUCK,
            since=since,
            title=ngettext("%(num)d mail or task is stuck", "%(num)d mails or tasks are stuck", number),
            line=_("It was tried for a day. The log says why."),
            icon="triangle-alert",
            is_question=False,
            ways=(),
        )

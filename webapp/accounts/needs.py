"""What looking after people and machines puts on the first page: empty seats, seats that end, work that got stuck."""

from collections.abc import Iterator
from datetime import datetime, time

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts import empty_seats
from webapp.core import clock, outbox
from webapp.core.db import AnyRow
from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FunctionKind
from webapp.web.dates import long_day
from webapp.web.needs import Need, Urgency, Way


def all_needs(actor: Actor) -> Iterator[Need]:
    """Everything about people and machines that needs this person."""
    coordinates = actor.holds(FunctionKind.COORDINATOR)
    if coordinates:
        yield from (_empty(row) for row in empty_seats.without_contact_point())
    if coordinates or actor.holds(FunctionKind.CONTACT_POINT):
        yield from (_ending(row) for row in empty_seats.ending_soon(actor, everywhere=coordinates))
    if actor.holds(FunctionKind.ADMINISTRATOR):
        yield from _stuck_work()


def _empty(row: AnyRow) -> Need:
    return Need(
        key=f"empty-{row.id}",
        urgency=Urgency.NEXT_STEP,
        since=row.created_at,
        title=_("%(organisation)s has no contact point", organisation=row.name),
        line=_("Until there is one, questions go to the bridge builder."),
        icon="user-plus",
        is_question=False,
        ways=(Way(_("Invite somebody"), url_for("accounts.people", organisation_id=row.id)),),
    )


def _ending(row: AnyRow) -> Need:
    return Need(
        key=f"ending-{row.id}",
        urgency=Urgency.UPKEEP,
        since=datetime.combine(row.ends_on, time(), clock.BRUSSELS),
        title=_("%(name)s stops on %(day)s", name=row.name.split()[0], day=long_day(row.ends_on)),
        line=_("%(organisation)s. Who takes over?", organisation=row.place),
        icon="users",
        is_question=False,
        ways=(Way(_("People and functions"), url_for("accounts.people", organisation_id=row.organisation_id)),),
    )


def _stuck_work() -> Iterator[Need]:
    number, since = outbox.set_aside()
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

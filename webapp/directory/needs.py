"""What the directory puts on the first page: offers that nobody has looked at for long."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core.db import AnyRow
from webapp.core.numbers import Numbers
from webapp.directory import upkeep
from webapp.policy.actor import Actor
from webapp.policy.predicates import WORKING_AT
from webapp.vocabulary.functions import FunctionKind
from webapp.web.dates import days_ago
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def all_needs(actor: Actor) -> Iterator[Need]:
    """Everything in the directory that needs this person."""
    if actor.holds(*WORKING_AT):
        yield from (_own(row) for row in upkeep.old_offers_of(actor))
    yield from _of_the_network()


def numbers(actor: Actor) -> Numbers:
    """What has not been checked for very long, for whoever coordinates the network."""
    return upkeep.very_old_offers() if actor.holds(FunctionKind.COORDINATOR) else Numbers()


def _own(row: AnyRow) -> Need:
    return Need(
        key=f"offer-{row.id}",
        urgency=Urgency.UPKEEP,
        since=row.confirmed_at,
        title=_("Is “%(offer)s” still right?", offer=row.name),
        line=_("Last checked %(when)s.", when=days_ago(row.confirmed_at)),
        icon="clock-alert",
        is_question=False,
        ways=(
            Way(_("Still right"), url_for("directory.confirm", offer_id=row.id), "check", {}),
            Way(_("Look"), url_for("directory.offer", offer_id=row.id)),
        ),
    )


def _of_the_network() -> Iterator[Need]:
    found = around()
    number = found.get("very old")
    if not number:
        return
    yield Need(
        key="offers-very-old",
        urgency=Urgency.UPKEEP,
        since=found["oldest since"],
        title=ngettext(
            "%(num)d offer hasn't been checked for a year", "%(num)d offers haven't been checked for a year", number
        ),
        line=_("The longest ago: %(organisation)s.", organisation=found["oldest at"]),
        icon="clock-alert",
        is_question=False,
        ways=(Way(_("Look"), url_for("directory.offer", offer_id=found["oldest"])),),
    )

"""What integrity puts on the first page: that help lines wait to be checked, for whoever keeps them."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core import clock
from webapp.core.numbers import Numbers
from webapp.integrity import queries
from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FunctionKind
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """How many lines are too old, read together with the other numbers of the first page."""
    return queries.stale(actor, coordinates=actor.holds(FunctionKind.COORDINATOR))


def all_needs(actor: Actor) -> Iterator[Need]:
    """One line as long as a help line was not checked for half a year."""
    number = around().get(queries.STALE, 0)
    if not number:
        return
    yield Need(
        key="help-lines",
        urgency=Urgency.UPKEEP,
        since=clock.now(),
        title=ngettext("%(num)d help line waits to be checked", "%(num)d help lines wait to be checked", number),
        line=_("Nobody checked it for half a year. Call, or look on the website, and say that it's still right."),
        icon="phone",
        is_question=False,
        ways=(Way(_("Look and check"), url_for("integrity.index")),),
    )

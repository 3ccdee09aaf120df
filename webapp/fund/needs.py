"""What the fund puts on the first page: that something waits for a decision, for whoever decides."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core.numbers import Numbers
from webapp.fund import queries
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """How many requests wait and since when, for whoever decides; read together with the other numbers of a page."""
    if not can(actor, Can.DECIDE_SUPPORT):
        return Numbers()
    return Numbers({"fund": queries.UNDECIDED, "fund since": queries.UNDECIDED_SINCE})


def all_needs(actor: Actor) -> Iterator[Need]:
    """One line as long as somebody waits for the fund."""
    number = around().get("fund", 0) if can(actor, Can.DECIDE_SUPPORT) else 0
    if not number:
        return
    yield Need(
        key="fund",
        urgency=Urgency.NEXT_STEP,
        since=around()["fund since"],
        title=ngettext("%(num)d request waits for the fund", "%(num)d requests wait for the fund", number),
        line=_("By alias and amount alone. Nobody tells a story for it."),
        icon="hand-heart",
        is_question=False,
        ways=(Way(_("Look and decide"), url_for("fund.index")),),
    )

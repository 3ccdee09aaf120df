"""What the fund puts elsewhere: on the first page what waits to be decided, beside a question what was asked for it."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core import clock
from webapp.core.numbers import Columns, Numbers
from webapp.fund import queries
from webapp.fund.labels import STATUS_LABELS, amount
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals.models import Referral
from webapp.vocabulary.fund import SUPPORT_FOR_LABELS
from webapp.web.alongside import Card, Row
from webapp.web.dates import short_day
from webapp.web.i18n import word
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """How many requests wait and since when, and how many promises, for whoever decides."""
    waiting: Columns = {
        "fund": queries.UNDECIDED,
        "fund since": queries.UNDECIDED_SINCE,
        "fund promised": queries.PROMISED,
    }
    return Numbers(waiting) if can(actor, Can.DECIDE_SUPPORT) else Numbers()


def all_needs(actor: Actor) -> Iterator[Need]:
    """One line as long as somebody waits for a decision of the fund, and one as long as a promise is to be kept."""
    if not can(actor, Can.DECIDE_SUPPORT):
        return
    if number := around().get("fund", 0):
        yield Need(
            key="fund",
            urgency=Urgency.CHOICE,
            since=around()["fund since"],
            title=ngettext("%(num)d request waits for the fund", "%(num)d requests wait for the fund", number),
            line=_("By alias and amount alone. Nobody tells a story for it."),
            icon="hand-heart",
            is_question=False,
            ways=(Way(_("Look and decide"), url_for("fund.index")),),
        )
    if number := around().get("fund promised", 0):
        title = ngettext(
            "%(num)d promise of the fund is still to be kept",
            "%(num)d promises of the fund are still to be kept",
            number,
        )
        yield Need(
            key="fund-promised",
            urgency=Urgency.NEXT_STEP,
            since=clock.now(),
            title=title,
            line=_("Pay it or arrange the lift, then say that it's done."),
            icon="hand-heart",
            is_question=False,
            ways=(Way(_("Look"), url_for("fund.index")),),
        )


def along(referral: Referral) -> Numbers:
    """What was asked for a question comes along with the numbers around its page."""
    return queries.along(referral.id)


def card(referral: Referral) -> Card | None:
    """What was asked for a question and what became of it, for whoever guides it."""
    asked = queries.told(around().get(queries.SUPPORTED))
    if not asked:
        return None
    rows = [
        Row(
            word(SUPPORT_FOR_LABELS[one.purpose]),
            amount(one.cents),
            f"{word(STATUS_LABELS[one.status])}, {short_day(one.decided_at or one.asked_at)}",
        )
        for one in asked
    ]
    href = url_for("fund.support", referral_id=referral.id)
    return Card("steun", "hand-heart", _("Support from the fund"), rows, href, _("View"))

"""What comes up on Today between people: a colleague who asks somebody to take over, and a question to think along."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.core.db import AnyRow
from webapp.policy.actor import Actor
from webapp.policy.predicates import HEARING
from webapp.referrals import around
from webapp.vocabulary.aliases import ALIAS_ICONS, ALIAS_LABELS
from webapp.web import numbers
from webapp.web.dates import long_day
from webapp.web.i18n import word
from webapp.web.needs import Need, Urgency, Way


def all_needs(actor: Actor) -> Iterator[Need]:
    """What others ask of this person."""
    if numbers.around().get(around.OF_ME) and actor.holds(*HEARING):
        yield from (_take_over(row) if row.kind == "hand_over" else _think_along(row) for row in around.waiting(actor))


def _take_over(row: AnyRow) -> Need:
    asker = row.name.split()[0] if row.name else _("A colleague")
    return Need(
        key=f"hand-over-{row.id}",
        urgency=Urgency.CHOICE,
        since=row.since,
        title=_("%(alias)s: do you take over?", alias=word(ALIAS_LABELS[row.alias])),
        line=_("%(name)s asks you. Nothing changes until your yes.", name=asker),
        icon=ALIAS_ICONS[row.alias],
        ways=(Way(_("Look"), url_for("referrals.hand_over", hand_over_id=row.id)),),
    )


def _think_along(row: AnyRow) -> Need:
    return Need(
        key=f"beside-{row.id}",
        urgency=Urgency.STUCK,
        since=row.since,
        title=_("You think along about %(alias)s", alias=word(ALIAS_LABELS[row.alias])),
        line=_("Until %(day)s, by the alias alone.", day=long_day(row.until)),
        icon=ALIAS_ICONS[row.alias],
        ways=(Way(_("Look"), url_for("referrals.walk_beside", referral_id=row.referral_id)),),
    )

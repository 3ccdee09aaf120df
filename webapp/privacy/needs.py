"""What erasing puts on the first page: the brake holds, and somebody has to look."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.core import brake
from webapp.core.numbers import Numbers
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.privacy.labels import HELD_LABELS
from webapp.web.i18n import word
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """Since when erasing stands still, for whoever may let it go on."""
    return brake.HELD_SINCE if can(actor, Can.RELEASE_BRAKE) else Numbers()


def all_needs(actor: Actor) -> Iterator[Need]:
    """Erasing that waits for this person."""
    standing = brake.standing() if around().get(brake.HELD) else None
    if standing and standing.held_why and standing.held_since:
        yield Need(
            key="brake",
            urgency=Urgency.STUCK,
            since=standing.held_since,
            title=_("Erasing stopped and waits for you"),
            line=word(HELD_LABELS[standing.held_why]),
            icon="circle-pause",
            is_question=False,
            ways=(Way(_("Have a look"), url_for("privacy.periods")),),
        )

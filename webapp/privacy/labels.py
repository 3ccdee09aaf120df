"""The codes of this area in words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from flask_babel import gettext, ngettext

from webapp.core.brake import Held
from webapp.referrals.agreements import LOOK
from webapp.referrals.codes import LookedAs
from webapp.referrals.scans import LOOK as LOOK_AT_PAPER
from webapp.vocabulary.retention import KEEP_TRAITS, Keep
from webapp.vocabulary.words import _l
from webapp.web.i18n import word

HELD_LABELS: dict[Held, str] = {
    Held.CLOCK: _l("The clock of the server jumped by more than a week, or Brug stood still that long."),
    Held.MANY: _l("More questions are due at once than is usual."),
}

LOOKED_LABELS: dict[LookedAs, str] = {
    LookedAs.GUIDE: _l("as the guide"),
    LookedAs.WATCH: _l("as contact for referrals"),
    LookedAs.WELCOME: _l("to welcome them"),
    LookedAs.EXPORT: _l("to give the young person their data"),
}

YEAR = 365
MONTH = 30


class Period(NamedTuple):
    """A line of the table: what it is, how long it stays (or ''), and from when that counts."""

    what: str
    time: str
    since: str


def time_words(time: timedelta) -> str:
    """ "14 days", "6 months", "1 year": in the largest unit that fits."""
    if time.days % YEAR == 0:
        return ngettext("%(num)d year", "%(num)d years", time.days // YEAR)
    if time.days % MONTH == 0 and time.days > 3 * MONTH:
        return ngettext("%(num)d month", "%(num)d months", time.days // MONTH)
    return ngettext("%(num)d day", "%(num)d days", time.days)


def periods(*only: Keep) -> Iterator[Period]:
    """What is kept how long, in words; all of it, or some rules."""
    for rule in only or KEEP_TRAITS:
        traits = KEEP_TRAITS[rule]
        yield Period(word(traits.what), time_words(traits.time) if traits.time else "", word(traits.since))


def looked_words(reason: str, action: str = LOOK) -> str:
    """As what somebody opened a card or the signed paper; looks from before that was noted say nothing."""
    why = word(LOOKED_LABELS[LookedAs(reason)]) if reason in set(LookedAs) else ""
    if action != LOOK_AT_PAPER:
        return why
    return gettext("%(why)s, the signed paper", why=why) if why else gettext("the signed paper")


def stays_words(period: Period) -> str:
    """ "90 days after the question ended"."""
    if not period.time:
        return period.since
    return gettext("%(time)s %(since)s", time=period.time, since=period.since)

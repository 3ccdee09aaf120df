"""The fund in words: where a request stands, what is refused, and numbers that point to nobody."""

from flask_babel import gettext as _

from webapp.fund.lifecycle import SupportStatus
from webapp.fund.queries import SMALLEST_TOLD
from webapp.referrals.waiting import coarse
from webapp.vocabulary.words import _l
from webapp.web.dates import euros
from webapp.web.i18n import sentences

STATUS_LABELS: dict[SupportStatus, str] = {
    SupportStatus.ASKED: _l("Asked"),
    SupportStatus.GRANTED: _l("The fund says yes"),
    SupportStatus.NOT_NOW: _l("Not possible now"),
    SupportStatus.PAID: _l("Arranged"),
    SupportStatus.TAKEN_BACK: _l("No longer needed"),
}
STATUS_TAGS: dict[SupportStatus, tuple[str, str]] = {
    SupportStatus.ASKED: ("open", "circle-dashed"),
    SupportStatus.GRANTED: ("ja", "check"),
    SupportStatus.NOT_NOW: ("rust", "circle-pause"),
    SupportStatus.PAID: ("ja", "check"),
    SupportStatus.TAKEN_BACK: ("stil", "moon"),
}
FAULTS = {
    "amount_missing": _l("Write how much it is about, such as 4 or 4,50."),
    "amount_too_high": _l("That is a lot for the fund. Call the youth service first."),
    "amount_of_lift": _l("A lift takes no amount. Leave this empty, or choose the bus or a bike if it costs money."),
    "request_unknown": _l("This request is not there any more."),
}
ROUNDED_TO = 5_000


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def amount(cents: int) -> str:
    """An amount, or that it takes none."""
    return euros(cents) if cents else _("without money")


def rough_amount(cents: int, count: int) -> str:
    """A sum as everybody may see it: none beside a small count, the rest rounded to fifty euros."""
    if count < SMALLEST_TOLD:
        return ""
    return euros(ROUNDED_TO * round(cents / ROUNDED_TO))


def rough_count(count: int) -> str:
    """A count as everybody may see it."""
    return coarse(count)

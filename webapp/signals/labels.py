"""Signals in words."""

from collections.abc import Mapping

from webapp.signals.lifecycle import SignalStatus
from webapp.vocabulary.words import _l
from webapp.web.i18n import word

STATUS_LABELS: dict[SignalStatus, str] = {
    SignalStatus.OPEN: _l("Nobody picked it up yet"),
    SignalStatus.PICKED_UP: _l("Picked up"),
}

FAULTS: dict[str, str] = {
    "interests_missing": _l("Choose at least one thing to do."),
    "told_missing": _l("Say in a sentence what is done about it."),
}


def in_words(errors: Mapping[str, str]) -> dict[str, str]:
    """The errors of an action as sentences."""
    return {field: word(FAULTS[code]) for field, code in errors.items()}

"""Signals in words."""

from webapp.signals.lifecycle import SignalStatus
from webapp.vocabulary.words import _l
from webapp.web.i18n import sentences

STATUS_LABELS: dict[SignalStatus, str] = {
    SignalStatus.OPEN: _l("Nobody picked it up yet"),
    SignalStatus.PICKED_UP: _l("Picked up"),
}

FAULTS: dict[str, str] = {
    "interests_missing": _l("Choose at least one thing to do."),
    "told_missing": _l("Say in a sentence what is done about it."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""

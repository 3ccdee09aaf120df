"""What is said about lessons that are taken outside."""

from collections.abc import Mapping

from webapp.vocabulary.words import _l
from webapp.web.i18n import word

FAULTS: dict[str, str] = {
    "many_booklets": _l("Thirty booklets are enough. Throw one away first."),
    "booklet_full": _l("A hundred lessons fit in one booklet. Begin a second one for the rest."),
}


def in_words(errors: Mapping[str, str]) -> dict[str, str]:
    """The errors of an action as sentences."""
    return {field: word(FAULTS[code]) for field, code in errors.items()}

"""Tags in words: what is wrong with one, what it is called, and what else it is called."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from webapp.vocabulary.words import _l
from webapp.web.i18n import language_now, sentences, together

FAULTS: dict[str, str] = {
    "word_needed": _l("Type a word first."),
    "word_too_long": _l("This is too long for a tag. Keep it under 40 characters."),
    "word_taken": _l("This word leads to another tag already."),
    "too_many": _l("Twenty other words are enough for one tag."),
    "tags_full": _l("Twelve tags are enough for one lesson. Take one off first."),
    "tag_declined": _l("It was decided that this is no tag for our log. Choose another word."),
    "word_accepted": _l("This tag is there already, or is another word for one."),
    "word_proposed": _l("Somebody proposed this already. It waits for a facilitator."),
    "word_declined": _l("It was decided that this is no tag for our log. Choose another word."),
    "many_words": _l("Ten words of yours wait already. Let a facilitator look at them first."),
    "answer_needed": _l("Say in one sentence why not. Whoever proposed it reads that."),
    "no_such_tag": _l("There is no tag like that. Type one that is in the list."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def called(row: Any) -> str:
    """What a tag is called on this page."""
    return row.name_en if language_now() == "en" and row.name_en else row.name  # type: ignore[no-any-return]


def beneath(row: Any, others: Mapping[Any, list[str]]) -> str:
    """By which other words a tag is found."""
    words = others.get(row.id)
    return gettext("also: %(words)s", words=together(words)) if words else ""

"""Integrity in words: the steps to take, and how a policy stands."""

from datetime import date
from typing import Any

from flask_babel import gettext

from webapp.core import clock
from webapp.integrity.queries import CHECKED_FOR
from webapp.vocabulary.words import _l
from webapp.web.dates import plain_day
from webapp.web.i18n import sentences

STEPS: tuple[tuple[str, str, str], ...] = (
    (
        "message-circle",
        _l("Listen"),
        _l("Stay calm, believe, promise no secrecy. You don't need to find out anything."),
    ),
    ("shield", _l("Safety first"), _l("Is there danger now? Call 112. Don't leave the child alone with it.")),
    (
        "flag",
        _l("Weigh it together"),
        _l("Talk with one or two others, without names, with the six questions of the flags."),
    ),
    (
        "phone",
        _l("Ask who knows"),
        _l("Your own integrity contact person, your umbrella, or 1712: also when you doubt."),
    ),
    ("waypoints", _l("Decide and pass on"), _l("Those lines know what comes next. Investigating is not our task.")),
    ("heart", _l("Care afterwards"), _l("For the child, for the crew, and for yourself.")),
    ("book-open", _l("Learn from it"), _l("What do we agree from now on? In general, never about somebody.")),
)

FAULTS: dict[str, str] = {
    "number_or_url": _l("Give a phone number, a website, or both."),
    "future": _l("This day still has to come. Choose today or earlier."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def is_stale(checked_on: date | None) -> bool:
    """Whether nobody checked a line for half a year."""
    return checked_on is None or checked_on < clock.today() - CHECKED_FOR


def checked_words(row: Any) -> str:
    """When somebody checked a line last, and who."""
    if row.checked_on is None:
        return gettext("Nobody checked this yet.")
    if row.checked_by:
        return gettext("Checked on %(day)s by %(name)s.", day=plain_day(row.checked_on), name=row.checked_by)
    return gettext("Checked on %(day)s.", day=plain_day(row.checked_on))


def policy_lines(row: Any) -> list[tuple[str, str]]:
    """How a policy stands, as pictures and sentences. It says what is there and what can come; it counts nothing."""
    named, none_named = gettext("There is an integrity contact person."), gettext("No integrity contact person yet.")
    protocol, none_yet = gettext("There is a protocol."), gettext("No protocol yet.")
    hang, hang_not = (
        gettext("The help lines hang where everybody sees them."),
        gettext("The help lines are not up on the wall yet."),
    )
    trained = gettext("Training on %(day)s.", day=plain_day(row.trained_on)) if row.trained_on else ""
    reviewed = gettext("Looked through on %(day)s.", day=plain_day(row.reviewed_on)) if row.reviewed_on else ""
    return [
        _line(row.is_named, "user-check", named, none_named),
        _line(bool(trained), "graduation-cap", trained, gettext("No training yet.")),
        _line(row.has_protocol, "file-check", protocol, none_yet),
        _line(bool(reviewed), "history", reviewed, gettext("Not looked through yet.")),
        _line(row.lines_posted, "megaphone", hang, hang_not),
    ]


def _line(is_there: bool, picture: str, there: str, not_yet: str) -> tuple[str, str]:
    return (picture, there) if is_there else ("circle-dashed", not_yet)


def tel(number: str) -> str:
    """A phone number as a phone dials it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")

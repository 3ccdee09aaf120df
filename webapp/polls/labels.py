"""Date polls in words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.polls.codes import Says
from webapp.polls.counting import Tally
from webapp.polls.lifecycle import PollStatus
from webapp.vocabulary.busy_days import BUSY_LABELS, busy
from webapp.vocabulary.words import _l
from webapp.web.dates import clock_time, long_day, moment, short_day
from webapp.web.i18n import capital, sentences, word

SAYS_LABELS: dict[Says, str] = {
    Says.YES: _l("I can"),
    Says.MAYBE: _l("if need be"),
    Says.NO: _l("I can't"),
}
SAID_LABELS: dict[Says, str] = {
    Says.YES: _l("can"),
    Says.MAYBE: _l("if need be"),
    Says.NO: _l("can't"),
}
"""What somebody else said."""
SAYS_ICONS: dict[Says, str] = {Says.YES: "check", Says.MAYBE: "", Says.NO: "minus"}
SIGNS: dict[Says, str] = {Says.YES: "✓", Says.MAYBE: "≈", Says.NO: "–"}
"""In a table with a thousand cells a sign weighs less than a drawing."""

STATUS_LABELS: dict[PollStatus, str] = {
    PollStatus.OPEN: _l("Open"),
    PollStatus.CLOSED: _l("Closed"),
    PollStatus.CHOSEN: _l("Chosen"),
}

FAULTS: dict[str, str] = {
    "no_moment": _l("Propose at least one moment: a day and an hour."),
    "hour_missing": _l("Say at what hour, at least for the first day."),
    "many_moments": _l("Twenty moments are enough to choose from. Withdraw one first."),
    "moment_twice": _l("This moment is proposed already."),
    "last_moment": _l("This is the last moment. Propose another one first, or close the poll."),
    "moment_passed": _l("This moment has passed. Choose a later one."),
    "date_in_past": _l("This day has passed. Choose a later one."),
    "date_too_far": _l("Choose a day within a year."),
    "many_guests": _l("Sixty guests have answered, and there is no room for more. Call whoever sent you the link."),
    "overlaps": _l("The group already has a meeting at that time."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def duration_words(minutes: int) -> str:
    """About how long: "about an hour and a half"."""
    known = {
        30: gettext("about half an hour"),
        60: gettext("about an hour"),
        90: gettext("about an hour and a half"),
        120: gettext("about two hours"),
        180: gettext("about three hours"),
    }
    return known.get(minutes) or ngettext("about %(num)s minute", "about %(num)s minutes", minutes)


def busy_words(starts_at: datetime) -> str:
    """Why this day is perhaps not a good one; empty for most days."""
    why = busy(clock.local(starts_at).date())
    return word(BUSY_LABELS[why]) if why else ""


def moment_words(starts_at: datetime) -> str:
    """ "woensdag 9 december, 19.30 uur"."""
    return moment(starts_at)


def tally_words(tally: Tally, answered: int, *, is_best: bool = False) -> str:
    """For how many a moment is good: "4 can", "5 of the 6 can"; with how many more can if need be."""
    if is_best:
        said = gettext("%(num)s of the %(all)s can", num=tally.yes, all=answered)
    else:
        said = ngettext("%(num)s can", "%(num)s can", tally.yes)
    return gettext("%(said)s, %(num)s if need be", said=said, num=tally.maybe) if tally.maybe else said


def best_words(best: Sequence[Tally], answered: int) -> str:
    """The best moment in a sentence; and when others are as good, that too."""
    if not answered:
        return gettext("Nobody has answered yet.")
    if not best:
        return gettext("No moment suits anybody yet. Perhaps another one does?")
    first = best[0]
    day, hour = long_day(first.moment.starts_at), clock_time(first.moment.starts_at)
    values = {"day": capital(day), "time": hour, "num": first.yes, "all": answered, "maybe": first.maybe}
    if first.yes == answered:
        said = gettext("%(day)s, %(time)s suits everybody who answered.", **values)
    elif first.maybe:
        said = gettext("%(day)s, %(time)s suits best: %(num)s of the %(all)s can, %(maybe)s more if need be.", **values)
    else:
        said = gettext("%(day)s, %(time)s suits best: %(num)s of the %(all)s can.", **values)
    others = [moment_words(one.moment.starts_at) for one in best[1:3]]
    if not others:
        return said
    as_good = gettext("Just as good: %(moments)s.", moments="; ".join(others))
    return f"{said} {as_good}"


def silent_words(names: Sequence[str], most: int = 4) -> str:
    """Who said nothing yet, by first name: "Jef, Piet and 3 more"."""
    firsts = [name.split()[0] for name in names]
    shown, more = firsts[:most], len(firsts) - most
    if more > 0:
        return gettext("%(names)s and %(num)s more", names=", ".join(shown), num=more)
    if len(shown) > 1:
        return gettext("%(names)s and %(last)s", names=", ".join(shown[:-1]), last=shown[-1])
    return "".join(shown)


def until_words(closes_on: date) -> str:
    """Until when one may answer."""
    return gettext("Answer until %(day)s.", day=long_day(closes_on))


def tile(starts_at: datetime) -> tuple[str, str, str]:
    """The three lines of a date tile."""
    weekday, day, month = short_day(starts_at).split(" ")[:3]
    return weekday, day, month


def poll_words(row: Any) -> str:
    """Where an open poll stands for somebody, in one line."""
    said = gettext("You have yet to answer.") if row.waits else gettext("You answered.")
    return f"{said} {until_words(row.closes_on)}"


def name_words(row: Any) -> str:
    """Who answered; a guest whose name is gone is still a guest."""
    return row.name or gettext("A guest")

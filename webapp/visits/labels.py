"""Group visits in words."""

from typing import Any

from flask_babel import gettext

from webapp.visits.codes import GroupSize, VisitMood, VisitPurpose
from webapp.visits.lifecycle import VisitStatus
from webapp.vocabulary.ages import AGE_LABELS
from webapp.vocabulary.words import _l
from webapp.web.dates import long_day
from webapp.web.i18n import sentences, together, word

STATUS_LABELS: dict[VisitStatus, str] = {
    VisitStatus.ASKED: _l("No answer yet"),
    VisitStatus.AGREED: _l("Welcome"),
    VisitStatus.DECLINED: _l("Not now"),
    VisitStatus.IDEA: _l("Another idea"),
    VisitStatus.CALLED_OFF: _l("Called off"),
    VisitStatus.DONE: _l("Looked back on"),
    VisitStatus.EXPIRED: _l("Closed quietly"),
}

STATUS_TAGS: dict[VisitStatus, str] = {
    VisitStatus.ASKED: "open",
    VisitStatus.AGREED: "ja",
    VisitStatus.DECLINED: "rust",
    VisitStatus.IDEA: "idee",
    VisitStatus.CALLED_OFF: "stil",
    VisitStatus.DONE: "ja",
    VisitStatus.EXPIRED: "stil",
}
"""The look of a tag for each place where a visit may stand."""

SIZE_LABELS: dict[GroupSize, str] = {
    GroupSize.UP_TO_10: _l("up to 10"),
    GroupSize.UP_TO_20: _l("10 to 20"),
    GroupSize.UP_TO_30: _l("20 to 30"),
    GroupSize.MORE: _l("more than 30"),
}

PURPOSE_LABELS: dict[VisitPurpose, str] = {
    VisitPurpose.LOOK: _l("Have a look and hear what it is"),
    VisitPurpose.TRY: _l("Join in for once"),
    VisitPurpose.MEET: _l("Get to know each other"),
    VisitPurpose.OTHER: _l("Something else"),
}

VISIT_MOOD_LABELS: dict[VisitMood, str] = {
    VisitMood.GOOD: _l("It went well"),
    VisitMood.COULD_BE_BETTER: _l("Could be better"),
    VisitMood.NOT_HAPPENED: _l("It did not happen"),
}

ANSWER_LABELS: dict[VisitStatus, str] = {
    VisitStatus.AGREED: _l("Yes, you are welcome"),
    VisitStatus.DECLINED: _l("Not now"),
    VisitStatus.IDEA: _l("Another idea"),
}

FAULTS: dict[str, str] = {
    "date_in_past": _l("This day has passed. Choose a later one."),
    "date_too_far": _l("Choose a day within a year."),
    "day_missing": _l("Fill in a day."),
    "hour_missing": _l("Fill in an hour."),
    "moment_missing": _l("Fill in a day and an hour."),
    "idea_missing": _l("Say your idea in a few words."),
    "still_to_come": _l("The visit is still to come."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def group_words(one: Any) -> str:
    """A group in a phrase: "10 to 20 young people, 12 to 14 years"."""
    return gettext(
        "%(size)s young people, %(age)s", size=word(SIZE_LABELS[one.size]), age=word(AGE_LABELS[one.age_band])
    )


def day_words(one: Any) -> str:
    """The days that were asked for."""
    days = sorted(day for day in (one.first_day, one.other_day) if day)
    return together((long_day(day) for day in dict.fromkeys(days)), "or")

"""Lessons in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.lessons.codes import (
    OFTEN_FROM,
    Answer,
    Flagged,
    FlagOutcome,
    Helped,
    LessonKind,
    Sureness,
    TagStatus,
    Verdict,
)
from webapp.lessons.lifecycle import LessonStatus
from webapp.vocabulary.retention import Keep, kept_for
from webapp.vocabulary.words import _l
from webapp.web.dates import long_day, plain_day
from webapp.web.i18n import sentences

KIND_LABELS: dict[LessonKind, str] = {LessonKind.KEEP: _l("Keep doing"), LessonKind.TRY: _l("Trying out")}
SURENESS_LABELS: dict[Sureness, str] = {
    Sureness.ONCE: _l("Seen once"),
    Sureness.FEW: _l("Seen a few times"),
    Sureness.OFTEN: _l("Often confirmed"),
}
SURENESS_ICONS: dict[Sureness, str] = {Sureness.ONCE: "sprout", Sureness.FEW: "leaf", Sureness.OFTEN: "trees"}
STATUS_LABELS: dict[LessonStatus, str] = {
    LessonStatus.DRAFT: _l("Draft"),
    LessonStatus.OFFERED: _l("Waits for a second reader"),
    LessonStatus.HELD: _l("Held back"),
    LessonStatus.PUBLISHED: _l("In the log"),
    LessonStatus.OUTDATED: _l("No longer holds"),
}
HELPED_LABELS: dict[Helped, str] = {
    Helped.HELPED: _l("It worked"),
    Helped.ADAPTED: _l("It worked, another way"),
    Helped.NOT: _l("It didn't work"),
}
HELPED_ICONS: dict[Helped, str] = {Helped.HELPED: "check", Helped.ADAPTED: "check", Helped.NOT: "minus"}
VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.APPROVED: _l("It can go out"),
    Verdict.ASKED: _l("Asks something first"),
    Verdict.HELD: _l("Held back"),
}
VERDICT_TAGS: dict[Verdict, tuple[str, str]] = {
    Verdict.APPROVED: ("ja", "check"),
    Verdict.ASKED: ("open", "message-circle-question-mark"),
    Verdict.HELD: ("rust", "circle-pause"),
}
TAG_LABELS: dict[TagStatus, str] = {
    TagStatus.PROPOSED: _l("Proposed"),
    TagStatus.ACCEPTED: _l("Accepted"),
    TagStatus.DECLINED: _l("Not taken"),
}
TAG_KINDS: dict[TagStatus, str] = {
    TagStatus.PROPOSED: "open",
    TagStatus.ACCEPTED: "ja",
    TagStatus.DECLINED: "rust",
}
FLAGGED_LABELS: dict[Flagged, str] = {
    Flagged.LESSON: _l("Lesson"),
    Flagged.TRIED: _l("We tried this too"),
    Flagged.CONTRIBUTION: _l("Contribution"),
    Flagged.RESULT: _l("What came of a session"),
}
OUTCOME_LABELS: dict[FlagOutcome, str] = {FlagOutcome.FOLDED: _l("Folded"), FlagOutcome.KEPT: _l("Left as it is")}
ANSWER_LABELS: dict[Answer, str] = {
    Answer.APPROVE: _l("It can go out"),
    Answer.ASK: _l("Back to the writer, with a question"),
    Answer.HOLD: _l("Hold it back"),
}
ANSWER_HINTS: dict[Answer, str] = {
    Answer.APPROVE: _l("From now on the whole network reads it."),
    Answer.ASK: _l("It becomes a draft again, and they can offer it anew."),
    Answer.HOLD: _l("It says too much of somebody, or it doesn't hold."),
}
FAULTS: dict[str, str] = {
    "not_yours": _l("Choose an organisation of yours."),
    "is_out": _l("This lesson is in the log already. Propose other words for it."),
    "nothing_changed": _l("You changed nothing yet."),
    "why_needed": _l("Say in a sentence why."),
    "day_passed": _l("Choose a day to come."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def look_again(places: int, review_on: date | None) -> str:
    """Why somebody looks again whether a lesson holds: the day to do so, or else what was seen at so many places."""
    if review_on:
        return gettext("We agreed to look again on %(day)s.", day=plain_day(review_on))
    return gettext("%(num)d places tried it too, and at most of them it didn't work.", num=places)


def evidence(helped: Sequence[Helped]) -> list[str]:
    """What several organisations saw, in a few sentences: counts of places, never a score."""
    adapted, failed = helped.count(Helped.ADAPTED), helped.count(Helped.NOT)
    also = len(helped) - failed
    told = []
    if also == adapted == 1:
        told.append(gettext("It worked at one other place too, another way."))
    elif also:
        told.append(ngettext("It worked at %(num)d other place too.", "It worked at %(num)d other places too.", also))
    if adapted and also > 1:
        told.append(ngettext("At %(num)d of them another way.", "At %(num)d of them another way.", adapted))
    if failed:
        told.append(ngettext("At %(num)d place it didn't work.", "At %(num)d places it didn't work.", failed))
    if 0 < also < OFTEN_FROM:
        told.append(gettext("From three places on we call a lesson often confirmed."))
    return told


def without_line(lesson: Any) -> str:
    """That a draft still lacks the line that travels, and until when it waits for it; empty once it has one."""
    if lesson.line:
        return ""
    day = clock.local(lesson.created_at + kept_for(Keep.BEGUN_LESSON)).date()
    return gettext(
        "The one line that others can use is still missing. Without it, this draft goes on %(day)s.", day=long_day(day)
    )

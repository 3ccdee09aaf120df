"""Learning sessions in words."""

from collections.abc import Iterable

from flask_babel import gettext

from webapp.core import clock
from webapp.learning import deciding
from webapp.learning.codes import ContributionKind, Format, Lead, PhaseKind, Shown
from webapp.learning.lifecycle import SessionStatus
from webapp.learning.models import Contribution, LearningSession
from webapp.vocabulary.words import _l
from webapp.web.i18n import sentences, word

STATUS_LABELS: dict[SessionStatus, str] = {
    SessionStatus.PREPARED: _l("Being prepared"),
    SessionStatus.RUNNING: _l("Going on now"),
    SessionStatus.CLOSED: _l("Closed"),
    SessionStatus.CALLED_OFF: _l("Called off"),
}
CONTRIBUTION_LABELS: dict[ContributionKind, str] = {
    ContributionKind.OBSERVATION: _l("Something I saw"),
    ContributionKind.QUOTE: _l("Something I heard"),
    ContributionKind.QUESTION: _l("A question"),
    ContributionKind.IDEA: _l("An idea"),
}
SHOWN_LABELS: dict[Shown, str] = {
    Shown.NEW: _l("New"),
    Shown.SHOWN: _l("On the wall"),
    Shown.HELD: _l("Held back"),
    Shown.MERGED: _l("Put together"),
}
PHASE_LABELS: dict[PhaseKind, str] = {
    PhaseKind.TALK: _l("Talk"),
    PhaseKind.ASK: _l("Everybody shares something"),
    PhaseKind.GATHER: _l("Putting together"),
    PhaseKind.LESSONS: _l("Make lessons"),
    PhaseKind.CLOSE: _l("Closing"),
}
FORMAT_LABELS: dict[Format, str] = {
    Format.FOUR_QUESTIONS: _l("Looking back with four questions"),
    Format.MOST_CHANGE: _l("What changed the most, for better or worse"),
    Format.INTERVISION: _l("Intervision"),
    Format.OPEN: _l("An open form"),
}
LEAD_LABELS: dict[Lead, str] = {Lead.FACILITATOR: _l("Facilitator"), Lead.CO: _l("Helps at the desk")}
ASKED_LABELS: dict[Lead, str] = {Lead.FACILITATOR: _l("Asked to take over"), Lead.CO: _l("Asked to help at the desk")}
LONGEST_TOLD = 60
TOLD: dict[Shown, str] = {
    Shown.NEW: _l("“%(words)s” waits at the desk."),
    Shown.SHOWN: _l("“%(words)s” now hangs on the wall."),
    Shown.HELD: _l("“%(words)s” is held back."),
    Shown.MERGED: _l("“%(words)s” was put with another one."),
}
CONTRIBUTION_ICONS: dict[ContributionKind, str] = {
    ContributionKind.OBSERVATION: "eye",
    ContributionKind.QUOTE: "message-circle",
    ContributionKind.QUESTION: "circle-question-mark",
    ContributionKind.IDEA: "lightbulb",
}
FAULTS: dict[str, str] = {
    "no_such_organisation": _l("This organisation is not there any more. Choose another one."),
    "no_such_group": _l("You can't invite this group. Choose another one."),
    "invited_already": _l("They are invited already."),
    "many_invited": _l("Sixty organisations and groups are enough for one evening. Take one off first."),
    "nobody_here": _l("This person has no function in the network any more. Choose somebody else."),
    "leads_already": _l("This person helps at the desk already."),
    "asked_already": _l("This person is asked already."),
    "many_leads": _l("Six people at the desk are enough. Let somebody go first."),
    "date_too_far": _l("Choose a day within two years."),
    "date_too_long_ago": _l("Choose a day that is not so long ago."),
    "named_is_fixed": _l("People began to share. Named or anonymous stays as it was chosen."),
    "many_phases": _l("Twenty phases are enough for one evening. Leave one out or say one anew."),
    "goes_on_now": _l("This phase goes on now. Go to another one first."),
    "many_participants": _l("There is no room for more people in this session. Look along with somebody."),
    "many_notes": _l("So much was shared that nothing more fits. Tell it out loud."),
    "many_own": _l("You shared a lot. Take something back first, or tell it out loud."),
    "points_to_somebody": _l("This seems to point to somebody. Replace it, or say that it is nobody's name."),
    "not_shown": _l("Show it on the wall first."),
    "many_candidates": _l("Twelve are enough to choose lessons from. Take one off first."),
    "many_clusters": _l("There is no room for more clusters. Put some together first."),
    "no_candidate": _l("This was taken back, or somebody made a lesson of it just before. Take the tick away."),
    "no_such_place": _l("You can't give an action there any more. Choose another place."),
    "lines_folded": _l("The three lines are folded. Keep these words elsewhere, and empty this box to save the rest."),
    "no_line": _l("Type at least one line."),
    "many_lines": _l("At most 200 lines at once. Bring in the rest after this."),
    "long_line": _l("One of the lines is longer than 400 characters. Make two of it."),
}


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def told_words(note: Contribution, cluster: str) -> str:
    """Where a contribution stands now, as it is said aloud."""
    words = shortened(note.words)
    if note.shown is Shown.SHOWN and cluster:
        return gettext("“%(words)s” now hangs on the wall, with “%(cluster)s”.", words=words, cluster=cluster)
    return word(TOLD[note.shown]) % {"words": words}


def shortened(words: str) -> str:
    """The first words of something that was shared."""
    return words if len(words) <= LONGEST_TOLD else f"{words[: LONGEST_TOLD - 1].rstrip()}…"


def pieces(words: str, allow: Iterable[str]) -> list[tuple[str, str]]:
    """Words in pieces, each with the kind of what it seems to give away; empty for all the others."""
    found, at = [], 0
    for one in deciding.pointing(words, allow):
        found += [(words[at : one.start], ""), (words[one.start : one.end], one.kind.value)]
        at = one.end
    return [*found, (words[at:], "")]


def seconds_left(session: LearningSession) -> int | None:
    """How many seconds the phase has left, below nothing when it takes longer; None when nobody said how long."""
    if session.phase_until is None:
        return None
    return int((session.phase_until - clock.now()).total_seconds())

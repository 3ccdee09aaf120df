"""Learning sessions in words."""

from webapp.learning.codes import ContributionKind, Format, Lead, PhaseKind, Shown
from webapp.learning.lifecycle import SessionStatus
from webapp.vocabulary.words import _l

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
    PhaseKind.GATHER: _l("Put together"),
    PhaseKind.LESSONS: _l("Make lessons"),
    PhaseKind.CLOSE: _l("Close"),
}
FORMAT_LABELS: dict[Format, str] = {
    Format.FOUR_QUESTIONS: _l("Looking back with four questions"),
    Format.MOST_CHANGE: _l("What changed the most, for better or worse"),
    Format.INTERVISION: _l("Intervision"),
    Format.OPEN: _l("Open"),
}
LEAD_LABELS: dict[Lead, str] = {Lead.FACILITATOR: _l("Facilitator"), Lead.CO: _l("Helps at the desk")}

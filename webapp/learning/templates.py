"""The shelf: which phases a session begins with, by its format. Every phase can be skipped, moved, said anew, or done
on paper."""

from typing import NamedTuple

from webapp.learning.codes import Format, PhaseKind
from webapp.vocabulary.words import _l


class PhaseIdea(NamedTuple):
    """A phase as the shelf proposes it."""

    kind: PhaseKind
    title: str
    prompt: str = ""
    minutes: int | None = None


P = PhaseKind
ARRIVE = PhaseIdea(P.TALK, _l("Arriving"), _l("Who are you, and what brought you here?"), 10)
GATHER = PhaseIdea(P.GATHER, _l("Putting together"), _l("What belongs together?"), 15)
LESSONS = PhaseIdea(P.LESSONS, _l("Making three lessons"), _l("Which three do others need too?"), 20)
CLOSE = PhaseIdea(P.CLOSE, _l("Closing"), _l("What do you do tomorrow?"), 5)

SHELF: dict[Format, tuple[PhaseIdea, ...]] = {
    Format.FOUR_QUESTIONS: (
        ARRIVE,
        PhaseIdea(P.ASK, _l("Question 1: what we meant to do"), _l("What did we want to happen?"), 10),
        PhaseIdea(P.ASK, _l("Question 2: what happened"), _l("What really happened?"), 15),
        PhaseIdea(P.ASK, _l("Question 3: why"), _l("Why did it go differently from what we thought?"), 15),
        PhaseIdea(P.ASK, _l("Question 4: next time"), _l("What do we keep, and what do we do differently?"), 15),
        GATHER,
        LESSONS,
        CLOSE,
    ),
    Format.MOST_CHANGE: (
        ARRIVE,
        PhaseIdea(P.ASK, _l("What got better"), _l("What changed the most for the better, and for whom?"), 15),
        PhaseIdea(P.ASK, _l("What got worse"), _l("What got worse, or cost more than it brought?"), 15),
        PhaseIdea(P.ASK, _l("Why it matters"), _l("Which of these changes matters the most, and why?"), 15),
        GATHER,
        LESSONS,
        CLOSE,
    ),
    Format.INTERVISION: (
        ARRIVE,
        PhaseIdea(P.TALK, _l("One of us tells"), _l("What happened, and what would you like to know from us?"), 10),
        PhaseIdea(P.ASK, _l("Asking on"), _l("What would you still like to know? Only questions, no advice."), 15),
        PhaseIdea(P.ASK, _l("Thinking aloud"), _l("What do you think is going on here?"), 15),
        PhaseIdea(P.ASK, _l("What would you try?"), _l("What would you try first, if you were there?"), 15),
        PhaseIdea(P.TALK, _l("Back to whoever told"), _l("What do you take along from this?"), 10),
        LESSONS,
        CLOSE,
    ),
    Format.OPEN: (
        ARRIVE,
        PhaseIdea(P.ASK, _l("Sharing"), _l("What did you see, hear or try?"), 20),
        GATHER,
        LESSONS,
        CLOSE,
    ),
}

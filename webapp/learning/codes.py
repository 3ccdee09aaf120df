"""The codes of learning sessions."""

import enum


class ContributionKind(enum.StrEnum):
    """What somebody shares."""

    OBSERVATION = "observation"
    QUOTE = "quote"
    QUESTION = "question"
    IDEA = "idea"


class Shown(enum.StrEnum):
    """Where a contribution stands: new at the desk, on the wall, held back, or part of another one."""

    NEW = "new"
    SHOWN = "shown"
    HELD = "held"
    MERGED = "merged"


class PhaseKind(enum.StrEnum):
    """What happens in a phase."""

    TALK = "talk"
    ASK = "ask"
    GATHER = "gather"
    LESSONS = "lessons"
    CLOSE = "close"


class Format(enum.StrEnum):
    """A format from the shelf: which phases a session begins with."""

    FOUR_QUESTIONS = "four_questions"
    MOST_CHANGE = "most_change"
    INTERVISION = "intervision"
    OPEN = "open"


class Lead(enum.StrEnum):
    """Who leads a session: one facilitator, and who helps at the desk."""

    FACILITATOR = "facilitator"
    CO = "co"

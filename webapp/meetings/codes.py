"""The codes of meetings."""

import enum


class Wish(enum.StrEnum):
    """What whoever brings a topic hopes for."""

    INFORM = "inform"
    TALK = "talk"
    DECIDE = "decide"


class Coming(enum.StrEnum):
    """What somebody says to an invitation."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class LineKind(enum.StrEnum):
    """What a line of the minutes is."""

    NOTE = "note"
    DECISION = "decision"
    ACTION = "action"
    LESSON = "lesson"


class DecidedBy(enum.StrEnum):
    """The way in which a group decides (after the usual words of sociocracy and of assemblies)."""

    CONSENT = "consent"
    CONSENSUS = "consensus"
    ADVICE = "advice"
    VOTE = "vote"
    OTHER = "other"


class Told(enum.StrEnum):
    """Who hears of a meeting."""

    MEMBERS = "members"
    GUESTS_TOO = "guests_too"
    NOBODY = "nobody"

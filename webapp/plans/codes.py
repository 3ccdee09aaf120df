"""The codes of plans."""

import enum

FEWEST = 5
"""A smaller number of people is never shown, and never kept."""


class EvidenceKind(enum.StrEnum):
    """Where something that is known comes from."""

    SURVEY = "survey"
    SCAN = "scan"
    FOCUS_GROUP = "focus_group"
    REFERRALS = "referrals"
    SIGNAL = "signal"
    OTHER = "other"


class Shared(enum.StrEnum):
    """How strongly people who know it agree that a barrier is there. It says nothing about an association."""

    ONE_VOICE = "one_voice"
    SEVERAL = "several"
    MOST = "most"
    ALL = "all"


class Growth(enum.StrEnum):
    """How much of a sign of change is seen: a word, never a percentage."""

    TOO_EARLY = "too_early"
    SOMETHING = "something"
    CLEAR = "clear"


class Part(enum.StrEnum):
    """What in a plan can be adjusted."""

    PLAN = "plan"
    CHOICE = "choice"
    BARRIER = "barrier"
    GOAL = "goal"
    ACTION = "action"


class VoiceOf(enum.StrEnum):
    """Who was listened to."""

    YOUNG_PEOPLE = "young_people"
    YOUTH_WORKERS = "youth_workers"
    PARENTS = "parents"
    TOGETHER = "together"


class Link(enum.StrEnum):
    """A kind of thing in the chain of a plan, from what is known to what was learned, in that order."""

    EVIDENCE = "evidence"
    BARRIER = "barrier"
    GOAL = "goal"
    ACTION = "action"
    TOPIC = "topic"
    DECISION = "decision"
    LESSON = "lesson"


class Column(enum.StrEnum):
    """What a column of a table of actions can say."""

    TITLE = "title"
    STATE = "state"
    STRATEGY = "strategy"
    BS = "bs"
    GOAL = "goal"
    STARTS = "starts"
    DUE = "due"
    STEPS = "steps"
    ENOUGH = "enough"
    NOT_YET = "not_yet"
    LEARNED = "learned"


class Lane(enum.StrEnum):
    """A column of the board."""

    IDEA = "idea"
    PLANNED = "planned"
    BUSY = "busy"
    DONE = "done"

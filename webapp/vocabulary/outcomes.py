"""Coded answers about how things go and why they end. Codes only: what happened to somebody is never typed."""

import enum
from typing import NamedTuple

from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.words import _l


class Outcome(enum.StrEnum):
    """Why a search stopped."""

    REACH = "reach"
    AVAILABILITY = "availability"
    AFFORDABILITY = "affordability"
    AWARENESS = "awareness"
    TRUST = "trust"
    CLARITY = "clarity"
    FIT = "fit"
    MOVED_AWAY = "moved_away"
    FOUND_SOMETHING_ELSE = "found_something_else"
    NOT_THE_MOMENT = "not_the_moment"
    NOT_SAID = "not_said"


class OutcomeTraits(NamedTuple):
    """How an outcome reads, and the B that it tells about, if any."""

    label: str
    b: B | None


OUTCOME_TRAITS: dict[Outcome, OutcomeTraits] = {
    Outcome.REACH: OutcomeTraits(_l("Getting there was too hard"), B.REACH),
    Outcome.AVAILABILITY: OutcomeTraits(_l("There was no room, or it took too long"), B.AVAILABILITY),
    Outcome.AFFORDABILITY: OutcomeTraits(_l("It cost too much"), B.AFFORDABILITY),
    Outcome.AWARENESS: OutcomeTraits(_l("It was something else than expected"), B.AWARENESS),
    Outcome.TRUST: OutcomeTraits(_l("It did not feel safe or welcome enough"), B.TRUST),
    Outcome.CLARITY: OutcomeTraits(_l("It was hard to understand"), B.CLARITY),
    Outcome.FIT: OutcomeTraits(_l("It did not suit"), B.FIT),
    Outcome.MOVED_AWAY: OutcomeTraits(_l("Moved away"), None),
    Outcome.FOUND_SOMETHING_ELSE: OutcomeTraits(_l("Found something else"), None),
    Outcome.NOT_THE_MOMENT: OutcomeTraits(_l("Now isn't the moment"), None),
    Outcome.NOT_SAID: OutcomeTraits(_l("We don't know, and that's fine"), None),
}

OUTCOME_LABELS: dict[Outcome, str] = {code: traits.label for code, traits in OUTCOME_TRAITS.items()}


class NotNow(enum.StrEnum):
    """What an association may add to "not now", if it likes."""

    FULL = "full"
    FEW_LEADERS = "few_leaders"
    ASK_LATER = "ask_later"
    OTHER = "other"


NOT_NOW_LABELS: dict[NotNow, str] = {
    NotNow.FULL: _l("The group is full"),
    NotNow.FEW_LEADERS: _l("Few leaders at the moment"),
    NotNow.ASK_LATER: _l("Ask us again later"),
    NotNow.OTHER: _l("Something else"),
}


class Mood(enum.StrEnum):
    """How it goes, in one tap."""

    GOOD = "good"
    COULD_BE_BETTER = "could_be_better"
    STOPPED = "stopped"


class MoodTraits(NamedTuple):
    """How a mood reads, and its icon."""

    label: str
    icon: str


MOOD_TRAITS: dict[Mood, MoodTraits] = {
    Mood.GOOD: MoodTraits(_l("Good"), "smile"),
    Mood.COULD_BE_BETTER: MoodTraits(_l("Could be better"), "meh"),
    Mood.STOPPED: MoodTraits(_l("Stopped"), "door-open"),
}

MOOD_LABELS: dict[Mood, str] = {code: traits.label for code, traits in MOOD_TRAITS.items()}
MOOD_ICONS: dict[Mood, str] = {code: traits.icon for code, traits in MOOD_TRAITS.items()}

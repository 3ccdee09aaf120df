"""The codes of lessons."""

import enum

OFTEN_FROM = 3
"""So many organisations that it helped too, and a lesson is often confirmed."""


DOUBT_FROM = 3
"""So many organisations tried a lesson and at most of them it did not help: then somebody looks whether it holds."""


class LessonKind(enum.StrEnum):
    """Whether a lesson says to keep doing something, or is still being tried out."""

    KEEP = "keep"
    TRY = "try"


class Sureness(enum.StrEnum):
    """How sure a lesson is, by how many organisations saw it too: a word, never a score."""

    ONCE = "once"
    FEW = "few"
    OFTEN = "often"


class Language(enum.StrEnum):
    """A language beside Dutch, in which a lesson can be read too."""

    EN = "en"


class Verdict(enum.StrEnum):
    """What a second reader says."""

    APPROVED = "approved"
    ASKED = "asked"
    HELD = "held"


class Answer(enum.StrEnum):
    """What a second reader can say."""

    APPROVE = "approve"
    ASK = "ask"
    HOLD = "hold"


class Helped(enum.StrEnum):
    """What an organisation says that tried a lesson too."""

    HELPED = "helped"
    ADAPTED = "adapted"
    NOT = "not"


class TagStatus(enum.StrEnum):
    """A tag is proposed by anybody, and counts once it is accepted."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Origin(enum.StrEnum):
    """What a lesson came from. A question of a young person is never one: there only its tags come along."""

    ACTION = "action"
    DECISION = "decision"
    SESSION = "session"


class UsedIn(enum.StrEnum):
    """In what a lesson is used."""

    PLAN = "plan"
    BARRIER = "barrier"
    ACTION = "action"
    TOPIC = "topic"
    DECISION = "decision"


class Flagged(enum.StrEnum):
    """Words about which somebody can say that they break a house rule."""

    LESSON = "lesson"
    TRIED = "tried"
    CONTRIBUTION = "contribution"
    RESULT = "result"


class FlagOutcome(enum.StrEnum):
    """What was decided about a flag: folded words stay, but only who looks after the log opens them."""

    FOLDED = "folded"
    KEPT = "kept"


class Facet(enum.StrEnum):
    """By what the log is filtered: the letter before it in the index. Its values are codes, a year, words, an id."""

    B = "b"
    STRATEGY = "s"
    SIDE = "d"
    SOURCE = "o"
    KIND = "k"
    YEAR = "y"
    SURENESS = "c"
    TAG = "t"

    def token(self, value: str) -> str:
        """How a value stands in the index."""
        return f"{self.value}_{value}"

"""The codes of conversations."""

import enum


class Reaction(enum.StrEnum):
    """What somebody says to a post with one tap, in words."""

    READ = "read"
    AGREE = "agree"
    THANKS = "thanks"


class Mark(enum.StrEnum):
    """What a post became the start of."""

    TOPIC = "topic"
    LESSON = "lesson"

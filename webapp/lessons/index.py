"""The index of the log: the words of what is out, and nothing else. A lesson enters it when a second reader approves it
and leaves it when it is held back or folded."""

from webapp.lessons.models import Lesson


def put(lesson: Lesson) -> None:
    """Let a lesson be found by what it says now; one that is not out is taken out."""


def take_out(lesson: Lesson) -> None:
    """Let a lesson be found no more: no word of it stays in the index."""

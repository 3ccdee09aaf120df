"""What the doctor says about one thing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from webapp.config import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """A plain sentence that says what is wrong and how to mend it. `must`: Brug should not go on like this."""

    must: bool
    sentence: str


Check = Callable[[Settings], Iterator[Finding]]


def mend(sentence: str) -> Finding:
    """Something that must be mended."""
    return Finding(True, sentence)


def mind(sentence: str) -> Finding:
    """Something to know about; Brug can go on."""
    return Finding(False, sentence)

"""Lessons for measurements, in any number: made of the words of Elsterveer's, as often as they stand there, and of ever
rarer compounds of two of them."""

import random
import uuid
from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert

from seeds.reading import read
from webapp.core import clock, fulltext
from webapp.core.db import db
from webapp.lessons import index
from webapp.lessons.codes import LessonKind, Sureness
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

BATCH = 2_000
RARE = 40_000
"""So many compounds there are."""
RARELY = 0.08
"""How often a word is one of them."""
FIRST_YEAR, LAST_YEAR = 2015, 2026
LENGTHS = {"title": 5, "line": 14, "situation": 22, "did": 22, "happened": 18, "enough_for": 7, "not_yet_for": 8}
"""How many words each text of a lesson has, about as in Elsterveer."""


class Speech:
    """Words, drawn as often as people use them; the same seed says the same."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - sentences for a measurement
        told = read("lessons")
        texts = (str(one.get(name, "")) for one in told for name in LENGTHS)
        self._known = list(chain.from_iterable(map(fulltext.words, texts)))
        longer = sorted({word for word in self._known if len(word) > 4})
        self.rare = ["".join(self._draw.sample(longer, 2)) for _ in range(RARE)]
        self._weights = [1 / (place + 10) for place in range(RARE)]
        self._pool: list[str] = []

    def say(self, number: int) -> str:
        """So many words."""
        if len(self._pool) < number:
            rare = self._draw.choices(self.rare, self._weights, k=int(100_000 * RARELY))
            self._pool = [*self._draw.choices(self._known, k=100_000 - len(rare)), *rare]
            self._draw.shuffle(self._pool)
        said, self._pool = self._pool[:number], self._pool[number:]
        return " ".join(said).capitalize()

    def one_of(self, choices: Any) -> Any:
        """One of several, each as often."""
        return self._draw.choice(list(choices))


def fill(size: int, organisation_ids: Sequence[uuid.UUID], speech: Speech) -> None:
    """So many lessons of these organisations that are out, in the log with their words."""
    first = clock.now() - timedelta(seconds=size)
    numbers = range(int(first.timestamp()), int(first.timestamp()) + size)
    for start in range(0, size, BATCH):
        some = numbers[start : start + BATCH]
        rows = [
            _lesson(speech.one_of(organisation_ids), first + timedelta(seconds=number - numbers[0]), speech)
            for number in some
        ]
        db.session.execute(insert(Lesson), rows)
        lessons = list(zip(some, (SimpleNamespace(**row) for row in rows), strict=True))
        db.session.execute(insert(index.PLACES), [index.row(lesson, number) for number, lesson in lessons])
        index.WORDS.put(*((number, index.document(lesson, ())) for number, lesson in lessons))
        db.session.commit()


def _lesson(organisation_id: uuid.UUID, moment: Any, speech: Speech) -> dict[str, Any]:
    said = {name: speech.say(number) for name, number in LENGTHS.items()}
    limits = {name: Lesson.__table__.c[name].type.length for name in LENGTHS}  # type: ignore[attr-defined]
    return {name: words[: limits[name]] for name, words in said.items()} | {
        "id": uuid.uuid4(),
        "organisation_id": organisation_id,
        "status": LessonStatus.PUBLISHED,
        "kind": speech.one_of(LessonKind),
        "side": speech.one_of(Side),
        "bs": (speech.one_of(B),),
        "strategies": (speech.one_of(Strategy),),
        "source": f"Project {speech.one_of(range(30)) + 1}",
        "year": speech.one_of(range(FIRST_YEAR, LAST_YEAR + 1)),
        "sureness": speech.one_of(Sureness),
        "is_folded": False,
        "held_because": "",
        "outdated_because": "",
        "created_at": moment,
        "published_at": moment,
        "changed_at": moment,
        "version": 1,
    }

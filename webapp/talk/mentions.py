"""Who is asked directly: "@Noor" or "@Noor Vermeulen" in a text, among the people of the conversation."""

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import NamedTuple

AT = re.compile(r"(?:^|[\s(])@(?=\w)")


class Person(NamedTuple):
    """Somebody who can be asked."""

    id: uuid.UUID
    name: str


class TwoPeople(ValueError):
    """A first name that more than one person has."""


def found(text: str, people: Iterable[Person]) -> list[Person]:
    """The people who are asked in a text, in its order. Raises TwoPeople where a first name is not enough."""
    by_name: dict[str, list[Person]] = {}
    for person in people:
        for name in {person.name.casefold(), person.name.split()[0].casefold()}:
            by_name.setdefault(name, []).append(person)
    names = sorted(by_name, key=len, reverse=True)
    asked: list[Person] = []
    for place in AT.finditer(text):
        if meant := _meant(text[place.end() :].casefold(), names, by_name):
            asked.append(meant)
    return list(dict.fromkeys(asked))


def _meant(rest: str, names: Sequence[str], by_name: dict[str, list[Person]]) -> Person | None:
    """Whoever has the longest name with which the text goes on."""
    for name in names:
        after = rest[len(name) : len(name) + 1]
        if rest.startswith(name) and not (after.isalnum() or after == "_"):
            if len(by_name[name]) > 1:
                raise TwoPeople(name)
            return by_name[name][0]
    return None

"""How closely somebody walks along: the longer the bridge, the more support."""

from typing import NamedTuple

from webapp.vocabulary.words import _l


class SupportTraits(NamedTuple):
    """How a level reads, and the steps that it expects of whoever walks along."""

    label: str
    steps: tuple[str, ...]


SUPPORT_TRAITS: dict[int, SupportTraits] = {
    1: SupportTraits(
        _l("Light: a good start is enough"),
        (
            _l("Agree who waits at the door."),
            _l("Ask afterwards how it went."),
        ),
    ),
    2: SupportTraits(
        _l("Along: the first steps together"),
        (
            _l("Agree who waits at the door, and go along the first time."),
            _l("Call the day after."),
            _l("Look back after 2, 6 and 12 weeks."),
        ),
    ),
    3: SupportTraits(
        _l("Close: somebody stays near for longer"),
        (
            _l("Meet the welcomer together before the first time."),
            _l("Go along at least three times, and say when you step back."),
            _l("Speak with the association every two weeks."),
            _l("Look back after 2, 6 and 12 weeks."),
        ),
    ),
}

SUPPORT_LABELS: dict[int, str] = {level: traits.label for level, traits in SUPPORT_TRAITS.items()}

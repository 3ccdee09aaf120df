"""Ages as bands: a question never says how old somebody is exactly."""

import enum
from typing import NamedTuple

from webapp.vocabulary.words import _l


class AgeBand(enum.StrEnum):
    """A few years together."""

    FROM_6 = "6-8"
    FROM_9 = "9-11"
    FROM_12 = "12-14"
    FROM_15 = "15-17"
    FROM_18 = "18-20"
    FROM_21 = "21-25"


class AgeTraits(NamedTuple):
    """How a band reads, and its first and last year of age."""

    label: str
    first: int
    last: int


AGE_TRAITS: dict[AgeBand, AgeTraits] = {
    AgeBand.FROM_6: AgeTraits(_l("6 to 8 years"), 6, 8),
    AgeBand.FROM_9: AgeTraits(_l("9 to 11 years"), 9, 11),
    AgeBand.FROM_12: AgeTraits(_l("12 to 14 years"), 12, 14),
    AgeBand.FROM_15: AgeTraits(_l("15 to 17 years"), 15, 17),
    AgeBand.FROM_18: AgeTraits(_l("18 to 20 years"), 18, 20),
    AgeBand.FROM_21: AgeTraits(_l("21 to 25 years"), 21, 25),
}

AGE_LABELS: dict[AgeBand, str] = {band: traits.label for band, traits in AGE_TRAITS.items()}


def covers_all(age_min: int, age_max: int, band: AgeBand) -> bool:
    """Whether every age of the band may join something for `age_min` to `age_max`."""
    return age_min <= AGE_TRAITS[band].first and AGE_TRAITS[band].last <= age_max


def covers_some(age_min: int, age_max: int, band: AgeBand) -> bool:
    """Whether at least one age of the band may join something for `age_min` to `age_max`."""
    return age_min <= AGE_TRAITS[band].last and AGE_TRAITS[band].first <= age_max

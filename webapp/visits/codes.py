"""Small code lists that only group visits use."""

import enum


class GroupSize(enum.StrEnum):
    """About how many come along."""

    UP_TO_10 = "up_to_10"
    UP_TO_20 = "up_to_20"
    UP_TO_30 = "up_to_30"
    MORE = "more"


class VisitPurpose(enum.StrEnum):
    """What a group comes for."""

    LOOK = "look"
    TRY = "try"
    MEET = "meet"
    OTHER = "other"


class VisitMood(enum.StrEnum):
    """How a visit was."""

    GOOD = "good"
    COULD_BE_BETTER = "could_be_better"
    NOT_HAPPENED = "not_happened"

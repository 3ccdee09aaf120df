"""Group visits to test with."""

from datetime import timedelta
from typing import Any

from webapp.core import clock
from webapp.visits.actions import Group
from webapp.visits.codes import GroupSize, VisitPurpose
from webapp.vocabulary.ages import AgeBand


def group(**changes: Any) -> Group:
    """A class that would like to come in a week, or two days later."""
    soon = clock.today() + timedelta(days=7)
    values: dict[str, Any] = {
        "size": GroupSize.UP_TO_20,
        "age_band": AgeBand.FROM_12,
        "purpose": VisitPurpose.LOOK,
        "first_day": soon,
        "other_day": soon + timedelta(days=2),
    }
    return Group(**{**values, **changes})

"""The ways in which an action says no; the web layer turns each into its own answer.

`NotAllowed` belongs to the policy and is offered here beside the others.
"""

from collections.abc import Mapping
from datetime import datetime

from webapp.policy.rules import NotAllowed

__all__ = ["Conflict", "Invalid", "NotAllowed", "Refusal", "StepRefused", "Unavailable"]


class Refusal(Exception):
    """An action did not happen, on purpose. Nothing was changed."""


class StepRefused(Refusal):
    """The thing is in a state in which this step does not exist (409)."""

    def __init__(self, step: str, status: str) -> None:
        super().__init__(f"step {step} does not start at {status}")
        self.step = step
        self.status = status


class Invalid(Refusal):
    """The input is understood but cannot be accepted (422). `errors` maps a field name to a sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {text}" for field, text in errors.items()))
        self.errors = dict(errors)


class Conflict(Refusal):
    """Somebody else was first (409). `who` and `when` let the page say so kindly; both may be unknown."""

    def __init__(self, who: str | None = None, when: datetime | None = None) -> None:
        super().__init__("changed by somebody else")
        self.who = who
        self.when = when


class Unavailable(Refusal):
    """A part that must work (keys, audit) does not, so nothing is shown or changed (503)."""

"""When may what: the way of a lesson from a draft to the log."""

import enum

from webapp.core.lifecycle import Lifecycle, step
from webapp.policy.permissions import Can


class LessonStatus(enum.StrEnum):
    """Where a lesson stands. Only a published one and one that was marked outdated are out of their circle."""

    DRAFT = "draft"
    OFFERED = "offered"
    HELD = "held"
    PUBLISHED = "published"
    OUTDATED = "outdated"


L = LessonStatus

OUT = (L.PUBLISHED, L.OUTDATED)

LESSON = Lifecycle(
    LessonStatus,
    L.DRAFT,
    [
        step("offer", [L.DRAFT, L.HELD], L.OFFERED, needs=Can.EDIT_LESSON, why="Ready for a second pair of eyes."),
        step("take_back", [L.OFFERED], L.DRAFT, needs=Can.EDIT_LESSON, why="Not ready after all."),
        step("send_back", [L.OFFERED], L.DRAFT, needs=Can.SECOND_READ, why="The second reader has a question first."),
        step("publish", [L.OFFERED], L.PUBLISHED, needs=Can.SECOND_READ, why="A second person read it."),
        step("hold", [L.OFFERED, L.PUBLISHED, L.OUTDATED], L.HELD, needs=Can.SECOND_READ,
             why="It says too much, or is not clear yet."),
        step("outdate", [L.PUBLISHED], L.OUTDATED, needs=Can.KEEP_LESSON, why="It is no longer so."),
        step("renew", [L.OUTDATED], L.PUBLISHED, needs=Can.KEEP_LESSON, why="It holds after all."),
    ],
)  # fmt: skip

"""The codes of working groups."""

import enum


class Visibility(enum.StrEnum):
    """Who learns what of a group. A confidential one exists for its members alone."""

    OPEN = "open"
    MEMBERS = "members"
    CONFIDENTIAL = "confidential"


class GroupRole(enum.StrEnum):
    """What somebody is in a group."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


LEADING = (GroupRole.CHAIR, GroupRole.SECRETARY)


class GuestOf(enum.StrEnum):
    """What a guest takes part in: one thing of a group, and nothing else there."""

    MEETING = "meeting"
    THREAD = "thread"

"""The codes of date polls."""

import enum


class Says(enum.StrEnum):
    """What somebody says of a moment."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"

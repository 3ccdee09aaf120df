"""Where to go next, when a visitor's own input says so: only ever inside Brug."""

from flask import url_for


def is_inside(target: str) -> bool:
    """Whether a target is a path of our own: one slash first, no backslash, no control characters."""
    return (
        target.startswith("/")
        and not target.startswith("//")
        and "\\" not in target
        and all(ord(letter) > 31 and ord(letter) != 127 for letter in target)
    )


def inside(target: str | None, otherwise: str | None = None) -> str:
    """The target when it is inside, else what the caller says, or the first page."""
    if target and is_inside(target):
        return target
    return url_for("today.today") if otherwise is None else otherwise

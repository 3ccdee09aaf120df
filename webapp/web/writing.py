"""How a value gets onto a page."""

from typing import Any

from markupsafe import _escape_inner  # type: ignore[attr-defined]  # docs/decisions/0030


def written(value: Any) -> str:
    """A value, safe between the words of a page. MarkupSafe makes a text of its own kind of it, which says that it is
    safe; a page only joins it to the next, and five calls for each of a thousand values is what a page takes longest
    for."""
    if type(value) is str:
        return _escape_inner(value)
    safe: str = value.__html__() if hasattr(value, "__html__") else _escape_inner(str(value))
    return safe

"""Words within the pattern of a LIKE: what somebody typed stands for itself."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_

from webapp.core.db import given

ESCAPE = "!"
"""To be given as `escape` wherever such a pattern is compared."""
_SIGNS = str.maketrans({sign: ESCAPE + sign for sign in f"%_{ESCAPE}"})


def literally(words: str) -> str:
    """These words in small letters, without a sign that stands for others."""
    return words.lower().translate(_SIGNS)


def word_begins(words: str) -> dict[str, str]:
    """The two patterns, `start` and `inside`, of texts in which a word begins with these words."""
    start = f"{literally(words)}%"
    return {"start": start, "inside": f"% {start}"}


def a_word_begins(text: Any) -> ColumnElement[bool]:
    """Whether a word of a column begins with what `word_begins` gives."""
    return or_(*(func.lower(text).like(given(one, text), escape=ESCAPE) for one in ("start", "inside")))

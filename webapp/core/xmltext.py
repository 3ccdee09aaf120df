"""Text for XML: some characters have no place there, however they are written."""

import re

_NO_PLACE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(text: str) -> str:
    """The text without the characters that XML has no place for."""
    return _NO_PLACE.sub("", text)

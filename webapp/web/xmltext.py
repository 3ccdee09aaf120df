"""Text for XML: some characters have no place there, however they are written."""


def safe(text: str) -> str:
    """The text without the characters that XML has no place for."""
    return "".join(one for one in text if _has_place(one))


def _has_place(one: str) -> bool:
    return one in "\t\n\r" or " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one >= "\U00010000"

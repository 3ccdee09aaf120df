"""What a list is asked for by its address, so that it can be shared."""

from enum import StrEnum
from typing import TypeVar

from flask import request

Code = TypeVar("Code", bound=StrEnum)


def asked_for(codes: type[Code], name: str) -> Code | None:
    """The code of an enum that a filter names; None for none, and for nonsense."""
    try:
        return codes(request.args.get(name, ""))
    except ValueError:
        return None


def line(text: str, most: int) -> str:
    """What somebody searched for, as one line without what cannot be seen."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most]

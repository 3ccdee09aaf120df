"""What points at a young person though no piece of it does: in a small town an age with a school, or an age with a
neighbourhood and what somebody does there, can be one person. See `care` for what points at somebody by itself.

It knows no name and looks for none, so it says the same of every name. It points, it never forbids.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from webapp.vocabulary.care import LONGEST_TEXT, says_one_of


class Combined(StrEnum):
    """What stands together."""

    SCHOOL_AGE = "school-age"
    RARE = "rare"


_NUMBERS = "(?:vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien)"
_OLD = rf"(?:[4-9]|1\d|2[0-5]|{_NUMBERS})"
_WHO = "(?:jongen|meisje|kind|leerling|tiener|jongere|dochter|zoon|broer|zus|boy|girl|child|pupil|teenager)"
_AGE = re.compile(
    rf"(?<![\w-]){_OLD} ?-? ?(?:jaar|jarige?n?|years?|year-old)(?!\w)"
    rf"|(?<!\w){_WHO} (?:van|of|aged) {_OLD}(?![\w€%]| ?(?:-|–|tot|to|en|and) ?\d| euro)",
    re.IGNORECASE,
)
_BAND = re.compile(r"(?<!\w)\d{1,2} ?(?:-|–|tot|to|en) ?\d{1,2} ?(?:jaar|jarigen|years)(?!\w)", re.IGNORECASE)
"""From one age to another: a group, not somebody."""
_SCHOOL = re.compile(
    r"(?<!\w)(?:\w{0,30}school|klas|\w{1,30}klas|leerjaar|atheneum|lyceum|college|okan|middelbaar|internaat|class)(?!\w)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?<!\w)(?:\w{0,30}wijk|\w{0,30}buurt|gehucht|dorp|neighbourhood)(?!\w)", re.IGNORECASE)
_DOES = re.compile(
    r"(?<!\w)(?:\w{0,20}voetbal\w{0,6}|basket\w{0,6}|judo|turnen|zwemmen|zwemclub|dans\w{0,8}|muziek\w{0,8}|drum\w{0,6}"
    r"|gitaar|teken\w{0,8}|toneel\w{0,6}|theater|circus\w{0,8}|scouts|chiro|ksa|klj|jeugdbeweging|jeugdhuis|speelplein"
    r"|football|dancing|music|drawing|drama|swimming)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;\n]+")


def find(text: str, places: Iterable[str] = ()) -> tuple[Combined, ...]:
    """What stands together in one sentence of `text`. `places` are the names of the neighbourhoods."""
    known, found = list(places), dict[Combined, None]()
    for sentence in _SENTENCE.split(text[:LONGEST_TEXT]):
        if not _AGE.search(_BAND.sub(" ", sentence)):
            continue
        if _SCHOOL.search(sentence):
            found[Combined.SCHOOL_AGE] = None
        if _DOES.search(sentence) and (_PLACE.search(sentence) or says_one_of(sentence, known)):
            found[Combined.RARE] = None
    return tuple(found)

"""What may not stand in free text: ways to find or name somebody.

The page warns while somebody types (static/js/care.js, the same patterns); the server looks again with `find`.
It points, it never forbids: a warning that blocks would teach people to write around it. Nothing found is stored.
Every pattern is linear: no repetition inside a repetition without an upper limit.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

LONGEST_TEXT = 60_000
"""Characters that are looked at; no field of ours takes more."""

_MASK = "¤"
_MONTH = "(?:jan|feb|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]{0,6}"
_STREET = r"(?:straat|laan|weg|plein|dreef|lei|kaai|kade|dijk|pad|baan|markt|singel|gracht|str\.)"
_SENTENCE = re.compile(r'[.!?:;…•"“„(\n]')
_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    {"nederlands", "frans", "engels", "duits", "arabisch", "turks", "belgië", "vlaanderen", "vlaams", "brussel"}
    | {"brug", "whatsapp", "kerstmis", "pasen", "sinterklaas"}
)


class CareKind(StrEnum):
    """What was found. The values are the words of the `data-care-message-…` attributes."""

    EMAIL = "email"
    NATIONAL_NUMBER = "national-number"
    BIRTH_DATE = "birth-date"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of a text, `text[start:end]`, that had better not be there."""

    kind: CareKind
    start: int
    end: int


# In this order: what one pattern took, the next one does not see (a date is not a phone number).
_PATTERNS = {
    CareKind.EMAIL: re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+\.\w{2,24}", re.ASCII),
    CareKind.NATIONAL_NUMBER: re.compile(
        r"(?<!\d)\d\d[. /-]?[0-5]\d[. /-]?[0-3]\d[. /-]{0,2}\d{3}[. /-]?\d\d(?!\d)", re.ASCII
    ),
    CareKind.BIRTH_DATE: re.compile(
        r"(?<!\d)(?:[0-3]?\d ?[./-] ?[01]?\d ?[./-] ?((?:19|20)\d\d)"
        r"|((?:19|20)\d\d)-[01]\d-[0-3]\d"
        rf"|[0-3]?\d {_MONTH}\.? ((?:19|20)\d\d))(?!\d)",
        re.ASCII | re.IGNORECASE,
    ),
    CareKind.PHONE: re.compile(r"(?<![\w+])(?:\+32|0032|0)[ ./-]?(?:\(0\) ?)?[1-9](?:[ ./-]?\d){7,8}(?!\d)", re.ASCII),
    CareKind.ADDRESS: re.compile(
        rf"(?<!\w)(?:\w{{2,40}}{_STREET}|markt|plein|dorp),? {{1,2}}(?:nr\.? ?|nummer )?\d{{1,4}}(?!\d)",
        re.ASCII | re.IGNORECASE,
    ),
}


def find(text: str, *, allow: Iterable[str] = (), this_year: int | None = None) -> tuple[Finding, ...]:
    """What in `text` points at a person, in the order of the text.

    `allow` holds names that may be said, such as those of the town, the organisation and the colleagues. With
    `this_year`, dates of the last three years and later are taken for appointments, not for days of birth.
    """
    text = text[:LONGEST_TEXT]
    findings: list[Finding] = []
    for kind, pattern in _PATTERNS.items():
        found = [
            Finding(kind, match.start(), match.end())
            for match in pattern.finditer(text)
            if _counts(match, kind, this_year)
        ]
        text = _masked(text, found)
        findings += found
    findings += _names(text, _COMMON.union(*(_words(name) for name in allow)))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def says_one_of(text: str, names: Iterable[str]) -> bool:
    """Whether `text` says one of the names, as whole words, in capitals or not."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text[:LONGEST_TEXT], re.IGNORECASE) for name in names)


def _counts(match: re.Match[str], kind: CareKind, this_year: int | None) -> bool:
    if kind is not CareKind.BIRTH_DATE or this_year is None:
        return True
    return int(next(year for year in match.groups() if year)) <= this_year - 3


def _masked(text: str, findings: Iterable[Finding]) -> str:
    """`text` with the findings blotted out, of the same length."""
    parts: list[str] = []
    done = 0
    for finding in findings:
        parts += text[done : finding.start], _MASK * (finding.end - finding.start)
        done = finding.end
    return "".join([*parts, text[done:]])


def _names(text: str, allowed: frozenset[str]) -> Iterator[Finding]:
    """Words with a capital that do not open a sentence and are not allowed."""
    end = 0
    for index, match in enumerate(_WORD.finditer(text)):
        word = match[0]
        opening = index == 0 or _SENTENCE.search(text, end, match.start())
        if word[0].isupper() and word[1:2].islower() and not opening and word.lower() not in allowed:
            yield Finding(CareKind.NAME, match.start(), match.end())
        end = match.end()


def _words(name: str) -> set[str]:
    return {match[0] for match in _WORD.finditer(name.lower())}

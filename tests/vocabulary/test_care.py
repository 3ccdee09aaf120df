"""Finding what may not stand in free text. The browser runs the same samples (tests/web/behaviours)."""

import time

import pytest

from webapp.vocabulary.care import LONGEST_TEXT, CareKind, find, says_one_of

YEAR = 2026
ALLOW = ("Elsterveer", "Jeugdhuis De Sluis")

SAMPLES: list[tuple[str, set[CareKind]]] = [
    ("Bel 0470 00 00 21 na school", {CareKind.PHONE}),
    ("Bel 0470/00.00.21", {CareKind.PHONE}),
    ("bereikbaar op +32 470 00 00 21", {CareKind.PHONE}),
    ("bereikbaar op +32 (0)470 00 00 21", {CareKind.PHONE}),
    ("vast nummer 09 123 45 67", {CareKind.PHONE}),
    ("Bel 1712 of 112", set()),
    ("mail naar an.peeters@school.example graag", {CareKind.EMAIL}),
    ("stuur het @ iedereen", set()),
    ("nummer 10.05.12-123.45", {CareKind.NATIONAL_NUMBER}),
    ("nummer 10051212345 staat erop", {CareKind.NATIONAL_NUMBER}),
    ("geboren op 12/05/2010", {CareKind.BIRTH_DATE}),
    ("geboren op 2010-05-12", {CareKind.BIRTH_DATE}),
    ("geboren op 12 mei 2010", {CareKind.BIRTH_DATE}),
    ("geboren 3 dec. 2012", {CareKind.BIRTH_DATE}),
    ("we zien elkaar op 21/11/2026 om 14.30 uur", set()),
    ("we zien elkaar op zaterdag 21 november 2026", set()),
    ("woont in de Wilgendreef 12", {CareKind.ADDRESS}),
    ("woont in de wilgendreef, nr. 12", {CareKind.ADDRESS}),
    ("woont op de Molensteenweg 112 bus 3", {CareKind.ADDRESS}),
    ("het is nog een lange weg, 2 keer per week", set()),
    ("hij komt om 14 uur, 3 keer per maand", set()),
    ("Hij speelt graag met Samir", {CareKind.NAME}),
    ("Hij speelt graag met Élise en Zoë", {CareKind.NAME}),
    ("Samen met de zus van Jean-Pierre", {CareKind.NAME}),
    ("Hij houdt van koken. In een groep is hij stil.", set()),
    ("Hij houdt van koken\nEn van fietsen", set()),
    ("Hij komt naar Jeugdhuis De Sluis in Elsterveer", set()),
    ("Hij leert Nederlands en volgt het OCMW-atelier", set()),
    ("", set()),
]


NEVER = ("Lantaarn", "Huis van het Kind", "Hilde", "Maes")
SAYS_ONE: list[tuple[str, bool]] = [
    ("een begeleider van De Lantaarn", True),
    ("iemand van de lantaarn.", True),
    ("HILDE komt mee", True),
    ("bel mevrouw Maes", True),
    ("een collega van het huis van het kind", True),
    ("iemand met een lantaarntje", False),
    ("Mathilde komt mee", False),
    ("een vriend uit de klas", False),
    ("", False),
]
"""Texts, and whether they say a name that stays unknown."""


@pytest.mark.parametrize(("text", "says"), SAYS_ONE)
def test_it_finds_a_name_that_stays_unknown(text: str, says: bool) -> None:
    assert says_one_of(text, NEVER) is says
    assert not says_one_of(text, ())


@pytest.mark.parametrize(("text", "kinds"), SAMPLES)
def test_it_finds_exactly_what_may_not_be_there(text: str, kinds: set[CareKind]) -> None:
    assert {finding.kind for finding in find(text, allow=ALLOW, this_year=YEAR)} == kinds


def test_a_finding_says_where_it_stands() -> None:
    text = "Vraag het aan Noor, noor@sluis.example of 0470 00 00 21."
    assert [(finding.kind, text[finding.start : finding.end]) for finding in find(text)] == [
        (CareKind.NAME, "Noor"),
        (CareKind.EMAIL, "noor@sluis.example"),
        (CareKind.PHONE, "0470 00 00 21"),
    ]


def test_a_date_is_not_a_phone_number_too() -> None:
    assert [finding.kind for finding in find("op 01.02.2010 14 keer")] == [CareKind.BIRTH_DATE]


def test_without_a_year_every_full_date_counts() -> None:
    assert [finding.kind for finding in find("op 21/11/2026")] == [CareKind.BIRTH_DATE]


def test_allowed_names_count_in_any_case_and_word_by_word() -> None:
    assert find("samen met Tine van Loods 9", allow=["TINE", "Loods 9"]) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "0",
        "1 ",
        "a@",
        "a.",
        "@a.",
        "aa-",
        "A a ",
        "0 4",
        "+32 ",
        "x straat ",
        "straat",
        "12/",
        "1.1.",
        "1 mei ",
        ". A",
        "¤",
        " ",
        "\n",
        "é",
        "(",
        "aB ",
    ],
)
def test_long_hostile_text_costs_no_time(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    started = time.process_time()
    find(text)
    find(text + "@")
    assert time.process_time() - started < 1


def test_text_beyond_the_longest_field_is_not_looked_at() -> None:
    assert find("a" * LONGEST_TEXT + " bel 0470 00 00 21") == ()

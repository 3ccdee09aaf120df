"""Pieces that point at somebody together."""

import time

import pytest

from webapp.vocabulary.combined import Combined, find

AREAS = ("Heide", "Stationswijk")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Een meisje van 14 jaar uit de OKAN-klas kwam mee.", (Combined.SCHOOL_AGE,)),
        ("De zestienjarige kwam met de school.", (Combined.SCHOOL_AGE,)),
        ("Een meisje van 13 kwam van het Atheneum De Esdoorn.", (Combined.SCHOOL_AGE,)),
        ("Voor een kind van 6 tot 12 vertelt de school het.", ()),
        ("Een kind van 13 euro lidgeld op school afhelpen", ()),
        ("Een jongen van 9 jaar uit de Heide die wil drummen.", (Combined.RARE,)),
        ("In de buurt kent iedereen de 12-jarige die danst en drumt.", (Combined.RARE,)),
        ("Tieners van 12 tot 14 jaar uit de Heide komen dansen met hun klas.", ()),
        ("Een spel in de klas zegt meer dan een uitleg.", ()),
        ("Ze was 9 jaar. De school ligt ver.", ()),
        ("Kom drie keer op hetzelfde uur naar de Heide.", ()),
        ("Al 14 jaar staat er iemand aan de poort.", ()),
    ],
)
def test_pieces_that_stand_together(text: str, kinds: tuple[Combined, ...]) -> None:
    assert find(text, AREAS) == kinds


def test_it_says_the_same_of_every_name() -> None:
    text = "{} is 14 jaar, zit op de Esdoornschool en danst in de Heide."
    assert find(text.format("Amira"), AREAS) == find(text.format("Zwqx"), AREAS) == tuple(Combined)


def test_a_long_text_is_looked_at_in_no_time() -> None:
    begun = time.perf_counter()
    find("14 " + "wijk" * 12_000 + " jaar" + " 1" * 5_000, AREAS)
    assert time.perf_counter() - begun < 0.5

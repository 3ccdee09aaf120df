"""Who is asked directly in a text."""

import uuid

import pytest

from webapp.talk.mentions import Person, TwoPeople, found

NOOR, BRAM, OTHER = (Person(uuid.uuid4(), name) for name in ("Noor Vermeulen", "Bram Cools", "Noor Aerts"))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@Noor kan jij dat?", [NOOR]),
        ("Kan jij dat, @noor?", [NOOR]),
        ("(@Noor Vermeulen)", [NOOR]),
        ("@Bram en @Noor, en nog eens @Bram", [BRAM, NOOR]),
        ("noor@elsterveer.example", []),
        ("@Noortje", []),
        ("@Noor_x", []),
        ("@Piet", []),
        ("@", []),
        ("Noor", []),
        ("@ Noor", []),
    ],
)
def test_by_first_name_or_whole_name(text: str, asked: list[Person]) -> None:
    assert found(text, [NOOR, BRAM]) == asked


def test_two_with_the_same_first_name_are_told_apart() -> None:
    with pytest.raises(TwoPeople):
        found("@Noor?", [NOOR, OTHER])
    assert found("@Noor Aerts?", [NOOR, OTHER]) == [OTHER]

"""Words as they are kept and looked for, whichever database keeps them."""

import pytest

from webapp.core.fulltext import DUTCH, ENGLISH, Document, Part, for_fts5, for_tsquery, looked_for, stem, words

SAME = (
    ("begeleiding", "begeleid", "begeleiders"),
    ("huizen", "huis"),
    ("fietsen", "fiets"),
    ("lessen", "les"),
    ("brieven", "brief"),
    ("trainers", "training"),
)


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form, DUTCH) for form in forms}) == 1


def test_english_forms_share_a_stem_and_other_words_do_not() -> None:
    assert stem("helping", ENGLISH) == stem("helped", ENGLISH)
    assert stem("alleen", DUTCH) != stem("al", DUTCH)


def test_words_lose_capitals_and_accents() -> None:
    assert words("Één IDEE, crème_brûlée") == ["een", "idee", "creme", "brulee"]


def test_what_somebody_types_is_never_a_question_of_the_database() -> None:
    """Operators, quotes and what is not closed are words like others."""
    for typed in ('a" OR head:*', "x' | !y & (z:*A)", '"NEAR( b', '\\\' <-> ""', "*", "'; DROP"):
        assert for_fts5(looked_for(typed)).count('"') % 2 == 0
        assert "\\" not in for_tsquery(looked_for(typed))


def test_words_in_quotes_stay_together_and_common_ones_are_let_go_elsewhere() -> None:
    assert for_fts5(looked_for('het "aan de poort"')) == '("n_het" OR "e_het") AND ("aan de poort")'
    assert for_fts5(looked_for("de poort ")) == '("n_poort" OR "e_poort")'
    assert for_tsquery(looked_for('"aan de poort"')) == "(('2_aan_de' & '2_de_poort' & ('aan' <-> 'de' <-> 'poort')))"
    assert for_tsquery(looked_for('"de poort"'), on_top=True) == "('h_2_de_poort')"


def test_a_document_is_the_same_for_both_databases() -> None:
    document = Document((Part(DUTCH, ("Twee aan de poort",), ("Het's zo",)),), ("b_trust",))
    assert document.columns()["head"].startswith("twee aan de poort _")
    assert document.columns()["facets"] == "b_trust"
    assert "'poort':4" in document.vector().split()
    assert "'h_poort':4" in document.vector().split()
    assert "'h_zo'" not in document.vector()
    assert "'b_trust'" in document.vector()
    assert {"'2_de_poort'", "'h_2_de_poort'"} <= set(document.vector().split())
    assert "2_poort_het" not in document.vector()

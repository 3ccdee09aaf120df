"""A form keeps what was typed, says how to mend it in both languages, and accepts its own fields only."""

import io
import json

import pytest

from tests.support.browse import Page
from tests.web import kit
from tests.web.conftest import Log, Visit
from webapp.vocabulary.seven_bs import B
from webapp.web.forms import as_number

FIRST, SECOND = list(B)[:2]


def errors(page: Page, name: str) -> list[str]:
    return ["".join(node.itertext()) for node in page.nodes() if node.get("class") == name]


def test_what_is_right_arrives_tidied(visit: Visit) -> None:
    form = {
        "wish": "  drum   les ",
        "story": " een \n  twee  \n",
        "one": FIRST.value,
        "some": [FIRST.value, SECOND.value],
    }
    assert visit("hilde").post("/proef/formulier", form).status == 303
    assert kit.told == [repr(("drum les", "een\ntwee", FIRST, [FIRST, SECOND]))]


def test_what_is_left_out_is_empty(visit: Visit) -> None:
    assert visit("hilde").post("/proef/formulier", {}).status == 303
    assert kit.told == [repr(("", "", None, []))]


@pytest.mark.parametrize("extra", ["organisation_id", "is_published", "wish2", "__class__", "guide_id-0", "some.x"])
def test_a_field_that_nobody_can_type_is_refused_and_noted(visit: Visit, log: Log, extra: str) -> None:
    page = visit("hilde").post("/proef/formulier", {"wish": "x", extra: kit.CANARY})
    assert page.status == 400
    assert kit.told == []
    assert [line["fields"] for line in log.lines if line["event"] == "unknown fields"] == [[extra]]
    assert kit.CANARY not in log.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "Dit is te lang. Hou het onder 10 tekens."), ("en", "This is too long. Keep it under 10 characters.")],
)
def test_too_long_says_how_to_mend_it_and_keeps_what_was_typed(visit: Visit, language: str, sentence: str) -> None:
    hilde = visit("hilde")
    hilde.carry("lang", language)
    page = hilde.post("/proef/formulier", {"wish": "a" * 11, "story": "kort", "one": FIRST.value})
    assert page.status == 422
    assert errors(page, "wish") == [sentence]
    assert errors(page, "story") == []
    typed = page.form()
    assert (typed["wish"], typed["story"], typed["one"]) == ("a" * 11, "kort", FIRST.value)


def test_the_longest_that_fits_fits(visit: Visit) -> None:
    assert visit("hilde").post("/proef/formulier", {"wish": "a" * 10, "story": "b" * 20}).status == 303


@pytest.mark.parametrize("name", ["one", "some"])
def test_a_choice_outside_the_list_is_refused(visit: Visit, name: str) -> None:
    page = visit("hilde").post("/proef/formulier", {name: "nonsense"})
    assert page.status == 422
    assert errors(page, name) == ["Kies een van deze."]


@pytest.mark.parametrize(
    ("name", "typed", "dutch", "english"),
    [
        ("listed", "zzz", "Kies een van deze.", "Choose one of these."),
        ("counted", "zzz", "Kies een van deze.", "Choose one of these."),
        ("ticked", "zzz", "Kies een van deze.", "Choose one of these."),
        ("needed", "", "Vul dit in.", "Fill this in."),
        (
            "day",
            "0026-11-21",
            "Schrijf het jaar voluit, van 1900 tot 2199.",
            "Write the whole year, from 1900 to 2199.",
        ),
        (
            "day",
            "9999-12-31",
            "Schrijf het jaar voluit, van 1900 tot 2199.",
            "Write the whole year, from 1900 to 2199.",
        ),
        (
            "day",
            "31/02/2026",
            "Schrijf de dag als jaar, maand en dag, zoals 2026-11-21.",
            "Write the day as year, month and day, such as 2026-11-21.",
        ),
        (
            "hour",
            "half drie",
            "Schrijf het uur in uren en minuten, zoals 14:30.",
            "Write the hour as hours and minutes, such as 14:30.",
        ),
        ("number", "vier", "Schrijf een heel getal, zoals 4.", "Write a whole number, such as 4."),
        ("between", "100", "Schrijf een getal van 0 tot 99.", "Write a number from 0 to 99."),
        ("least", "0", "Schrijf een getal dat minstens 1 is.", "Write a number that is at least 1."),
        (
            "short",
            "vier",
            "Dit is te lang. Hou het onder 3 tekens.",
            "This is too long. Keep it under 3 characters.",
        ),
        ("most", "10", "Schrijf een getal dat hoogstens 9 is.", "Write a number that is at most 9."),
    ],
)
def test_what_the_form_library_finds_is_said_in_our_words(
    visit: Visit, name: str, typed: str, dutch: str, english: str
) -> None:
    hilde = visit("hilde")
    for language, sentence in (("nl", dutch), ("en", english)):
        hilde.carry("lang", language)
        assert json.loads(hilde.post("/proef/soorten", {name: typed}).text)[name][0] == sentence


def test_the_errors_of_an_action_stand_beside_their_field_and_the_rest_on_top(visit: Visit) -> None:
    page = visit("hilde").get("/proef/formulier?take=1")
    assert errors(page, "wish") == ["Bij de wens."]
    assert errors(page, "top") == ["Bovenaan."]


def test_every_form_that_is_shown_has_a_key_of_its_own(visit: Visit) -> None:
    hilde = visit("hilde")
    assert hilde.get("/proef/formulier").form()["once"] != hilde.get("/proef/formulier").form()["once"]


def test_a_file_in_place_of_words_is_refused_and_noted(visit: Visit, log: Log) -> None:
    page = visit("hilde").post("/proef/formulier", {"wish": (io.BytesIO(b"x"), f"{kit.CANARY}.txt"), "story": "kort"})
    assert page.status == 400
    assert kit.told == []
    assert [line["fields"] for line in log.lines if line["event"] == "unknown fields"] == [["wish"]]
    assert kit.CANARY not in log.text


def test_json_is_no_form(visit: Visit) -> None:
    hilde = visit("hilde")
    headers = {"X-CSRFToken": hilde.token(), "Referer": f"{hilde.base_url}/"}
    sent = hilde.client.post("/proef/formulier", json={"wish": 5}, headers=headers, base_url=hilde.base_url)
    assert sent.status_code == 303
    assert kit.told == [repr(("", "", None, []))]


@pytest.mark.parametrize(
    ("sent", "number"), [("12", 12), ("007", 7), (None, None), ("", None), ("-1", None), ("²", None), ("٣", None)]
)
def test_only_plain_digits_are_a_number(sent: str | None, number: int | None) -> None:
    assert as_number(sent) == number
    assert as_number("9" * 5000) is None  # Python itself refuses to read so many

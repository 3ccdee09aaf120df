"""Tables of text and Trello boards, good ones and hostile ones."""

import json
import time
from typing import Any

import pytest

from webapp.core.errors import Invalid
from webapp.plans import tables, trello

HEADS = ("Actie", "Stand", "Begin", "Tegen wanneer", "Stappen")


def fault(text: str, *heads: str) -> str:
    with pytest.raises(Invalid) as refusal:
        trello.table(text, heads) if heads else tables.table(text)
    return refusal.value.errors["text"]


def board(**more: Any) -> str:
    made = {
        "lists": [{"id": "l1", "name": "Doing", "pos": 2}, {"id": "l2", "name": "Oud", "closed": True}],
        "cards": [
            {"id": "c1", "idList": "l1", "name": "Bel Lotte Maes", "due": "2027-03-14T22:30:00.000Z", "pos": 1},
            {"id": "c2", "idList": "l2", "name": "Weg"},
            {"id": "c3", "idList": "l1", "name": "Archief", "closed": True},
        ],
        "checklists": [
            {
                "idCard": "c1",
                "checkItems": [
                    {"name": "@lottem vraagt lotte@voorbeeld.be", "state": "complete"},
                    {"name": "Zaal | boeken", "state": "incomplete"},
                ],
            }
        ],
        "members": [{"fullName": "Lotte Maes", "username": "lottem"}],
    }
    return json.dumps(made | more)


@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_a_table_with_whatever_stands_between(between: str) -> None:
    found = tables.table(f'\ufeffActie{between}Stand\n"Fuif{between} groot"{between}Bezig\n\nKamp{between}\n')
    assert found.heads == ("Actie", "Stand")
    assert [(row.number, row.cells) for row in found.rows] == [
        (2, (f"Fuif{between} groot", "Bezig")),
        (4, ("Kamp", "")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_as_excel_writes_it(encoding: str) -> None:
    assert tables.decoded("Ideeën; één".encode(encoding)) == "Ideeën; één"


def test_what_goes_out_comes_back_the_same_and_computes_nothing() -> None:
    rows = [("=HYPERLINK(1)", "+1"), ("-2", "@SOM(A1)"), (" =1", 'zeg "ja"; nee'), ("één\ntwee", "'t Plein")]
    text = tables.as_text(("A", "B"), rows)
    assert not any(
        cell.lstrip('" ').startswith(("=", "+", "-", "@")) for line in text.split("\r\n") for cell in line.split(";")
    )
    assert [row.cells for row in tables.table(text).rows] == [tuple(cell.strip() for cell in row) for row in rows]


def test_mail_addresses_and_control_characters_do_not_come_along() -> None:
    (row,) = tables.table("Actie;Wie\nMail\x00 jan.peeters@voorbeeld.be eens;x").rows
    assert row.cells == ("Mail … eens", "x")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no_table"),
        (" \n\x00\n", "no_table"),
        ("Actie;Stand", "no_rows"),
        (";;\n;;", "no_rows"),
        (";".join(["k"] * 10_000) + "\n1", "too_many_columns"),
        ("Actie\n" + '"' + "x" * 200_000, "no_table"),
    ],
    ids=["nothing", "empty", "heads", "no-heads", "wide", "endless-cell"],
)
def test_what_is_no_table_has_a_reason(text: str, why: str) -> None:
    assert fault(text) == why


def test_a_table_that_is_too_long_says_how_much_is_left_out() -> None:
    found = tables.table("Actie\n" + "Fuif\n" * 700)
    assert (len(found.rows), found.left_out) == (500, 200)
    found = tables.table("Actie\n" + f"{'x' * 1000}\n" * 400)
    assert len(found.rows) + found.left_out == 400
    assert len(tables.as_text(found.heads, (row.cells for row in found.rows))) <= tables.MOST_CHARACTERS + 1000


def test_looking_for_addresses_takes_no_time_in_a_long_cell() -> None:
    begin = time.monotonic()
    tables.without_addresses("a" * 120_000 + " @ " + "b@" + "c." * 50_000)
    assert time.monotonic() - begin < 2


def test_what_does_not_fit_is_counted_and_not_read() -> None:
    begin = time.process_time()
    found = tables.table("Actie\n" + f"{'a' * 64}@\n" * 500 + f"{('a' * 64 + '@') * 1900}\n" * 8)
    assert (len(found.rows), found.left_out) == (500, 8)
    assert time.process_time() - begin < 1


def test_a_board_gives_its_open_cards_without_whoever_is_on_it() -> None:
    found = trello.table(board(), HEADS)
    assert found.heads == HEADS
    (row,) = found.rows
    assert row.cells == ("Bel …", "Doing", "", "2027-03-14T22:30:00.000Z", "[x] … vraagt … | Zaal / boeken")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no_board"),
        ("[" * 100_000, "no_board"),
        ('{"a":' * 100_000, "no_board"),
        ("[]", "no_board"),
        ("{}", "no_cards"),
        (board(cards={"a": 1}), "no_cards"),
        (board(lists=[1, None, "l1", {"id": ["l1"]}, {"id": None}]), "no_cards"),
        (board(cards=[{"idList": {"x": 1}}, {"idList": ["l1"]}]), "no_cards"),
    ],
    ids=["cut", "deep-list", "deep", "list", "empty", "cards-no-list", "lists-no-list", "types"],
)
def test_what_is_no_board_has_a_reason(text: str, why: str) -> None:
    assert fault(text, *HEADS) == why


def test_a_list_of_things_is_read_as_a_board_and_a_ticked_step_as_a_table() -> None:
    assert trello.is_board('\ufeff[\n {"id": 1}]')
    assert not trello.is_board("[x] Zaal;Strategie")


def test_wrong_types_in_a_board_are_as_if_they_were_not_there() -> None:
    cards = [{"id": 7, "idList": "l1", "name": "Fuif\x00 \ud800", "due": 5, "start": ["x"], "pos": float("inf")}]
    strange = {"checklists": [{"idCard": [], "checkItems": "x"}, 3], "members": [{"fullName": 3, "username": {}}]}
    (row,) = trello.table(board(cards=cards, **strange), HEADS).rows
    assert row.cells == ("Fuif", "Doing", "", "", "")

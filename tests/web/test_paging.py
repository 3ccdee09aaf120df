"""Pages begin after a key; whatever stands in the URL, the list answers."""

import base64
import json

import pytest

from webapp.web.paging import PAGE_SIZE, after, behind, cut, mark, moment

ROWS = [(f"naam {n:03}", str(n)) for n in range(PAGE_SIZE * 2 + 1)]
GARBAGE = [
    None, "", "=", "====", "x", "xx", "é", "!!!", "\x00", " ", "a" * 401, "a" * 100_000, "W10", "e30", "bnVsbA", "MQ",
    "Ilsi", base64.urlsafe_b64encode(b"\xff\xfe\xfd").decode(), base64.urlsafe_b64encode(b"[" * 200).decode(),
    base64.urlsafe_b64encode(json.dumps(["a"]).encode()).decode(),
    base64.urlsafe_b64encode(json.dumps(["a", 1]).encode()).decode(),
    base64.urlsafe_b64encode(json.dumps(["a", None]).encode()).decode(),
    base64.urlsafe_b64encode(json.dumps(["a", ["b"]]).encode()).decode(),
    base64.urlsafe_b64encode(json.dumps(["a", "b", "c"]).encode()).decode(),
    base64.urlsafe_b64encode(json.dumps({"a": 1, "b": 2}).encode()).decode(),
    base64.urlsafe_b64encode(json.dumps(["\ud800", "b"]).encode()).decode(),
    base64.urlsafe_b64encode(json.dumps(["a", "b\x00"]).encode()).decode(),
]  # fmt: skip


def test_all_rows_come_by_once_and_in_order() -> None:
    shown: list[tuple[str, str]] = []
    key: tuple[str, ...] | None = None
    for _ in range(10):
        begin = next(n for n, row in enumerate(ROWS) if row > key) if key else 0
        page = cut(ROWS[begin : begin + PAGE_SIZE + 1], lambda row: row)
        shown += page.rows
        if page.next is None:
            break
        key = after(page.next, 2)
    assert shown == ROWS


@pytest.mark.parametrize(("amount", "has_more"), [(0, False), (1, False), (PAGE_SIZE, False), (PAGE_SIZE + 1, True)])
def test_there_is_a_next_page_only_when_there_is(amount: int, has_more: bool) -> None:
    page = cut(ROWS[:amount], lambda row: row)
    assert (page.next is not None) is has_more
    assert len(page.rows) == min(amount, PAGE_SIZE)


@pytest.mark.parametrize("text", GARBAGE, ids=lambda text: ascii(text)[:30])
def test_a_mark_that_makes_no_sense_begins_at_the_top(text: str | None) -> None:
    assert after(text, 2) is None


@pytest.mark.parametrize("key", [("a", "b"), ("", ""), ("Zélie ❤", "x/y?&=#"), ("2026-11-24T12:00:00+00:00", "1")])
def test_a_mark_survives_its_way_through_a_url(key: tuple[str, str]) -> None:
    made = mark(key)
    assert after(made, 2) == key
    assert after(made + "=", 2) == key or len(made) % 4
    assert set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


ID = "5d1a5fd0-8f6c-4d54-8a5c-2f1f0f6a3b10"


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("2026-11-24T12:00:00+00:00", True),
        ("2026-11-24T12:00:00", False),
        ("2026-11-24", False),
        ("x", False),
        ("0001-01-01T00:00:00+14:00", False),  # in UTC these are before the first day and after the last one
        ("9999-12-31T23:59:59-12:00", False),
    ],
)
def test_only_a_moment_with_a_time_zone_is_a_place_in_a_list(first: str, found: bool) -> None:
    assert (behind(mark((first, ID)), moment) is not None) is found
    assert behind(mark((first, "no id")), moment) is None


def test_a_naive_moment_in_a_mark_begins_a_list_at_the_top(visit) -> None:
    for path in ("/toeleidingen", "/bezoeken"):
        assert visit("hilde").get(f"{path}?na={mark(('2026-11-24T12:00:00', ID))}").status == 200

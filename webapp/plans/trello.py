"""The cards of a Trello board, from the file that Trello exports.

Of a card only its name, list, days and checklists are read. Whoever is on the board is read to be left out: their
names do not come along, wherever they stand. Whatever is not as expected in the file is as if it were not there.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from webapp.core.errors import Invalid
from webapp.plans.tables import CONTROLS, MOST_ROWS, Line, Table, without_addresses

MOST_NAMES = 500
MOST_STEPS = 20
LONGEST = 120
LONGEST_NAME = 1000  # far more than fits in a plan, so that whoever brings it still reads that it is too long
DONE = "[x] "
BETWEEN = " | "
STARTS_LIKE_JSON = re.compile(r"[\ufeff\s\[]*\{")


def is_board(text: str) -> bool:
    """Whether a text looks like such a file."""
    return STARTS_LIKE_JSON.match(text) is not None


def table(text: str, heads: Sequence[str]) -> Table:
    """The open cards of a board as a table: name, list, begin, due, steps, under the heads given."""
    board = _board(text)
    lists = {one["id"]: one for one in _dicts(board, "lists") if _text(one, "id") and one.get("closed") is not True}
    cards = [
        card for card in _dicts(board, "cards") if _text(card, "idList") in lists and card.get("closed") is not True
    ]
    if not cards:
        raise Invalid({"text": "no_cards"})
    cards.sort(key=lambda card: (_place(lists[card["idList"]]), _place(card)))
    steps, names = _steps(board), _names(board)
    rows = [_row(card, _text(lists[card["idList"]], "name"), steps, names) for card in cards[:MOST_ROWS]]
    return Table(tuple(heads), tuple(Line(n, row) for n, row in enumerate(rows, 2)), len(cards) - len(rows))


def _board(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise Invalid({"text": "no_board"}) from None
    if not isinstance(found, dict):
        raise Invalid({"text": "no_board"})
    return found


def _row(card: Mapping[str, Any], state: str, steps: Mapping[str, list[str]], names: re.Pattern[str] | None) -> Any:
    mine = steps.get(_text(card, "id"), ())[:MOST_STEPS]
    words = (_text(card, "name")[:LONGEST_NAME], state[:LONGEST_NAME], BETWEEN.join(mine))
    title, state, todo = (_nameless(one, names) for one in words)
    return title, state, _text(card, "start")[:30], _text(card, "due")[:30], todo


def _steps(board: Mapping[str, Any]) -> dict[str, list[str]]:
    """The lines of the checklists of each card."""
    found: dict[str, list[str]] = {}
    for one in _dicts(board, "checklists"):
        for step in _dicts(one, "checkItems"):
            done = DONE if step.get("state") == "complete" else ""
            if words := _text(step, "name").replace("|", "/").strip():
                found.setdefault(_text(one, "idCard"), []).append(done + words[:LONGEST])
    return found


def _names(board: Mapping[str, Any]) -> re.Pattern[str] | None:
    """How the members of the board are called: in full, by their first name, and with an @."""
    found = set()
    for member in _dicts(board, "members"):
        full, user = _text(member, "fullName").strip(), _text(member, "username").strip()
        found |= {full, full.split(" ")[0], user and f"@{user}"}
    known = sorted((re.escape(name[:80]) for name in found if len(name) > 1), key=len, reverse=True)[:MOST_NAMES]
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)") if known else None


def _nameless(text: str, names: re.Pattern[str] | None) -> str:
    text = " ".join(without_addresses(text.translate(CONTROLS)).split())
    return names.sub("…", text) if names else text


def _dicts(thing: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    found = thing.get(name)
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def _text(thing: Mapping[str, Any], name: str) -> str:
    found = thing.get(name)
    return found.encode(errors="ignore").decode() if isinstance(found, str) else ""


def _place(thing: Mapping[str, Any]) -> float:
    found = thing.get("pos")
    return float(found) if isinstance(found, int | float) and abs(found) < 1e15 else 0.0

"""The policy says exactly what the matrix says, cell by cell, for pure things without a database."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from tests.people import ORGANISATIONS, PEOPLE, Cast
from tests.policy.matrix import EVERYBODY, Row, rows
from webapp.policy.permissions import PERMISSION_SENTENCES, Can
from webapp.policy.rules import RULES, NotAllowed, can, require

CAST = Cast({who: uuid.uuid4() for who in PEOPLE}, {key: uuid.uuid4() for key in ORGANISATIONS})


def _offer(*, published: bool, public: bool) -> Any:
    return SimpleNamespace(organisation_id=CAST.zilverreiger, is_published=published, is_public=public)


def _referral(*, chosen: bool = False, agreed: bool = False) -> Any:
    return SimpleNamespace(
        organisation_id=CAST.lantaarn,
        guide_id=CAST.hilde,
        chosen_organisation_id=CAST.halvenoot if chosen else None,
        receiver_id=CAST.bram if chosen else None,
        has_agreement=agreed,
    )


THINGS: dict[str, Any] = {
    "-": None,
    "zilverreiger": SimpleNamespace(organisation_id=CAST.zilverreiger),
    "draft_offer": _offer(published=False, public=False),
    "network_offer": _offer(published=True, public=False),
    "public_offer": _offer(published=True, public=True),
    "draft": _referral(),
    "seeking": _referral(),
    "chosen": _referral(chosen=True),
    "agreed": _referral(chosen=True, agreed=True),
    "withdrawn": _referral(chosen=True),
    "ask_to_zilverreiger": SimpleNamespace(id=uuid.uuid4(), organisation_id=CAST.zilverreiger, seat_is_empty=False),
    "ask_to_empty_seat": SimpleNamespace(id=uuid.uuid4(), organisation_id=CAST.stil, seat_is_empty=True),
    "welcome_plan": SimpleNamespace(id=uuid.uuid4()),
}


def _actor(who: str) -> Any:
    return CAST.actor(who)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.permission.value}-{row.thing}")
def test_cell(row: Row) -> None:
    allowed = {who for who in EVERYBODY if can(_actor(who), row.permission, THINGS[row.thing])}
    assert allowed == row.allowed


def test_every_permission_has_a_line_a_rule_and_a_sentence() -> None:
    assert {row.permission for row in rows()} == set(Can) == set(RULES) == set(PERMISSION_SENTENCES)


def test_a_line_stands_once() -> None:
    lines = [(row.permission, row.thing) for row in rows()]
    assert len(lines) == len(set(lines))


def test_require_raises_for_whoever_may_not() -> None:
    require(_actor("noor"), Can.EDIT_OFFER, THINGS["draft_offer"])
    with pytest.raises(NotAllowed):
        require(_actor("hilde"), Can.EDIT_OFFER, THINGS["draft_offer"])

"""The policy says exactly what the matrix says, cell by cell, for pure things without a database."""

import uuid
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.people import ORGANISATIONS, PEOPLE, Cast
from tests.policy import learning_things
from tests.policy.matrix import EVERYBODY, Row, rows
from webapp.core import clock
from webapp.policy.permissions import PERMISSION_SENTENCES, Can
from webapp.policy.rules import RULES, NotAllowed, can, require
from webapp.referrals.between import fitting_for
from webapp.referrals.codes import Side

SOON = timedelta(seconds=1)
AGREED_AT = clock.now()
CAST = Cast({who: uuid.uuid4() for who in PEOPLE}, {key: uuid.uuid4() for key in ORGANISATIONS})


def _offer(*, published: bool, public: bool) -> Any:
    return SimpleNamespace(organisation_id=CAST.zilverreiger, is_published=published, is_public=public)


def _invitation(place: str, *, needs_yes: bool = True, nobody_speaks: bool = False) -> Any:
    return SimpleNamespace(
        organisation_id=CAST.organisations[place],
        invited_by_id=CAST.tine,
        needs_yes=needs_yes,
        nobody_speaks=nobody_speaks,
        contact_ids=frozenset(),
    )


def _referral(*, chosen: bool = False, agreed: bool = False) -> Any:
    return SimpleNamespace(
        organisation_id=CAST.lantaarn,
        guide_id=CAST.hilde,
        chosen_organisation_id=CAST.halvenoot if chosen else None,
        receiver_id=CAST.bram if chosen else None,
        chosen_ask_id=None,
        has_agreement=agreed,
        agreed_at=AGREED_AT if agreed else None,
    )


def _ask(place: str, *, seat_is_empty: bool = False, waits_long: bool = False) -> Any:
    return SimpleNamespace(
        id=uuid.uuid4(),
        organisation_id=CAST.organisations[place],
        referral=_referral(),
        seat_is_empty=seat_is_empty,
        waits_long=waits_long,
    )


def _ask_welcomed_by_jef() -> Any:
    ask = _ask("zilverreiger")
    ask.referral.chosen_ask_id, ask.referral.chosen_organisation_id = ask.id, CAST.zilverreiger
    ask.referral.receiver_id = CAST.jef
    return ask


def _visit(place: str, *, seat_is_empty: bool = False) -> Any:
    return SimpleNamespace(
        id=uuid.uuid4(),
        organisation_id=CAST.organisations[place],
        from_organisation_id=CAST.lantaarn,
        asked_by_id=CAST.hilde,
        seat_is_empty=seat_is_empty,
    )


def _hand_over(place: str, side: Side, asker: str, colleague: str, had_it: str = "") -> Any:
    return SimpleNamespace(
        organisation_id=CAST.organisations[place],
        proposed_by_id=CAST.people[asker],
        from_id=CAST.people[had_it or asker],
        to_id=CAST.people[colleague],
        fitting=fitting_for(side),
    )


def _group(visibility: str, *, led: bool = True) -> Any:
    members = (CAST.noor, CAST.bram, CAST.hilde) if led else (CAST.hilde,)
    leaders = members[:2] if led else ()
    group = SimpleNamespace(visibility=visibility, member_ids=frozenset(members), leader_ids=frozenset(leaders))
    group.is_about_integrity = False
    return SimpleNamespace(id=uuid.uuid4(), group=group, guest_ids=frozenset(), carrier_ids=frozenset())


def _seat_item() -> Any:
    """An action of a group for members only, on a seat that lena holds."""
    return SimpleNamespace(id=uuid.uuid4(), group=_group("members").group, carrier_ids=frozenset({CAST.lena}))


def _plan(status: str = "current", **more: Any) -> Any:
    """A plan that such a group carries, or a part of it."""
    return SimpleNamespace(group=_group("open").group, plan=SimpleNamespace(status=status), **more)


def _planned() -> Any:
    """An action of a plan, on a function at the scouts that noor holds."""
    return _plan(owner_organisation_id=CAST.zilverreiger, doing_ids=frozenset({CAST.noor}))


def _meeting(visibility: str, status: str = "announced", *guests: uuid.UUID) -> Any:
    group = _group(visibility).group
    return SimpleNamespace(group=group, meeting=SimpleNamespace(status=status), guest_ids=frozenset(guests))


def _tool(visibility: str) -> Any:
    """A tool that bram brought."""
    return SimpleNamespace(group=_group(visibility).group, added_by_id=CAST.bram)


def _poll(visibility: str, *, led: bool = True) -> Any:
    group = _group(visibility, led=led).group
    return SimpleNamespace(id=uuid.uuid4(), group=group, made_by_id=CAST.hilde)


def _guest(person_id: uuid.UUID) -> Any:
    place = _group("open")
    place.person_id, place.guest_ids = person_id, frozenset({person_id})
    return place


def _integrity_group() -> Any:
    thing = _group("open")
    thing.group.is_about_integrity = True
    return thing


def _thread(visibility: str) -> Any:
    """A conversation, and what bram said in it; moved is its guest."""
    return SimpleNamespace(group=_group(visibility).group, guest_ids=frozenset({CAST.moved}), author_id=CAST.bram)


THINGS: dict[str, Any] = {
    "-": None,
    "mail_of_hilde": SimpleNamespace(person_id=CAST.hilde),
    "zilverreiger": _invitation("zilverreiger", needs_yes=False),
    "asked_by_tine": _invitation("zilverreiger"),
    "asked_by_tine_unspoken": _invitation("welzijnshuis", nobody_speaks=True),
    "draft_offer": _offer(published=False, public=False),
    "network_offer": _offer(published=True, public=False),
    "public_offer": _offer(published=True, public=True),
    "draft": _referral(),
    "seeking": _referral(),
    "chosen": _referral(chosen=True),
    "agreed": _referral(chosen=True, agreed=True),
    "agreed_before": _referral(chosen=True, agreed=True),
    "withdrawn": _referral(chosen=True),
    "ask_to_zilverreiger": _ask("zilverreiger"),
    "ask_to_empty_seat": _ask("stil", seat_is_empty=True),
    "ask_chosen_to_wait": _ask("halvenoot"),
    "ask_welcomed_by_jef": _ask_welcomed_by_jef(),
    "asked_for_long": _ask("zilverreiger", waits_long=True),
    "visit_to_zilverreiger": _visit("zilverreiger"),
    "visit_to_empty_seat": _visit("stil", seat_is_empty=True),
    "welcome_plan": SimpleNamespace(id=uuid.uuid4()),
    "left_behind": SimpleNamespace(**{**vars(_referral()), "guide_id": CAST.moved}),
    "bo_beside": SimpleNamespace(person_id=CAST.bo, is_along=True),
    "handed_to_pieter": _hand_over("lantaarn", Side.GUIDE, "hilde", "pieter"),
    "handed_on_by_contact": _hand_over("lantaarn", Side.GUIDE, "lena", "pieter", "hilde"),
    "handed_to_yara": _hand_over("halvenoot", Side.ASSOCIATION, "bram", "yara"),
    "words_of_hilde": SimpleNamespace(author_id=CAST.hilde),
    "words_of_bram": SimpleNamespace(author_id=CAST.bram),
    "open_plan": _plan(owner_organisation_id=None, doing_ids=frozenset()),
    "rounded_off_plan": _plan("rounded_off", owner_organisation_id=CAST.zilverreiger, doing_ids=frozenset({CAST.noor})),
    "planned_action": _planned(),
    "remark_of_jef": _plan(person_id=CAST.jef),
    "open_group": _group("open"),
    "members_group": _group("members"),
    "confidential_group": _group("confidential"),
    "integrity_group": _integrity_group(),
    "seat_item": _seat_item(),
    "help_lines": SimpleNamespace(contact_ids=frozenset({CAST.hilde, CAST.noor, CAST.bram})),
    "open_thread": _thread("open"),
    "members_thread": _thread("members"),
    "confidential_thread": _thread("confidential"),
    "open_tool": _tool("open"),
    "members_tool": _tool("members"),
    "confidential_tool": _tool("confidential"),
    "unled_group": _group("open", led=False),
    "unled_confidential_group": _group("confidential", led=False),
    "moved_is_invited": SimpleNamespace(**vars(_group("confidential")), person_id=CAST.moved),
    "moved_as_guest": _guest(CAST.moved),
    "poll_of_hilde": _poll("open"),
    "confidential_poll": _poll("confidential"),
    "unled_poll": _poll("open", led=False),
    **{f"{one}_meeting": _meeting(one) for one in ("open", "members", "confidential")},
    **{f"{one}_topic": _meeting(one) for one in ("open", "confidential")},
    "open_draft": _meeting("open", "draft"),
    "draft_topic": _meeting("open", "draft"),
    "meeting_with_guest": _meeting("confidential", "announced", CAST.jef),
    **learning_things.things(CAST),
}


def _actor(who: str, thing: str = "-") -> Any:
    actor = CAST.actor(who)
    if (who, thing) == ("lena", "agreed_before"):
        return replace(actor, seats=tuple(replace(one, opens_from=AGREED_AT + SOON) for one in actor.seats))
    return actor


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.permission.value}-{row.thing}")
def test_cell(row: Row) -> None:
    allowed = {who for who in EVERYBODY if can(_actor(who, row.thing), row.permission, THINGS[row.thing])}
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
